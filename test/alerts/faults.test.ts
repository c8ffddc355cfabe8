import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { type FaultName, faultNames, faults } from '../../demo/mcbot/faults/list.ts'
import { yaml } from '../../generators/text/yaml.ts'
import { folderFor } from '../fixtures/on-disk.ts'
import { needs } from '../servers/skipped.ts'
import { scrapeFaultyProcess } from './faulty-process.ts'
import { testRules } from './promtool.ts'
import { asSeries, notation, type Scrapes, scrapeEvery, scrapesOf } from './scrapes.ts'
import { ruleFiles, written } from './written.ts'

// The paper bot in its own time, an hour in a second: what Prometheus would scrape, under the whole of the paper rules.

const minute = 60
const hour = 60 * minute
const calm = 2 * minute

/** Seconds until the last of a fault's alerts fires, if that takes longer than seven minutes. */
const lasting: Partial<Record<FaultName, number>> = {
  'onchain-cache-empty': 31 * minute,
  'onchain-failures': 66 * minute,
  'onchain-stale': 62 * minute,
}
/** Faults whose alerts look at a whole day, with the figure that they look at. */
const dayLong: Partial<Record<FaultName, string>> = {
  'distribution-drift': 'mcbot_distribution_p_value',
  'structural-decay': 'mcbot_ransac_decay_detected',
}

/** Without these, the rest would not look like a running bot. */
const always = ['up', 'mcbot_contract_info']

const loaded = ['recording.yml', 'alerts.yml', 'deployments/paper/absence.yml']
const asked: ReadonlySet<string> = new Set(
  [...written.records, ...written.alerts.values()].flatMap(({ expr }) => expr.match(/[a-z_:][a-z0-9_:]*/g) ?? []),
)

interface Scene {
  readonly name: string
  readonly scrapes: Scrapes
  /** Alerts that fire at some time, and no others. */
  readonly fires: readonly string[]
  readonly evaluate?: string
  /** When the bot died, in seconds: from then on its alert or BotDown fires at every evaluation. */
  readonly died?: number
}

test('a healthy hour fires only the watchdog, and each fault fires exactly the alerts that it claims', async (t) => {
  const tools = await needs(t, 'promtool')
  if (!tools) return
  const folder = folderFor(t)
  for (const path of loaded) writeFileSync(join(folder, basename(path)), ruleFiles.get(`prometheus/${path}`) ?? '')
  const scenes = [await healthy(), ...(await simulated()), ...(await inProcess()), ...(await dying())]
  const said = await testRules(
    tools.promtool,
    scenes.map((scene) => writtenTo(folder, scene)),
  )
  for (const [i, text] of [...said.values()].entries())
    await t.test(`${scenes[i]?.name}: ${scenes[i]?.fires.join(', ')}`, () => assert.ok(text === null, text ?? ''))
})

async function healthy(): Promise<Scene> {
  const scrapes = await scrapesOf('healthy', asked, (run) => run.forSeconds(hour))
  return { name: 'a healthy hour', scrapes, fires: ['Watchdog'] }
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
    const figure = dayLong[name]
    if (figure === undefined) scenes.push({ name, scrapes, fires })
    else scenes.push({ name, scrapes: forADay(scrapes, figure), fires, evaluate: '15m' })
  }
  return scenes
}

/** The calm period, then the scrapes under the fault repeated until they fill a day. */
function forADay(scrapes: Scrapes, figure: string): Scrapes {
  const calmScrapes = calm / scrapeEvery
  const scrapesOfDay = (25 * hour) / scrapeEvery
  return new Map(
    [...scrapes]
      .filter(([series]) => [figure, ...always].includes(series.replace(/\{.*/, '')))
      .map(([series, values]) => {
        // the first scrape under the fault still shows the step before it
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

/** Each scrape of the process stands for those of the time: ten healthy minutes, then ten under the fault, or three if it hangs. */
async function inProcess(): Promise<readonly Scene[]> {
  const { well, under } = await scrapeFaultyProcess()
  const rows = (count: number, scrape: typeof well) =>
    Array.from({ length: (count * minute) / scrapeEvery }, () => scrape)
  return Object.entries(under).map(([name, ill]) => ({
    name,
    scrapes: asSeries([...rows(10, well), ...rows(name === 'hang' ? 3 : 10, ill), ...rows(1, well)]),
    fires: [...faults[name as keyof typeof under].trips, 'Watchdog'],
  }))
}

/** A bot that dies while an alert fires, for good. */
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

/** Writes the unit test of a scene; gives its path. */
function writtenTo(folder: string, { name, scrapes, fires, evaluate = '15s', died }: Scene): string {
  const seconds = Math.max(...[...scrapes.values()].map((values) => values.length)) * scrapeEvery
  const path = join(folder, `${name.replaceAll(/\W+/g, '-')}.yml`)
  const handedOver = (since: number) => ({
    expr: `count_over_time(max(ALERTS{alertname=~"${fires[0]}|BotDown", alertstate="firing"})[${seconds - since}s:15s])`,
    eval_time: `${seconds}s`,
    exp_samples: [{ labels: '{}', value: (seconds - since) / 15 }],
  })
  writeFileSync(
    path,
    yaml({
      rule_files: loaded.map((one) => basename(one)),
      evaluation_interval: evaluate,
      tests: [
        {
          name,
          interval: `${scrapeEvery}s`,
          input_series: [...scrapes].map(([series, values]) => ({ series, values: notation(values) })),
          promql_expr_test: [
            {
              expr: `group by (alertname) (count_over_time(ALERTS{alertstate="firing"}[${seconds + 1}s]))`,
              eval_time: `${seconds}s`,
              exp_samples: fires.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 })),
            },
            ...(died === undefined ? [] : [handedOver(died)]),
          ],
        },
      ],
    }),
  )
  return path
}
