import { internalsIn } from '../internals.ts'
import type { Refusal } from '../refusals.ts'
import { coverageOf, type MetricCoverage } from './coverage.ts'

export type { MetricCoverage }

export interface ContractExpectation {
  /** What was emitted of each metric, in the order of the catalogue. */
  readonly coverage: () => readonly MetricCoverage[]
  /** Samples that were refused or recorded in an overflow series, by metric and reason. */
  readonly refused: () => readonly Refusal[]
  /** Throws if anything was refused, listing all of it. */
  readonly toBeKept: () => void
  /** Throws if a metric, or a value of a closed label, was never emitted, listing all of them. */
  readonly toBeCovered: (options?: Exceptions) => void
  /** Returns to the state after creation: drops series, collect callbacks, refusals and the warm-up; bound handles stay valid. */
  readonly reset: () => void
}

interface Exceptions {
  /** Exposed names of metrics that the tests do not have to emit. */
  readonly except?: readonly string[]
}

/**
 * Checks the metrics of a bot against their contract in the bot's own tests. A gauge with `initially` counts as emitted once it
 * has had another value.
 */
export function expectContract(metrics: object): ContractExpectation {
  const { families, refusals, warmUp } = internalsIn(metrics)
  const coverage = () => families.map(coverageOf)
  return Object.freeze({
    coverage,
    refused: refusals.all,
    toBeKept() {
      const all = refusals.all()
      if (all.length > 0)
        fail(
          'the contract was violated',
          all.map(({ metric, reason, count }) => `${metric}: ${reason}, ${times(count)}`),
        )
    },
    toBeCovered({ except = [] }: Exceptions = {}) {
      const known = new Set(families.map(({ metric }) => metric.name))
      const unknown = except.filter((name) => !known.has(name))
      if (unknown.length > 0) fail('the contract has no metric with this name to except', unknown)
      const gaps = coverage()
        .filter(({ metric }) => !except.includes(metric))
        .flatMap(gapsOf)
      if (gaps.length > 0) fail('the contract is not fully covered', gaps)
    },
    reset() {
      for (const family of families) family.reset()
      refusals.reset()
      warmUp.reset()
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
