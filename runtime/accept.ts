import type { Format } from './format.ts'

interface Range {
  readonly type: string
  readonly version: string | null
  readonly q: number
}

/** OpenMetrics if the Accept header names it with at least the weight of plain text, as Prometheus does; text otherwise. */
export function formatFor(accept: string | undefined): Format {
  const ranges = rangesOf(accept ?? '')
  const wanted = (type: string, versions: readonly string[]): number | null => {
    const named = ranges.filter((range) => range.type === type && versions.includes(range.version ?? versions[0] ?? ''))
    return named.length === 0 ? null : Math.max(...named.map((range) => range.q))
  }
  const openmetrics = wanted('application/openmetrics-text', ['1.0.0', '0.0.1']) ?? 0
  const text = wanted('text/plain', ['0.0.4']) ?? wanted('text/*', ['']) ?? wanted('*/*', ['']) ?? 0
  return openmetrics > 0 && openmetrics >= text ? 'openmetrics' : 'text'
}

/** Whether the Accept-Encoding header allows gzip. */
export function acceptsGzip(acceptEncoding: string | undefined): boolean {
  const ranges = rangesOf(acceptEncoding ?? '')
  const gzip = ranges.find((range) => range.type === 'gzip') ?? ranges.find((range) => range.type === '*')
  return gzip !== undefined && gzip.q > 0
}

const rangesOf = (list: string): readonly Range[] =>
  list.split(',').map((item) => {
    const [type = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase())
    const parameter = (name: string): string | null =>
      parameters
        .find((text) => text.startsWith(`${name}=`))
        ?.slice(name.length + 1)
        .replace(/^"(.*)"$/, '$1') ?? null
    const q = Number(parameter('q') ?? 1)
    return { type, version: parameter('version'), q: q >= 0 && q <= 1 ? q : 0 }
  })
