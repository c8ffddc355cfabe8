import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { startAlertmanager, startPrometheus } from '../../demo/servers/start.ts'
import { post } from '../../generators/commands/alertmanager-api.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { alertmanagerOutput } from '../../generators/outputs/alertmanager/alertmanager.ts'
import { generatedFiles } from '../../generators/outputs/outputs.ts'
import { rulesOutput } from '../../generators/outputs/prometheus/rules.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { targetsFile } from '../../generators/stack/targets.ts'
import { yaml } from '../../generators/text/yaml.ts'
import { accountsBot } from '../fixtures/accounts-bot.ts'
import { runTool, temporaryFolder, writeAll } from '../fixtures/on-disk.ts'
import { hostIn, modelOf } from '../fixtures/small-bot.ts'
import { until } from '../live/prometheus-api.ts'
import { needs } from '../servers/skipped.ts'

const model = modelOf(accountsBot())

test('a bot whose targets have no free labels keeps its alerts, dashboards and records unchanged', () => {
  const { bot } = resolve(mcbot, containerTopology).model
  for (const [at, alert] of mcbot.alerts.entries()) assert.equal(bot.alerts[at], alert)
  for (const [key, board] of Object.entries(mcbot.dashboards)) assert.equal(bot.dashboards[key], board)
  assert.equal(bot.records, mcbot.records)
})

test('promtool accepts every rule of a bot with two accounts', async (t) => {
  const on = await written(t)
  if (on === undefined) return
  for (const file of ['alerts.yml', 'recording.yml', 'deployments/live/absence.yml']) {
    const { code, output } = await runTool(
      on.promtool,
      'check',
      'rules',
      '--lint=all',
      '--lint-fatal',
      join(on.prometheus, file),
    )
    assert.equal(code, 0, output)
  }
})

const firing = (labels: object) => ({ exp_labels: { bot: 'acc', env: 'live', severity: 'warning', ...labels } })
const series = (name: string, account: string, values: string, labels = '') => ({
  series: `${name}{account="${account}", bot="acc", env="live", instance="acc", job="acc"${labels}}`,
  values,
})
const failing = (account: string, inFifteenSeconds: number) =>
  series('acc_orders_failed_total', account, `0+${inFifteenSeconds}x80`, ', symbol="BTC"')

test('two accounts are not added up, and only the faulty one fires', async (t) => {
  const on = await written(t)
  if (on === undefined) return
  const { code, output } = await on.run([
    {
      name: 'both fail as often as they may, and together too often',
      interval: '15s',
      input_series: [failing('main', 0.3), failing('sub', 0.3)],
      alert_rule_test: [{ eval_time: '15m', alertname: 'OrdersFail' }],
      // what adding up would have found
      promql_expr_test: [
        {
          expr: 'round(sum(increase(acc_orders_failed_total[5m]))) > 10',
          eval_time: '15m',
          exp_samples: [{ labels: '{}', value: 12 }],
        },
        {
          expr: 'round(acc:failed_hour)',
          eval_time: '15m',
          exp_samples: ['main', 'sub'].map((account) => ({
            labels: `{account="${account}", bot="acc", env="live"}`,
            value: 18,
          })),
        },
      ],
    },
    {
      name: 'one fails too often',
      interval: '15s',
      input_series: [failing('main', 0.3), failing('sub', 1)],
      alert_rule_test: [
        {
          eval_time: '15m',
          alertname: 'OrdersFail',
          exp_alerts: [
            {
              ...firing({ account: 'sub', symbol: 'BTC' }),
              exp_annotations: {
                summary: '20 orders for BTC failed',
                description: 'Orders fail.',
                steps: '1. Look at Symbols (Orders)',
                runbook: 'runbooks/OrdersFail.md',
                runbook_url: 'https://r.example/OrdersFail.md',
                panel_url: 'https://g.example/d/acc-orders?viewPanel=3&var-env=live&var-account=sub',
              },
            },
          ],
        },
      ],
    },
  ])
  assert.equal(code, 0, output)
})

test('a join matches each account with itself, a hold applies to each separately, and each missing one is reported', async (t) => {
  const on = await written(t)
  if (on === undefined) return
  const samples = (value: number) => `${value}x780`
  const { code, output } = await on.run([
    {
      interval: '10s',
      input_series: [
        series('up', 'main', samples(1)),
        series('acc_equity_usdt', 'main', samples(500)),
        series('acc_limit_usdt', 'main', samples(400)),
        series('acc_equity_usdt', 'sub', samples(50)),
        series('acc_limit_usdt', 'sub', samples(400)),
      ],
      promql_expr_test: (
        [
          ['LimitNear', 'account="main"', 'warning'],
          ['EquityLow', 'account="sub"', 'warning'],
          ['BotAbsent', 'account="sub"', 'critical'],
        ] as const
      ).map(([alert, account, severity]) => ({
        expr: `sum without (job) (ALERTS{alertname="${alert}", alertstate="firing"})`,
        eval_time: '2h5m',
        exp_samples: [
          {
            labels: `{${account}, alertname="${alert}", alertstate="firing", bot="acc", env="live", severity="${severity}"}`,
            value: 1,
          },
        ],
      })),
    },
  ])
  assert.equal(code, 0, output)
})

test('Prometheus adds the labels to the bot’s targets and not to the machine’s, and an empty one is dropped', async (t) => {
  const tools = await needs(t, 'promtool', 'prometheus')
  if (tools === undefined) return
  // Registered before the folder's hook: the server must stop before the folder it writes to is removed.
  const ending: (() => Promise<unknown>)[] = []
  t.after(() => Promise.all(ending.map((end) => end())))
  const folder = temporaryFolder(t)
  const topology = hostIn(folder, { deployment: join(folder, 'out/prometheus/deployments/live') })
  writeAll(join(folder, 'out'), await generatedFiles(modelOf(accountsBot(), topology)))
  const own = (address: string, account: string) =>
    targetsFile({ bot: 'acc', env: 'live', instance: 'acc', address, labels: { account } })
  writeFileSync(topology.targets, own('127.0.0.1:5', '') + own('127.0.0.1:6', 'third'))
  const configFile = join(folder, 'out/prometheus/prometheus.yml')
  const checked = await runTool(tools.promtool, 'check', 'config', '--lint=all', '--lint-fatal', configFile)
  assert.equal(checked.code, 0, checked.output)
  const server = await startPrometheus({ tool: tools.prometheus, configFile, dataDir: join(folder, 'data') })
  ending.push(server.stop)
  const found = await until('every target', 20_000, async () => {
    const { data } = (await (await fetch(`${server.url}/api/v1/targets`)).json()) as {
      data: { activeTargets: readonly { labels: Readonly<Record<string, string>> }[] }
    }
    const told = data.activeTargets.map(({ labels }) => `${labels['job']} ${labels['instance']} ${labels['account']}`)
    return told.length < 8 ? null : told.sort()
  })
  assert.deepEqual(found, [
    'acc acc main',
    'acc acc sub',
    'acc acc third',
    'acc acc undefined',
    'alertmanager alertmanager undefined',
    'node-exporter node-exporter undefined',
    'prometheus prometheus undefined',
    'relay relay undefined',
  ])
})

test('an alert of one account is muted by the cause in that account, and not by the cause in the other', async (t) => {
  const tools = await needs(t, 'amtool', 'alertmanager')
  if (tools === undefined) return
  // Registered before the folder's hook: the server must stop before the folder it writes to is removed.
  const ending: (() => Promise<unknown>)[] = []
  t.after(() => Promise.all(ending.map((end) => end())))
  const folder = temporaryFolder(t)
  writeAll(join(folder, 'out'), alertmanagerOutput(modelOf(accountsBot(), hostIn(folder))))
  const configFile = join(folder, 'out/alertmanager/alertmanager.yml')
  const checked = await runTool(tools.amtool, 'check-config', configFile)
  assert.equal(checked.code, 0, checked.output)
  const server = await startAlertmanager({ tool: tools.alertmanager, configFile, dataDir: join(folder, 'data') })
  ending.push(server.stop)

  const alert = (alertname: string, severity: string, account: string, more = {}) => ({
    labels: { alertname, severity, account, bot: 'acc', env: 'live', ...more },
    annotations: {},
    startsAt: new Date().toISOString(),
    endsAt: new Date(Date.now() + 600_000).toISOString(),
  })
  const sent = [
    alert('BotDown', 'critical', 'main', { instance: 'acc', job: 'acc' }),
    ...['main', 'sub'].flatMap((account) => [
      alert('OrdersFail', 'warning', account, { symbol: 'BTC' }),
      alert('LimitNear', 'warning', account),
    ]),
  ]
  assert.equal(await post(server.url, sent), null)
  const states = await until('what BotDown mutes', 10_000, async () => {
    const all = (await (await fetch(`${server.url}/api/v2/alerts`)).json()) as readonly {
      labels: Record<string, string>
      status: { state: string }
    }[]
    const told = all.map(({ labels, status }) => `${labels['alertname']} ${labels['account']} ${status.state}`).sort()
    return told.some((line) => line.endsWith('suppressed')) && told.length === sent.length ? told : null
  })
  assert.deepEqual(states, [
    'BotDown main active',
    'LimitNear main suppressed',
    'LimitNear sub active',
    'OrdersFail main suppressed',
    'OrdersFail sub active',
  ])
})

/** The rules on disk, and promtool's unit tests over them. */
async function written(t: TestContext) {
  const tools = await needs(t, 'promtool')
  if (tools === undefined) return undefined
  const folder = temporaryFolder(t)
  const prometheus = join(folder, 'prometheus')
  writeAll(folder, rulesOutput(model))
  const run = (tests: readonly object[]) => {
    const file = join(folder, 'test.yml')
    const external_labels = { grafana_url: 'https://g.example/', runbook_url: 'https://r.example' }
    writeFileSync(
      file,
      yaml({
        rule_files: ['prometheus/recording.yml', 'prometheus/alerts.yml'],
        evaluation_interval: '10s',
        tests: tests.map((one) => ({ ...one, external_labels })),
      }),
    )
    return runTool(tools.promtool, 'test', 'rules', file)
  }
  return { promtool: tools.promtool, prometheus, run }
}
