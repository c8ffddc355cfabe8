import { paperRun } from '../../demo/paper-run.ts'
import { asSeries, type Scrapes, scrapeEvery } from '../scrapes.ts'
import { target } from './target.ts'

export const stepsPerSecond = 2

type Run = ReturnType<typeof scrapedRun>

const attempts = 4

/**
 * What is scraped of a paper bot while it is played. The runtime's patience with what it reads goes by the machine's clock,
 * not by the bot's: a run that a busy machine held up is played again.
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

/** A paper bot that is scraped every ten seconds of its own clock, from its start on; the clock begins with 1970, as promtool's does. */
function scrapedRun(seed: string, metrics: ReadonlySet<string>) {
  const run = paperRun(seed, 0)
  const rows: (ReadonlyMap<string, number> | null)[] = []
  return {
    turn: run.turn,
    /** Goes on for so many seconds, with a scrape after each ten. */
    forSeconds: async (seconds: number) => {
      for (let i = 0; i < seconds / scrapeEvery; i++) {
        rows.push(wanted(await run.samples(), metrics))
        run.steps(scrapeEvery * stepsPerSecond)
      }
    },
    /** No scrape succeeds for so many seconds. */
    die: (seconds: number) => {
      for (let i = 0; i < seconds / scrapeEvery; i++) rows.push(null)
    },
    wasHeldUp: () => rows.some((row) => [...(row ?? [])].some(([series, value]) => heldUp.test(series) && value > 0)),
    scrapes: () => asSeries(target, rows),
  }
}

const heldUp = /^mcbot_contract_collector_failures_total\{/

const wanted = (samples: ReadonlyMap<string, number>, metrics: ReadonlySet<string>) =>
  new Map([...samples].filter(([series]) => metrics.has(series.replace(/\{.*/, ''))))
