import { startBot } from '../../../demo/stage/bot-process.ts'
import { samplesOf } from '../../demo/paper-run.ts'

/** The result of one scrape; null if it failed. */
type Scrape = ReadonlyMap<string, number> | null

/** Scrapes of a paper bot in a separate process, healthy and under each fault of the process or its endpoint. */
interface FaultyProcess {
  readonly well: Scrape
  readonly under: Readonly<Record<'event-loop-lag' | 'metrics-endpoint' | 'hang' | 'crash', Scrape>>
}

const metric = 'mcbot_event_loop_lag_seconds'
const hangSeconds = 3
const lookFor = 30_000

/** Scrapes one process sequentially: the last fault ends it. */
export async function scrapeFaultyProcess(): Promise<FaultyProcess> {
  const bot = await startBot('mcbot')
  try {
    const look = () => scrape(bot.metricsUrl)
    // the startup delay no longer matters once it is not among the longest
    const well = await firstThat((one) => (one?.get(metric) ?? 1) < 0.5, look)

    await bot.turn('metrics-endpoint', true)
    const endpoint = await look()
    await bot.turn('metrics-endpoint', false)

    await bot.turn('event-loop-lag', true)
    const lag = await firstThat((one) => (one?.get(metric) ?? 0) > 1, look)
    await bot.turn('event-loop-lag', false)

    await fetch(`${bot.faultsUrl}/hang?on&seconds=${hangSeconds}`, { method: 'POST' })
    const hang = await look()
    await firstThat((one) => one !== null, look)

    await bot.turn('crash', true)
    const crash = await firstThat((one) => one === null, look)
    return { well, under: { 'event-loop-lag': lag, 'metrics-endpoint': endpoint, hang, crash } }
  } finally {
    await bot.stop()
  }
}

/** As Prometheus would store it: nothing, unless a valid answer arrives in time. Timestamps are left out, since they differ here. */
async function scrape(url: string): Promise<Scrape> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout((hangSeconds * 1000) / 2) })
    if (!response.ok) return null
    return new Map(
      [...samplesOf(await response.text())].filter(([series]) =>
        /^mcbot_(event_loop_lag_seconds|contract_info)\b/.test(series),
      ),
    )
  } catch {
    return null
  }
}

/** The first scrape that matches, or the last one on timeout. */
async function firstThat(wanted: (scrape: Scrape) => boolean, look: () => Promise<Scrape>): Promise<Scrape> {
  const end = Date.now() + lookFor
  for (;;) {
    const found = await look()
    if (wanted(found) || Date.now() > end) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
