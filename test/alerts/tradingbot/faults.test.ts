import { test } from 'node:test'
import { tradingbot } from '../../../definitions/tradingbot/index.ts'
import { type FaultName, faultNames, faults } from '../../../demo/tradingbot/faults/list.ts'
import { tradingRun } from '../../demo/tradingbot/trading-run.ts'
import { writtenOf } from '../bots.ts'
import { scrapeFaultyProcess } from '../faulty-process.ts'
import { processScenes, replay } from '../replay.ts'
import type { Scene } from '../scene.ts'
import { metricsIn, steppedScrapes } from '../stepped-scrapes.ts'
import { target } from './target.ts'

// The paper bot on its own clock: what Prometheus would scrape, evaluated with all of the paper rules. What alerts on
// lines make of its log is tested with the real store, in test/live/logs.

const minute = 60
/** Enough fills before a fault for one slow one not to be one in twenty. */
const calm = 4 * minute

/** Seconds until the last of a fault's alerts fires, if that takes more than seven minutes. */
const lasting: Partial<Record<FaultName, number>> = {
  'no-orders': 17 * minute,
  'no-signals': 12 * minute,
}

const { files, rules } = writtenOf(tradingbot)
const asked = metricsIn(rules)

/** The alerts of a fault that Prometheus evaluates. */
const trips = (name: string): readonly string[] =>
  faults[name as FaultName].trips.filter((alert) => rules.alerts.has(alert))

test('a healthy hour fires only Watchdog, and each fault exactly the alerts it claims', (t) =>
  replay(t, files, [healthy, simulated, inProcess, dying]))

const scrapesOf = (seed: string, play: Parameters<typeof steppedScrapes<Run>>[0]['play']) =>
  steppedScrapes<Run>({
    target,
    metrics: asked,
    begin: () => tradingRun(seed, { start: 0 }),
    play,
    end: (run) => run.end(),
  })
type Run = Awaited<ReturnType<typeof tradingRun>>

async function healthy(): Promise<readonly Scene[]> {
  const scrapes = await scrapesOf('healthy', (run) => run.forSeconds(60 * minute))
  return [{ name: 'a healthy hour', scrapes, fires: ['Watchdog'] }]
}

async function simulated(): Promise<readonly Scene[]> {
  const scenes: Scene[] = []
  for (const name of faultNames) {
    if ([...faults[name].moves, ...faults[name].writes].length === 0) continue
    const scrapes = await scrapesOf('faults', async (run) => {
      await run.forSeconds(calm)
      run.turn(name, true)
      await run.forSeconds(lasting[name] ?? 7 * minute)
    })
    scenes.push({ name, scrapes, fires: [...trips(name), 'Watchdog'] })
  }
  return scenes
}

async function inProcess(): Promise<readonly Scene[]> {
  const scrapes = await scrapeFaultyProcess('tradingbot', { keeps: ['heartbeat_age'], isCalm: () => true, own: {} })
  return processScenes(target, scrapes, trips)
}

/** A bot that dies for good while an alert fires. */
async function dying(): Promise<readonly Scene[]> {
  const scenes: Scene[] = []
  for (const name of ['freeze', 'drawdown', 'no-stop'] as const) {
    const until = name === 'freeze' ? 8 * minute : 4 * minute
    const scrapes = await scrapesOf('faults', async (run) => {
      await run.forSeconds(minute)
      run.turn(name, true)
      await run.forSeconds(until - minute)
      run.die(10 * minute)
    })
    scenes.push({
      name: `${name}, then the bot dies`,
      scrapes,
      fires: [...trips(name), 'BotDown', 'Watchdog'],
      died: until,
    })
  }
  return scenes
}
