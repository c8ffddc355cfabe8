import { exposedUnit, familyName } from '../definitions/language/family.ts'
import type { Metric } from '../definitions/language/metric.ts'
import { escapeHelp, escapeValue } from './label-text.ts'

/** The Prometheus text format 0.0.4, or OpenMetrics 1.0. */
export type Format = 'text' | 'openmetrics'

export const formats = Object.freeze(['text', 'openmetrics'] as const)

export const contentTypes: Readonly<Record<Format, string>> = Object.freeze({
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
})

/** The end of the exposition, after the last line of the last family. */
export const endings: Readonly<Record<Format, string>> = Object.freeze({ text: '\n', openmetrics: '\n# EOF\n' })

/** The metadata lines before a family's samples, each preceded by a line break; the samples are the same in both formats. */
export function familyHeader(metric: Metric, format: Format): string {
  const { name, help } = metric
  if (format === 'text') return `\n# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${textTypeOf(metric)}`
  const family = familyName(metric)
  const unit = exposedUnit(metric)
  const unitLine = unit === null ? '' : `\n# UNIT ${family} ${unit}`
  return `\n# TYPE ${family} ${metric.kind.toLowerCase()}${unitLine}\n# HELP ${family} ${escapeValue(help)}`
}

/** The metric type in the text format and in prom-client. */
export const textTypeOf = (metric: Metric): 'counter' | 'gauge' | 'histogram' =>
  metric.kind === 'counter' || metric.kind === 'histogram' ? metric.kind : 'gauge'
