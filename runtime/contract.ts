import { createHash } from 'node:crypto'
import { contractText, shortHash } from '../definitions/language/contract-form.ts'
import { type ContractKey, otherMetric, type RefusalReason } from '../definitions/language/contract-metrics.ts'
import { milliseconds } from '../definitions/language/duration.ts'
import type { OneOf } from '../definitions/language/label.ts'
import type { Metric } from '../definitions/language/metric.ts'
import type { Reason, Refusals } from './refusals.ts'
import type { Family } from './shapes.ts'

/** The part of a contract's hash that the bot says it runs with. */
export const hashOf = (metrics: readonly Metric[]): string =>
  shortHash(createHash('sha256').update(contractText(metrics)).digest('hex'))

/** What a bot's own metrics are, and what became of their samples. */
interface Watched {
  readonly families: readonly Family[]
  readonly hash: string
  readonly refusals: Refusals
  readonly now: () => number
}

/**
 * Lets the families about the contract say, at every scrape, what became of the samples of all the others. Answers which
 * metrics must be set and have never been, by their names.
 */
export function watchContract(
  about: ReadonlyMap<ContractKey, Family>,
  { families, hash, refusals, now }: Watched,
): () => readonly string[] {
  about.get('contract_info')?.filledBy((family) => write(family, { hash }, 1))
  counted(about.get('contract_refused_total'), refusals, (metric, reason) => {
    const word = refusalReasons[reason]
    return typeof word === 'string' ? { metric, reason: word } : null
  })
  counted(about.get('contract_overflow_total'), refusals, (metric, reason) =>
    reason === 'over-budget' ? { metric } : null,
  )
  counted(about.get('contract_collector_failures_total'), refusals, (metric, reason) =>
    reason === 'reader-failed' ? { metric } : null,
  )

  const began = now()
  const waiting = new Map(
    families
      .filter(({ metric }) => metric.mustBeSetWithin != null)
      .map((family) => [family, milliseconds(family.metric.mustBeSetWithin ?? '') ?? 0]),
  )
  about.get('contract_never_set')?.filledBy((family) => {
    for (const [of, due] of waiting) {
      const isSet = wasWritten(of)
      if (isSet) waiting.delete(of)
      write(family, { metric: of.metric.name }, !isSet && now() - began >= due ? 1 : 0)
    }
  })
  return () => [...waiting.keys()].filter((family) => !wasWritten(family)).map(({ metric }) => metric.name)
}

/** Whether a series of it ever had a value, of a kind that is absent until then. */
const wasWritten = ({ written, blocks }: Family): boolean =>
  written.size > 0 ||
  [...blocks].some(({ run }) => !run.page.subarray(run.at, run.at + run.size).every((cell) => Number.isNaN(cell)))

function write(family: Family, labels: object, value: number): void {
  const block = family.find('set', labels)
  if (block !== null) block.run.page[family.at] = value
}

/** A counter that reads what the refusals add up to; what is about no declared metric counts as `other`. */
function counted(
  family: Family | undefined,
  refusals: Refusals,
  labelsOf: (metric: string, reason: Reason) => Readonly<Record<string, string>> | null,
): void {
  const known = new Set((family?.metric.labels['metric'] as OneOf<string> | undefined)?.values)
  family?.filledBy(({ blocks }) => {
    for (const { run } of blocks) run.page.fill(0, run.at, run.at + run.size)
    for (const { metric, reason, count } of refusals.all()) {
      const labels = labelsOf(known.has(metric) ? metric : otherMetric, reason)
      const block = labels === null ? null : family.seek('inc', labels)
      if (block !== null) block.run.page[family.at] = (block.run.page[family.at] as number) + count
    }
  })
}

/** What the contract's own metric calls each reason; null for what is no refusal and has a metric of its own. */
const refusalReasons: Readonly<Record<Reason, RefusalReason | null>> = {
  definition: 'definition',
  'labels-missing': 'labels',
  'label-missing': 'labels',
  'label-undeclared': 'labels',
  'label-type': 'labels',
  'label-unreadable': 'labels',
  'value-undeclared': 'value',
  'value-empty': 'value',
  'value-reserved': 'value',
  'value-too-long': 'value',
  'value-unprintable': 'value',
  state: 'value',
  number: 'number',
  negative: 'number',
  reader: 'number',
  'reader-failed': null,
  'over-budget': null,
}
