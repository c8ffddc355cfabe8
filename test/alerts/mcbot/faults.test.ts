import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mcbot } from '../../../definitions/mcbot/index.ts'
import { type FaultName, faultNames, faults } from '../../../demo/mcbot/faults/list.ts'
import { temporaryFolder } from '../../fixtures/on-disk.ts'
import { needs } from '../../servers/skipped.ts'
import { writtenOf } from '../bots.ts'
import { testRules } from '../promtool.ts'
import { type Scene, writeRules, writeScene } from '../scene.ts'
import { asSeries, type Scrapes, scrapeEvery } from '../scrapes.ts'
import { scrapeFaultyProcess } from './faulty-process.ts'
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
const asked: ReadonlySet<string> = new Set(
  [...rules.records, ...rules.alerts.values()].flatMap(({ expr }) => expr.match(/[a-z_:][a-z0-9_:]*/g) ?? []),
)

test('a healthy hour fires only Watchdog, and each fault exactly the alerts it claims', async (t) => {
  const tools = await needs(t, 'promtool')
  if (!tools) return
  const folder = temporaryFolder(t)
  writeRules(folder, files, 'paper')
  // a few at a time: all at once say nothing for minutes on a busy machine, which looks like a hang
  for (const scenesOf of [healthy, simulated, inProcess, dying]) {
    const scenes = await scenesOf()
    for (const some of inBatches(scenes)) {
      const said = await testRules(
        tools.promtool,
        some.map((scene) => writeScene(folder, scene)),
      )
      for (const [i, text] of [...said.values()].entries())
        await t.test(`${some[i]?.name}: ${some[i]?.fires.join(', ')}`, () => assert.ok(text === null, text ?? ''))
    }
  }
})

/** The scenes that one call of promtool replays: four, or one that lasts a day. */
function inBatches(scenes: readonly Scene[]): readonly (readonly Scene[])[] {
  const [days, others] = [
    scenes.filter(({ evaluate }) => evaluate !== undefined),
    scenes.filter(({ evaluate }) => evaluate === undefined),
  ]
  const batches = Array.from({ length: Math.ceil(others.length / 4) }, (_, i) => others.slice(4 * i, 4 * i + 4))
  return [...batches, ...days.map((day) => [day])]
}

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

/** Each scrape of the process is repeated: ten minutes healthy, then ten under the fault, or three if it hangs. */
async function inProcess(): Promise<readonly Scene[]> {
  const { well, under } = await scrapeFaultyProcess()
  const rows = (count: number, scrape: typeof well) =>
    Array.from({ length: (count * minute) / scrapeEvery }, () => scrape)
  return Object.entries(under).map(([name, ill]) => ({
    name,
    scrapes: asSeries(target, [...rows(10, well), ...rows(name === 'hang' ? 3 : 10, ill), ...rows(1, well)]),
    fires: [...faults[name as keyof typeof under].trips, 'Watchdog'],
  }))
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
