import { byCodeUnit } from './code-unit.ts'
import { isOpen } from './label.ts'
import type { Metric } from './metric.ts'

/** The format version of contract.json; readers refuse versions they do not know. */
export const contractFormat = 1

/** The properties of a metric that a bot and its rules must agree on: no help text, no budget, nothing only for people. */
interface ContractForm {
  readonly buckets: readonly number[] | null
  readonly kind: string
  /** Sorted by name; the sorted values of a closed label, null for an open label. */
  readonly labels: Readonly<Record<string, readonly string[] | null>>
  readonly name: string
  readonly unit: string
}

/** The part of a metric that the contract hash covers. */
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

/** The name of a metric's unit: its suffix, or its dimension if it has no suffix. */
export const unitWord = ({ unit }: Metric): string => (unit.suffix === '' ? unit.dim : unit.suffix)

/**
 * The text whose SHA-256 is the contract hash: the forms of all metrics, sorted by name, as canonical JSON (RFC 8785). It does
 * not depend on the order of declaration and does not include the metrics about the contract itself.
 */
export const contractText = (metrics: readonly Metric[]): string =>
  JSON.stringify(
    metrics
      .filter(({ ofContract }) => !ofContract)
      .map(contractForm)
      .sort((a, b) => byCodeUnit(a.name, b.name)),
  )

/** The first 16 digits of a contract hash (`sha256:` and 64 digits), as used in the label of `contract_info`. */
export const shortHash = (hash: string): string => hash.replace(/^sha256:/, '').slice(0, 16)
