import { paperRun } from '../demo/paper-run.ts'
import { target } from './case.ts'

/** What Prometheus would have stored of the bot: one value per scrape, null if there is none. */
export type Scrapes = ReadonlyMap<string, readonly (number | null)[]>

export const scrapeEvery = 10
export const stepsPerSecond = 2

type Run = ReturnType<typeof scrapedRun>

const attempts = 4

/**
 * What is scraped of a paper bot during a simulation. The runtime's timeout for collect callbacks uses the machine's clock,
 * not the bot's: a run that a busy machine delayed is repeated.
 */
export async function scrapesOf(
  seed: string,
  metrics: ReadonlySet<string>,
  play: (run: Run) => Promise<void>,
): Promise<Scrapes> {
  for (let left = attempts; ; left--) {
    const run = scrapedRun(seed, metrics)
    await play(run)
    if (left === 1 || !run.wasHeldUp()) return run.scrapes()
  }
}

/** A paper bot that is scraped every ten seconds of its own clock from its start; the clock begins in 1970, like promtool's. */
function scrapedRun(seed: string, metrics: ReadonlySet<string>) {
  const run = paperRun(seed, 0)
  const rows: (ReadonlyMap<string, number> | null)[] = []
  return {
    turn: run.turn,
    /** Continues for this many seconds, with a scrape every ten. */
    forSeconds: async (seconds: number) => {
      for (let i = 0; i < seconds / scrapeEvery; i++) {
        rows.push(wanted(await run.samples(), metrics))
        run.steps(scrapeEvery * stepsPerSecond)
      }
    },
    /** No scrape succeeds for this many seconds. */
    die: (seconds: number) => {
      for (let i = 0; i < seconds / scrapeEvery; i++) rows.push(null)
    },
    wasHeldUp: () => rows.some((row) => [...(row ?? [])].some(([series, value]) => heldUp.test(series) && value > 0)),
    scrapes: () => asSeries(rows),
  }
}

const heldUp = /^mcbot_contract_collector_failures_total\{/

const wanted = (samples: ReadonlyMap<string, number>, metrics: ReadonlySet<string>) =>
  new Map([...samples].filter(([series]) => metrics.has(series.replace(/\{.*/, ''))))

/** Consecutive scrapes as series of the target; a failed scrape is null. */
export function asSeries(rows: readonly (ReadonlyMap<string, number> | null)[]): Scrapes {
  const names = new Set(rows.flatMap((row) => [...(row?.keys() ?? [])]))
  const series = [...names].map((name) => [ofTarget(name), rows.map((row) => row?.get(name) ?? null)] as const)
  return new Map([[ofTarget('up'), rows.map((row) => (row === null ? 0 : 1))], ...series])
}

function ofTarget(series: string): string {
  const [, name = '', inside = ''] = /^([^{]+)(?:\{(.*)\})?$/.exec(series) ?? []
  const labels = Object.entries(target).map(([label, value]) => `${label}="${value}"`)
  return `${name}{${[...(inside === '' ? [] : [inside]), ...labels].join(',')}}`
}

/** Values in promtool's notation: a repeated value is written once. */
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
