import type { Target } from './case.ts'

/** What Prometheus would have stored for the bot: one value per scrape, null if there is none. */
export type Scrapes = ReadonlyMap<string, readonly (number | null)[]>

/** Seconds between two scrapes. */
export const scrapeEvery = 10

/** The result of one scrape: each series as the bot exposes it, with its value; null if it failed. */
export type Scrape = ReadonlyMap<string, number> | null

/** Consecutive scrapes as series of the target. */
export function asSeries(target: Target, rows: readonly Scrape[]): Scrapes {
  const series = new Map<string, (number | null)[]>()
  rows.forEach((row, i) => {
    for (const [name, value] of row ?? []) {
      const values = series.get(name) ?? rows.map(() => null)
      values[i] = value
      series.set(name, values)
    }
  })
  const up = rows.map((row) => (row === null ? 0 : 1))
  return new Map([
    [ofTarget(target, 'up'), up],
    ...[...series].map(([name, values]) => [ofTarget(target, name), values] as const),
  ])
}

function ofTarget(target: Target, series: string): string {
  const [, name = '', inside = ''] = /^([^{]+)(?:\{(.*)\})?$/.exec(series) ?? []
  const labels = Object.entries(target).map(([label, value]) => `${label}="${value}"`)
  return `${name}{${[...(inside === '' ? [] : [inside]), ...labels].join(',')}}`
}

/** Values in promtool's notation: repeated values are written once. */
export function notation(values: readonly (number | null)[]): string {
  const runs: { readonly value: number | null; times: number }[] = []
  for (const value of values) {
    const last = runs.at(-1)
    if (last !== undefined && Object.is(last.value, value)) last.times += 1
    else runs.push({ value, times: 1 })
  }
  return runs
    .map(({ value, times }, i) => {
      if (value !== null) return times === 1 ? shown(value) : `${shown(value)}x${times - 1}`
      // A failed scrape ends the series immediately.
      return i === 0 ? `_x${times}` : `stale _x${times - 1}`.replace(' _x0', '')
    })
    .join(' ')
}

const shown = (value: number) =>
  value === Number.POSITIVE_INFINITY ? 'inf' : value === Number.NEGATIVE_INFINITY ? '-inf' : String(value)
