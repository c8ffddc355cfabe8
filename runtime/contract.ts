import { createHash } from 'node:crypto'
import { contractText, shortHash } from '../definitions/language/contract-form.ts'
import { type ContractKey, otherMetric, type RefusalReason } from '../definitions/language/contract-metrics.ts'
import { milliseconds } from '../definitions/language/duration.ts'
import type { OneOf } from '../definitions/language/label.ts'
import type { Metric } from '../definitions/language/metric.ts'
import { deadlineOf } from '../definitions/language/presence.ts'
import type { Reason, Refusals } from './refusals.ts'
import type { Block, Family } from './shapes.ts'
import type { WarmUp } from './warm-up.ts'

/** The short contract hash that the bot exposes in `contract_info`. */
export const hashOf = (metrics: readonly Metric[]): string =>
  shortHash(createHash('sha256').update(contractText(metrics)).digest('hex'))

/** A bot's own metrics and the refusals recorded for them. */
interface Watched {
  readonly families: readonly Family[]
  readonly hash: string
  readonly refusals: Refusals
  readonly now: () => number
  readonly warmUp: WarmUp
}

/**
 * Fills the families about the contract at every scrape from the refusals. Returns a function that lists the names of the
 * metrics that must be set and never have been.
 */
export function watchContract(
  about: ReadonlyMap<ContractKey, Family>,
  { families, hash, refusals, now, warmUp }: Watched,
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

  about.get('contract_warming_up')?.filledBy((family) => write(family, {}, warmUp.phase() === 'warming up' ? 1 : 0))
  about.get('contract_warm_up_overdue')?.filledBy((family) => write(family, {}, warmUp.phase() === 'overdue' ? 1 : 0))

  const waiting = new Map(
    families.flatMap((family) => {
      const deadline = deadlineOf(family.metric)
      return deadline === null ? [] : [[family, milliseconds(deadline) ?? 0] as const]
    }),
  )
  const wasWritten = createWritten()
  about.get('contract_never_set')?.filledBy((family) => {
    const began = warmUp.endedAt() ?? now()
    for (const [of, due] of waiting) {
      const isSet = wasWritten(of)
      if (isSet) waiting.delete(of)
      write(family, { metric: of.metric.name }, !isSet && now() - began >= due ? 1 : 0)
    }
  })
  // what may be absent for a reason does not keep the bot from being ready
  return () =>
    [...waiting.keys()]
      .filter((family) => family.metric.mustBeSetWithin != null && !wasWritten(family))
      .map(({ metric }) => metric.name)
}

/**
 * Creates a function that says whether a family ever had a value: one without open labels in any of its series, one with open
 * labels for each combination of values that exists, such as those passed to `expect`.
 */
function createWritten(): (family: Family) => boolean {
  const seen = new WeakSet<Block>()
  return ({ written, blocks, readers, openNames }) => {
    if (openNames.length === 0 && written.size > 0) return true
    // the value of a promise is never in the cell itself
    const read = new Set(written.size > 0 ? [...readers.values()].map(({ block }) => block) : [])
    for (const block of blocks) if (read.has(block) || hasValue(block)) seen.add(block)
    return (written.size > 0 || blocks.size > 0) && [...blocks].every((block) => block.overflow || seen.has(block))
  }
}

const hasValue = ({ range }: Block): boolean =>
  !range.chunk.subarray(range.at, range.at + range.size).every((cell) => Number.isNaN(cell))

function write(family: Family, labels: object, value: number): void {
  const block = family.find('set', labels)
  if (block !== null) block.range.chunk[family.at] = value
}

/** Fills a counter from the totals of the refusals; refusals without a declared metric count as `other`. */
function counted(
  family: Family | undefined,
  refusals: Refusals,
  labelsOf: (metric: string, reason: Reason) => Readonly<Record<string, string>> | null,
): void {
  const known = new Set((family?.metric.labels['metric'] as OneOf<string> | undefined)?.values)
  family?.filledBy(({ blocks }) => {
    for (const { range } of blocks) range.chunk.fill(0, range.at, range.at + range.size)
    for (const { metric, reason, count } of refusals.all()) {
      const labels = labelsOf(known.has(metric) ? metric : otherMetric, reason)
      const block = labels === null ? null : family.seek('inc', labels)
      if (block !== null) block.range.chunk[family.at] = (block.range.chunk[family.at] as number) + count
    }
  })
}

/** The `reason` label for each reason; null for reasons that are not refusals and have a metric of their own. */
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
  'metric-unknown': 'value',
  number: 'number',
  negative: 'number',
  reader: 'number',
  'reader-failed': null,
  'over-budget': null,
}
