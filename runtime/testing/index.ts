import { insideIn } from '../inside.ts'
import type { Refusal } from '../refusals.ts'
import { coverageOf, type MetricCoverage } from './coverage.ts'

export type { MetricCoverage }

export interface ContractExpectation {
  /** What of each metric was emitted, in the order of the catalogue. */
  readonly coverage: () => readonly MetricCoverage[]
  /** What was refused, or folded into an overflow series. */
  readonly refused: () => readonly Refusal[]
  /** Throws where anything was refused, saying all of it. */
  readonly toBeKept: () => void
  /** Throws where a metric, or a value of a closed label, was never emitted, saying all of them. */
  readonly toBeCovered: (options?: Exceptions) => void
  /** Begins anew, as after creation: series, readers and refusals are gone; what is bound goes on. */
  readonly reset: () => void
}

interface Exceptions {
  /** Exposed names of metrics that these tests need not emit. */
  readonly except?: readonly string[]
}

/**
 * Holds the metrics of a bot against their contract, in the bot's own tests. A gauge with a value before its first set counts
 * as emitted once it held another one.
 */
export function expectContract(metrics: object): ContractExpectation {
  const { families, refusals } = insideIn(metrics)
  const coverage = () => families.map(coverageOf)
  return Object.freeze({
    coverage,
    refused: refusals.all,
    toBeKept() {
      const all = refusals.all()
      if (all.length > 0)
        fail(
          'the contract was not kept',
          all.map(({ metric, reason, count }) => `${metric}: ${reason}, ${times(count)}`),
        )
    },
    toBeCovered({ except = [] }: Exceptions = {}) {
      const known = new Set(families.map(({ metric }) => metric.name))
      const unknown = except.filter((name) => !known.has(name))
      if (unknown.length > 0) fail('no metric of the contract can be left out by this name', unknown)
      const gaps = coverage()
        .filter(({ metric }) => !except.includes(metric))
        .flatMap(gapsOf)
      if (gaps.length > 0) fail('the contract is not covered', gaps)
    },
    reset() {
      for (const family of families) family.reset()
      refusals.reset()
    },
  })
}

const gapsOf = ({ metric, emitted, never }: MetricCoverage): readonly string[] =>
  emitted
    ? Object.entries(never).map(([label, values]) => `${metric}: ${label} was never ${values.join(', ')}`)
    : [`${metric} was never emitted`]

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`)

function fail(what: string, lines: readonly string[]): never {
  throw Object.assign(new Error(`${what}:\n${lines.map((line) => `  ${line}`).join('\n')}`), {
    code: 'ERR_BOTWATCH_CONTRACT',
  })
}
