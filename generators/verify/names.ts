import { familyName } from '../../definitions/language/family.ts'
import type { Contract } from '../contract/schema.ts'
import type { ExposedFamily, ExpositionFormat } from './exposition.ts'

export type ContractMetric = Contract['metrics'][number]

/** The name under which a format declares a metric. */
export const declaredName = (metric: ContractMetric, format: ExpositionFormat): string =>
  format === 'text' ? metric.name : familyName(metric)

/** The type of a metric in a format; the text format has neither info nor state sets. */
export function typeName({ kind }: ContractMetric, format: ExpositionFormat): string {
  if (kind === 'counter' || kind === 'histogram' || kind === 'gauge') return kind
  return format === 'text' ? 'gauge' : kind.toLowerCase()
}

/** The metric name of a family, as the contract spells it. */
export function metricName({ name, type }: ExposedFamily, format: ExpositionFormat): string {
  if (format === 'text') return name
  if (type === 'counter') return `${name}_total`
  return type === 'info' ? `${name}_info` : name
}

/** A name without the suffixes that clients add or omit. */
export function stemOf(name: string, unit: string | null): string {
  const bare = name.replace(/(?:_total|_info|_count|_created)+$/, '')
  return unit !== null && bare.endsWith(`_${unit}`) ? bare.slice(0, -unit.length - 1) : bare
}

/** What the official Python client exposes on its own. */
export const isOfClient = (name: string): boolean => /^(?:python|process)_/.test(name)
