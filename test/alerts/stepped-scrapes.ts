import type { Target } from './case.ts'
import type { WrittenRules } from './rules.ts'
import { asSeries, type Scrape, type Scrapes, scrapeEvery } from './scrapes.ts'

export const stepsPerSecond = 2

/** A paper bot whose clock advances only with its steps. */
interface SteppedRun {
  readonly steps: (count: number) => void
  /** The clock goes on, and the bot does nothing. */
  readonly wait: (seconds: number) => void
  readonly samples: () => Promise<ReadonlyMap<string, number>>
}

interface SteppedOptions<R> {
  readonly target: Target
  /** The metrics whose series are kept. */
  readonly metrics: ReadonlySet<string>
  readonly begin: () => R | Promise<R>
  readonly play: (run: R & ScrapedRun) => Promise<void>
  readonly end?: (run: R) => Promise<unknown>
}

interface ScrapedRun {
  /** Runs for this many seconds, with a scrape every ten. */
  readonly forSeconds: (seconds: number) => Promise<void>
  /** Does nothing for this many seconds, but answers scrapes. */
  readonly idleFor: (seconds: number) => Promise<void>
  /** No scrape succeeds for this many seconds. */
  readonly die: (seconds: number) => void
}

const attempts = 4

/**
 * The scrapes of a paper bot during a run, every ten seconds of its own clock. The runtime's timeouts for what it reads follow
 * the machine's clock, not the bot's: a run that a busy machine delayed is repeated.
 */
export async function steppedScrapes<R extends SteppedRun>(options: SteppedOptions<R>): Promise<Scrapes> {
  const { target, begin, play, end = async () => {} } = options
  for (let left = attempts; ; left--) {
    const run = await begin()
    const rows: Scrape[] = []
    await play({ ...run, ...scrapedInto(rows, run, options.metrics) })
    await end(run)
    if (left === 1 || !wasHeldUp(rows)) return asSeries(target, rows)
  }
}

function scrapedInto(rows: Scrape[], run: SteppedRun, metrics: ReadonlySet<string>): ScrapedRun {
  const scraping = async (seconds: number, then: () => void) => {
    for (let i = 0; i < seconds / scrapeEvery; i++) {
      rows.push(wanted(await run.samples(), metrics))
      then()
    }
  }
  return {
    forSeconds: (seconds) => scraping(seconds, () => run.steps(scrapeEvery * stepsPerSecond)),
    idleFor: (seconds) => scraping(seconds, () => run.wait(scrapeEvery)),
    die: (seconds) => {
      for (let i = 0; i < seconds / scrapeEvery; i++) rows.push(null)
    },
  }
}

const heldUp = /^\w+_contract_collector_failures_total\{/
const wasHeldUp = (rows: readonly Scrape[]) =>
  rows.some((row) => [...(row ?? [])].some(([series, value]) => heldUp.test(series) && value > 0))

const wanted = (samples: ReadonlyMap<string, number>, metrics: ReadonlySet<string>) =>
  new Map([...samples].filter(([series]) => metrics.has(series.replace(/\{.*/, ''))))

/** The names of all metrics in the rules of a bot. */
export const metricsIn = (rules: WrittenRules): ReadonlySet<string> =>
  new Set([...rules.records, ...rules.alerts.values()].flatMap(({ expr }) => expr.match(/[a-z_:][a-z0-9_:]*/g) ?? []))
