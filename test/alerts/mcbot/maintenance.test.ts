import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { milliseconds } from '../../../definitions/language/duration.ts'
import { mcbot } from '../../../definitions/mcbot/index.ts'
import { faults } from '../../../demo/mcbot/faults/list.ts'
import { containerTopology } from '../../../generators/model/topology.ts'
import { resolve } from '../../../generators/resolve/resolve.ts'
import { yaml } from '../../../generators/text/yaml.ts'
import { temporaryFolder } from '../../fixtures/on-disk.ts'
import { needs } from '../../servers/skipped.ts'
import { writtenOf } from '../bots.ts'
import { testRules } from '../promtool.ts'
import { writeRules } from '../scene.ts'
import { notation, scrapeEvery } from '../scrapes.ts'
import { scrapesOf } from './paper.ts'

// Two hours of exchange maintenance may send three messages to a channel. One alert fires, is not repeated before it ends, and mutes all
// others whenever they fire (test/live/cooldown.test.ts shows that Alertmanager does so).

const minute = 60
const maintenance = 120 * minute
const cause = 'ExchangeUnreachable'
const { files } = writtenOf(mcbot)
const { model } = resolve(mcbot, containerTopology)
const metrics = new Set(
  [...(files.get('prometheus/alerts.yml') ?? '').matchAll(/\b(?:mcbot_[a-z0-9_]+|up)\b/g)].map(([name]) => name),
)

test('in two hours of exchange maintenance no alert fires at a moment when ExchangeUnreachable does not', async (t) => {
  const tools = await needs(t, 'promtool')
  if (!tools) return
  const folder = temporaryFolder(t)
  writeRules(folder, files, 'paper')
  const scrapes = await scrapesOf('maintenance', metrics, async (run) => {
    await run.forSeconds(2 * minute)
    run.turn('exchange-maintenance', true)
    await run.forSeconds(maintenance)
    run.turn('exchange-maintenance', false)
    await run.forSeconds(18 * minute)
  })
  const end = 140 * minute
  const window = `[${end}s:${scrapeEvery}s]`
  const firing = (name: string) => `max by (bot, env) (ALERTS{alertname=${name}, alertstate="firing"})`
  const causes = firing(`"${cause}"`)
  const at = `timestamp(${causes})${window}`
  const path = join(folder, 'maintenance.yml')
  const expect = (expr: string, exp_samples: readonly object[]) => ({ expr, eval_time: `${end}s`, exp_samples })
  // in parts, since promtool refuses a query that reads more than 50,000 samples
  const part = 10 * minute
  const unmuted = Array.from({ length: Math.ceil(end / part) }, (_, i) => ({
    expr: `count by (alertname) (count_over_time((ALERTS{alertname!~"${cause}|Watchdog", alertstate="firing"} unless on (bot, env) ${causes})[${part}s:${scrapeEvery}s]))`,
    eval_time: `${(i + 1) * part}s`,
    exp_samples: [],
  }))
  writeFileSync(
    path,
    yaml({
      rule_files: ['recording.yml', 'alerts.yml', 'absence.yml'],
      evaluation_interval: `${scrapeEvery}s`,
      tests: [
        {
          interval: `${scrapeEvery}s`,
          input_series: [...scrapes].map(([series, values]) => ({ series, values: notation(values) })),
          promql_expr_test: [
            expect(
              `group by (alertname) (count_over_time(ALERTS{alertstate="firing"}[${end}s]))`,
              [...faults['exchange-maintenance'].trips, 'Watchdog'].map((alert) => ({
                labels: `{alertname="${alert}"}`,
                value: 1,
              })),
            ),
            ...unmuted,
            // in one piece: its evaluations lie side by side
            expect(
              `count_over_time((${causes})${window}) - (max_over_time(${at}) - min_over_time(${at})) / ${scrapeEvery}`,
              [{ labels: '{bot="mcbot", env="paper"}', value: 1 }],
            ),
            // nothing fires eighteen minutes after it
            expect('count by (alertname) (ALERTS{alertname!="Watchdog", alertstate="firing"})', []),
          ],
        },
      ],
    }),
  )
  const said = (await testRules(tools.promtool, [path])).get(path) ?? null
  assert.equal(said, null, said ?? '')
})

test('it is not repeated within two hours, and mutes everything that a maintenance trips', () => {
  const alert = model.alerts.find(({ name }) => name === cause)
  assert.ok((milliseconds(alert?.remindEvery ?? '') ?? 0) > maintenance * 1000, alert?.remindEvery)
  const muted = model.alerts.filter(({ mutedBy }) => mutedBy.includes(cause)).map(({ name }) => name)
  const tripped = faults['exchange-maintenance'].trips.filter((name) => name !== cause)
  assert.deepEqual(
    tripped.filter((name) => !muted.includes(name)),
    [],
  )
  const hold = (name: string) => milliseconds(model.alerts.find((one) => one.name === name)?.hold ?? '0s') ?? 0
  // without a hold, its condition is an age of more than five minutes
  const sooner = tripped.filter((name) => name !== 'BarsStale' && hold(name) < hold(cause))
  assert.deepEqual(sooner, [], 'they would be sent before what mutes them')
})
