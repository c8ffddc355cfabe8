import type { ExpositionFormat } from './exposition.ts'

/** The suffixes of sample names by the family's type; null for a family without one. */
const suffixes: Readonly<Record<ExpositionFormat, ReadonlyMap<string | null, readonly string[]>>> = {
  text: new Map<string | null, readonly string[]>([
    ['counter', ['']],
    ['gauge', ['']],
    ['untyped', ['']],
    ['summary', ['', '_sum', '_count']],
    ['histogram', ['_bucket', '_sum', '_count']],
    [null, ['']],
  ]),
  openmetrics: new Map<string | null, readonly string[]>([
    ['counter', ['_total', '_created']],
    ['gauge', ['']],
    ['unknown', ['']],
    ['summary', ['', '_sum', '_count', '_created']],
    ['histogram', ['_bucket', '_sum', '_count', '_created']],
    ['gaugehistogram', ['_bucket', '_gsum', '_gcount']],
    ['stateset', ['']],
    ['info', ['_info']],
    [null, ['']],
  ]),
}

export const isType = (format: ExpositionFormat, type: string): boolean => suffixes[format].has(type)

export const typesOf = (format: ExpositionFormat): readonly string[] =>
  [...suffixes[format].keys()].filter((type) => type !== null)

/** Types that only OpenMetrics has: they identify the format when the end is missing. */
export const openMetricsOnly: readonly string[] = typesOf('openmetrics').filter((type) => !isType('text', type))

export const suffixesOf = (format: ExpositionFormat, type: string | null): readonly string[] =>
  suffixes[format].get(type) ?? ['']

/** The names of the families that a sample with this name may belong to, the likeliest first. */
export const familyNames = (sample: string): readonly string[] => [
  sample,
  ...['_total', '_created', '_bucket', '_sum', '_count', '_gsum', '_gcount', '_info']
    .filter((suffix) => sample.endsWith(suffix) && sample !== suffix)
    .map((suffix) => sample.slice(0, -suffix.length)),
]
