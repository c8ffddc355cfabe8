import { familyName } from '../../definitions/language/family.ts'
import type { Contract } from '../contract/schema.ts'
import type { Family, Format } from './exposition.ts'

export type Metric = Contract['metrics'][number]

/** The name under which a format declares a metric. */
export const declaredName = (metric: Metric, format: Format): string =>
  format === 'text' ? metric.name : familyName(metric)

/** The type that a format gives to a metric; the text format knows neither info nor state sets. */
export function typeName({ kind }: Metric, format: Format): string {
  if (kind === 'counter' || kind === 'histogram' || kind === 'gauge') return kind
  return format === 'text' ? 'gauge' : kind.toLowerCase()
}

/** The metric's name that a family stands for, in the words of the contract. */
export function metricName({ name, type }: Family, format: Format): string {
  if (format === 'text') return name
  if (type === 'counter') return `${name}_total`
  return type === 'info' ? `${name}_info` : name
}

/** What stays of a name without the endings that clients add, or forget. */
export function stemOf(name: string, unit: string | null): string {
  const bare = name.replace(/(?:_total|_info|_count|_created)+$/, '')
  return unit !== null && bare.endsWith(`_${unit}`) ? bare.slice(0, -unit.length - 1) : bare
}

/** What the official Python client exposes of itself. */
export const isOfClient = (name: string): boolean => /^(?:python|process)_/.test(name)
