import { createClock } from '../../../demo/mcbot/clock.ts'
import { type Conditions, createConditions } from '../../../demo/mcbot/conditions.ts'
import { paperRun } from '../../demo/paper-run.ts'
import { asSeries, type Scrapes, scrapeEvery } from '../scrapes.ts'
import { target } from './target.ts'

export const stepsPerSecond = 2

type Run = ReturnType<typeof scrapedRun>

const attempts = 4

/**
 * The scrapes of a paper bot during a run. The runtime's timeouts for what it reads follow the machine's clock,
 * not the bot's: a run that a busy machine delayed is repeated.
 */
export async function scrapesOf(
  seed: string,
  metrics: ReadonlySet<string>,
  play: (run: Run) => Promise<void>,
  conditions: Partial<Conditions> = {},
): Promise<Scrapes> {
  for (let left = attempts; ; left--) {
    const run = scrapedRun(seed, metrics, conditions)
    await play(run)
    if (left === 1 || !run.wasHeldUp()) return run.scrapes()
  }
}

/** A paper bot scraped every ten seconds of its own clock, from its start; the clock starts in 1970, like promtool's. */
function scrapedRun(seed: string, metrics: ReadonlySet<string>, conditions: Partial<Conditions>) {
  const run = paperRun(seed, 0, 'strict', createClock(), {
    // the first scrape comes before the first step, after which the bot is ready
    conditions: createConditions({ warmUpLimit: null, ...conditions }),
  })
  const rows: (ReadonlyMap<string, number> | null)[] = []
  return {
    turn: run.turn,
    /** Runs for this many seconds, with a scrape every ten. */
    forSeconds: async (seconds: number) => {
      for (let i = 0; i < seconds / scrapeEvery; i++) {
        rows.push(wanted(await run.samples(), metrics))
        run.steps(scrapeEvery * stepsPerSecond)
      }
    },
    /** Does nothing for this many seconds, but answers scrapes. */
    idleFor: async (seconds: number) => {
      for (let i = 0; i < seconds / scrapeEvery; i++) {
        rows.push(wanted(await run.samples(), metrics))
        run.wait(scrapeEvery)
      }
    },
    /** No scrape succeeds for this many seconds. */
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
