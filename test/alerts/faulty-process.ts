import { startBot } from '../../demo/stage/bot-process.ts'
import { samplesOf } from '../demo/paper-run.ts'
import type { Scrape } from './scrapes.ts'

/** Takes the first scrape that matches, or the last one on timeout. */
type Look = (wanted: (scrape: Scrape) => boolean) => Promise<Scrape>

type Common = 'metrics-endpoint' | 'hang' | 'crash'

interface FaultyOptions<N extends string> {
  /** The bot's own metrics that are kept: others, such as timestamps, differ from a replay's clock. */
  readonly keeps: readonly string[]
  /** Whether the start no longer shows. */
  readonly isCalm: (scrape: Scrape) => boolean
  /** Further faults of the process, and how a scrape shows that each has begun. */
  readonly own: Readonly<Record<N, (scrape: Scrape) => boolean>>
}

/** Scrapes of a paper bot in a separate process, healthy and under each fault of the process or its endpoint. */
interface FaultyProcess<N extends string> {
  readonly well: Scrape
  readonly under: Readonly<Record<N | Common, Scrape>>
}

const hangSeconds = 3
const lookFor = 30_000

/** Scrapes one process sequentially: the last fault ends it. */
export async function scrapeFaultyProcess<N extends string = never>(
  name: string,
  { keeps, isCalm, own }: FaultyOptions<N>,
): Promise<FaultyProcess<N>> {
  const bot = await startBot(name)
  const kept = new RegExp(`^${name}_(${[...keeps, 'contract_info'].join('|')})\\b`)
  const look: Look = (wanted) => firstThat(wanted, () => scrape(bot.metricsUrl, kept))
  const now = () => look(() => true)
  try {
    const well = await look(isCalm)

    await bot.turn('metrics-endpoint', true)
    const endpoint = await now()
    await bot.turn('metrics-endpoint', false)

    const ownScrapes: [string, Scrape][] = []
    for (const [fault, hasBegun] of Object.entries<(scrape: Scrape) => boolean>(own)) {
      await bot.turn(fault, true)
      ownScrapes.push([fault, await look(hasBegun)])
      await bot.turn(fault, false)
    }

    await fetch(`${bot.faultsUrl}/hang?on&seconds=${hangSeconds}`, { method: 'POST' })
    const hang = await now()
    await look((one) => one !== null)

    await bot.turn('crash', true)
    const crash = await look((one) => one === null)
    const under = { ...Object.fromEntries(ownScrapes), 'metrics-endpoint': endpoint, hang, crash }
    return { well, under: under as FaultyProcess<N>['under'] }
  } finally {
    await bot.stop()
  }
}

/** As Prometheus would store it: nothing, unless a valid answer arrives in time. */
async function scrape(url: string, kept: RegExp): Promise<Scrape> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout((hangSeconds * 1000) / 2) })
    if (!response.ok) return null
    return new Map([...samplesOf(await response.text())].filter(([series]) => kept.test(series)))
  } catch {
    return null
  }
}

async function firstThat(wanted: (scrape: Scrape) => boolean, take: () => Promise<Scrape>): Promise<Scrape> {
  const end = Date.now() + lookFor
  for (;;) {
    const found = await take()
    if (wanted(found) || Date.now() > end) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
