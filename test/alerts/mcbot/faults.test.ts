import { test } from 'node:test'
import { mcbot } from '../../../definitions/mcbot/index.ts'
import { type FaultName, faultNames, faults } from '../../../demo/mcbot/faults/list.ts'
import { writtenOf } from '../bots.ts'
import { scrapeFaultyProcess } from '../faulty-process.ts'
import { processScenes, replay } from '../replay.ts'
import type { Scene } from '../scene.ts'
import { type Scrapes, scrapeEvery } from '../scrapes.ts'
import { metricsIn } from '../stepped-scrapes.ts'
import { scrapesOf } from './paper.ts'
import { target } from './target.ts'

// The paper bot on its own clock, an hour per second: what Prometheus would scrape, evaluated with all of the paper rules.

const minute = 60
const hour = 60 * minute
const calm = 2 * minute

/** Seconds until the last of a fault's alerts fires, if that takes more than seven minutes. */
const lasting: Partial<Record<FaultName, number>> = {
  'onchain-cache-empty': 31 * minute,
  'onchain-failures': 66 * minute,
  'onchain-stale': 62 * minute,
}
/** Faults whose alerts evaluate a whole day, with the metrics that they use. */
const dayLong: Partial<Record<FaultName, readonly string[]>> = {
  'distribution-drift': ['mcbot_distribution_p_value'],
  'structural-decay': ['mcbot_ransac_decay_detected', 'mcbot_ransac_decay_severity'],
  'decay-warning': ['mcbot_ransac_decay_detected', 'mcbot_ransac_decay_severity'],
}

/** Without these, the remaining series would look like those of a bot that is down. */
const always = ['up', 'mcbot_contract_info']

const { files, rules } = writtenOf(mcbot)
const asked = metricsIn(rules)

test('a healthy hour fires only Watchdog, and each fault exactly the alerts it claims', (t) =>
  replay(t, files, [healthy, simulated, inProcess, dying]))

async function healthy(): Promise<readonly Scene[]> {
  const scrapes = await scrapesOf('healthy', asked, (run) => run.forSeconds(hour))
  return [{ name: 'a healthy hour', scrapes, fires: ['Watchdog'] }]
}

async function simulated(): Promise<readonly Scene[]> {
  const scenes: Scene[] = []
  for (const name of faultNames) {
    if (faults[name].moves.length === 0) continue
    const scrapes = await scrapesOf('faults', asked, async (run) => {
      await run.forSeconds(calm)
      run.turn(name, true)
      await run.forSeconds(lasting[name] ?? 7 * minute)
    })
    const fires = [...faults[name].trips, 'Watchdog']
    const figures = dayLong[name]
    if (figures === undefined) scenes.push({ name, scrapes, fires })
    else scenes.push({ name, scrapes: forADay(scrapes, figures), fires, evaluate: '15m' })
  }
  return scenes
}

/** The calm period, then the scrapes under the fault repeated to fill a day. */
function forADay(scrapes: Scrapes, figures: readonly string[]): Scrapes {
  const calmScrapes = calm / scrapeEvery
  const scrapesOfDay = (25 * hour) / scrapeEvery
  return new Map(
    [...scrapes]
      .filter(([series]) => [...figures, ...always].includes(series.replace(/\{.*/, '')))
      .map(([series, values]) => {
        // the first scrape under the fault shows the step before it
        const ill = values.slice(calmScrapes + 1)
        return [
          series,
          [
            ...values.slice(0, calmScrapes),
            ...Array.from({ length: scrapesOfDay }, (_, i) => ill[i % ill.length] ?? null),
          ],
        ]
      }),
  )
}

async function inProcess(): Promise<readonly Scene[]> {
  const lag = 'event_loop_lag_seconds'
  const lags = (scrape: ReadonlyMap<string, number> | null, otherwise: number) =>
    scrape?.get(`mcbot_${lag}`) ?? otherwise
  const scrapes = await scrapeFaultyProcess('mcbot', {
    keeps: [lag],
    // the startup delay no longer matters once it is not among the longest
    isCalm: (scrape) => lags(scrape, 1) < 0.5,
    own: { 'event-loop-lag': (scrape) => lags(scrape, 0) > 1 },
  })
  return processScenes(target, scrapes, (name) => faults[name as FaultName].trips)
}

/** A bot that dies for good while an alert fires. */
async function dying(): Promise<readonly Scene[]> {
  const scenes: Scene[] = []
  for (const name of ['heartbeat-stop', 'high-drawdown', 'ws-silent'] as const) {
    const scrapes = await scrapesOf('faults', asked, async (run) => {
      run.turn(name, true)
      await run.forSeconds(4 * minute)
      run.die(10 * minute)
    })
    const fires = [...faults[name].trips, 'BotDown', 'BotScrapeFailing', 'Watchdog']
    scenes.push({ name: `${name}, then the bot dies`, scrapes, fires, died: 4 * minute })
  }
  return scenes
}
