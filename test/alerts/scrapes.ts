import type { Target } from './case.ts'

/** What Prometheus would have stored for the bot: one value per scrape, null if there is none. */
export type Scrapes = ReadonlyMap<string, readonly (number | null)[]>

/** Seconds between two scrapes. */
export const scrapeEvery = 10

/** The result of one scrape; null if it failed. */
type Row = ReadonlyMap<string, number> | null

/** Consecutive scrapes as series of the target. */
export function asSeries(target: Target, rows: readonly Row[]): Scrapes {
  const collected = collectScrapes(target)
  for (const row of rows) collected.add(row)
  return collected.scrapes()
}

/** Collects consecutive scrapes of a target: a day of them is too much to keep row by row. */
export function collectScrapes(target: Target): { readonly add: (row: Row) => void; readonly scrapes: () => Scrapes } {
  const up: number[] = []
  const series = new Map<string, (number | null)[]>()
  const filled = (values: (number | null)[]) => {
    while (values.length < up.length) values.push(null)
    return values
  }
  return {
    add: (row) => {
      for (const [name, value] of row ?? []) {
        const values = series.get(name) ?? []
        filled(values).push(value)
        series.set(name, values)
      }
      up.push(row === null ? 0 : 1)
    },
    scrapes: () => {
      const own = [...series].map(([name, values]) => [ofTarget(target, name), filled(values)] as const)
      return new Map([[ofTarget(target, 'up'), up], ...own])
    },
  }
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
