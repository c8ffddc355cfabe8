import { byCodeUnit } from './code-unit.ts'
import { isOpen } from './label.ts'
import type { Metric } from './metric.ts'

/** The version of contract.json's form; a reader refuses one that it does not know. */
export const contractFormat = 1

/** What a bot and its rules have to agree on about one metric: no help, no budget, nothing that only a person reads. */
interface ContractForm {
  readonly buckets: readonly number[] | null
  readonly kind: string
  /** Sorted by name; the sorted values of a closed label, null for an open one. */
  readonly labels: Readonly<Record<string, readonly string[] | null>>
  readonly name: string
  readonly unit: string
}

/** The part of a metric that the contract's hash is over. */
const contractForm = (metric: Metric): ContractForm => ({
  buckets: metric.buckets,
  kind: metric.kind,
  labels: Object.fromEntries(
    Object.entries(metric.labels)
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(([name, label]) => [name, isOpen(label) ? null : [...label.values].sort(byCodeUnit)]),
  ),
  name: metric.name,
  unit: unitWord(metric),
})

/** The word for a metric's unit: what would end its name, or its dimension where a unit has no such word. */
export const unitWord = ({ unit }: Metric): string => (unit.suffix === '' ? unit.dim : unit.suffix)

/**
 * The text whose SHA-256 is the contract's hash: the forms of all metrics, sorted by name, as canonical JSON (RFC 8785).
 * It is the same whatever the order of declaration. Metrics about the contract itself are no part of it.
 */
export const contractText = (metrics: readonly Metric[]): string =>
  JSON.stringify(
    metrics
      .filter(({ ofContract }) => !ofContract)
      .map(contractForm)
      .sort((a, b) => byCodeUnit(a.name, b.name)),
  )

/** The part of a contract's hash, `sha256:` and 64 digits, that stands in the label of `contract_info`. */
export const shortHash = (hash: string): string => hash.replace(/^sha256:/, '').slice(0, 16)
