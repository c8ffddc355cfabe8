import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Dashboard, Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import { parse } from 'yaml'
import { alertmanagerOutput } from '../../generators/outputs/alertmanager/alertmanager.ts'
import { composeOutput } from '../../generators/outputs/compose/compose.ts'
import { dockerfilesOutput } from '../../generators/outputs/compose/dockerfiles.ts'
import { environmentOutput } from '../../generators/outputs/compose/environment.ts'
import { grafanaOutput } from '../../generators/outputs/grafana/grafana.ts'
import { prometheusOutput } from '../../generators/outputs/prometheus/prometheus.ts'
import { referenceOutput } from '../../generators/outputs/reference/reference.ts'
import { runbooksOutput } from '../../generators/outputs/runbooks/runbooks.ts'
import { accountsBot } from '../fixtures/accounts-bot.ts'
import { runTool, temporaryFolder, writeAll } from '../fixtures/on-disk.ts'
import { modelOf } from '../fixtures/small-bot.ts'
import { needs } from '../servers/skipped.ts'
import { renderer } from './alertmanager/messages.ts'

const model = modelOf(accountsBot())
const board = JSON.parse(grafanaOutput(model).get('grafana/dashboards/orders.json') ?? '') as Dashboard
const asked = (title: string) => {
  const found = board.panels?.find((panel): panel is Panel => 'targets' in panel && panel.title === title)
  const [target] = (found?.targets ?? []) as unknown as readonly { expr: string; legendFormat: string }[]
  return [target?.legendFormat, target?.expr]
}

test('a dashboard has a variable for each free label, between environment and instance', () => {
  assert.deepEqual(
    board.templating?.list?.map(({ name, label, definition, multi, includeAll, allValue }) => [
      name,
      label,
      definition,
      multi,
      includeAll,
      allValue,
    ]),
    [
      ['env', 'Environment', 'label_values(up{job="acc"},env)', false, false, undefined],
      ['account', 'Account', 'label_values(up{env="$env", job="acc"},account)', true, true, '.*'],
      [
        'instance',
        'Instance',
        'label_values(up{account=~"$account", env="$env", job="acc"},instance)',
        true,
        true,
        '.*',
      ],
    ],
  )
})

const panels: readonly (readonly [title: string, legend: string, expr: string])[] = [
  ['Failed', '{{account}}', 'acc:failed_hour{account=~"$account", env="$env"}'],
  [
    'Symbols',
    '{{account}} {{symbol}}',
    'sum by (account, bot, env, symbol) (increase(acc_orders_failed_total{account=~"$account", env="$env", instance=~"$instance"}[1h]))',
  ],
  [
    'Everywhere',
    '{{account}}',
    'max by (account, bot) (acc_equity_usdt{account=~"$account", env="$env", instance=~"$instance"})',
  ],
  [
    'Rest',
    '{{account}}',
    'sum without (instance) (acc_equity_usdt{account=~"$account", env="$env", instance=~"$instance"})',
  ],
  ['Machine', '{{instance}}', 'up{env="$env", job="node-exporter"}'],
]
for (const [title, legend, expr] of panels)
  test(`the panel ${title} distinguishes accounts, if its series have one`, () => {
    assert.deepEqual(asked(title), [legend, expr])
  })

test('annotations show alerts of the chosen accounts, and those that concern all', () => {
  assert.equal(
    board.annotations?.list?.find(({ name }) => name === 'Warnings')?.expr,
    'ALERTS{account=~"|$account", alertstate="firing", bot="acc", env=~"|$env", severity="warning"}',
  )
})

test('messages are grouped by account, and say which one', async (t) => {
  const config = parse(alertmanagerOutput(model).get('alertmanager/alertmanager.yml') ?? '') as {
    route: { group_by: readonly string[] }
  }
  assert.deepEqual(config.route.group_by, ['alertname', 'bot', 'env', 'instance', 'account'])
  const render = await renderer(t, accountsBot())
  if (!render) return
  const common = { alertname: 'OrdersFail', bot: 'acc', env: 'live', account: 'sub_1', severity: 'warning' }
  const told = { status: 'firing', labels: common, annotations: { summary: 'They fail.' } } as const
  const { telegram, discord } = await render([told])
  assert.match(telegram, /^🟠 <b>They fail\.<\/b>\nFIRING warning · OrdersFail · acc · live · sub_1$/m)
  assert.match(discord, /^FIRING warning · OrdersFail · acc · live · sub\\_1$/m)
})

test('a runbook states the scope of a message and of a mute', () => {
  const page = runbooksOutput(model).get('runbooks/BotDown.md') ?? ''
  assert.match(
    page,
    /At most one FIRING notification per environment, account and instance every 5 minutes, even if the alert flaps\./,
  )
  assert.match(
    page,
    /While it fires, it mutes \[`OrdersFail`\]\(OrdersFail\.md\) and \[`LimitNear`\]\(LimitNear\.md\) for the same environment and account\./,
  )
  assert.match(
    runbooksOutput(model).get('runbooks/OrdersFail.md') ?? '',
    /At most one FIRING notification per environment and account every 10 minutes, even if the alert flaps\. RESOLVED, or a second `symbol` joining the alert, can be delayed by the same time\./,
  )
  assert.match(
    referenceOutput(model).get('docs/dashboards.md') ?? '',
    /each dashboard narrows them to the environment, the account, the instance and any other variable chosen at its top\./,
  )
})

test('the free labels of the stack’s own process are settings, and the machine has none', async (t) => {
  assert.match(
    environmentOutput(model).get('.env.example') ?? '',
    /^# account of this process of the bot\n#BOT_LABEL_ACCOUNT=$/m,
  )
  assert.match(
    dockerfilesOutput(model).get('Dockerfile.prometheus') ?? '',
    /^ARG BOT_LABEL_ACCOUNT=\n[\s\S]*^ {2}" {4}account: \|-" \\\n {2}" {6}\$BOT_LABEL_ACCOUNT" \\$/m,
  )
  const { scrape_configs } = parse(prometheusOutput(model).get('prometheus/prometheus.yml') ?? '') as {
    scrape_configs: readonly { job_name: string; relabel_configs?: readonly object[] }[]
  }
  assert.deepEqual(
    scrape_configs.map(({ job_name, relabel_configs = [] }) => [job_name, relabel_configs.at(-1)]),
    [
      ['acc', undefined],
      ...['node-exporter', 'prometheus', 'alertmanager', 'relay'].map((job) => [
        job,
        { regex: 'account', action: 'labeldrop' },
      ]),
    ],
  )
  const tools = await needs(t, 'docker-compose')
  if (tools === undefined) return
  const folder = join(temporaryFolder(t), 'out', 'acc')
  mkdirSync(folder, { recursive: true })
  writeAll(folder, composeOutput(model))
  writeFileSync(join(folder, '.env'), 'GRAFANA_PASSWORD=x\nBOT_LABEL_ACCOUNT=third\n')
  const where = ['--project-directory', folder, '-f', join(folder, 'docker-compose.yaml')]
  const config = await runTool(tools['docker-compose'], ...where, 'config')
  assert.equal(config.code, 0, config.output)
  const stack = parse(config.stdout) as { configs: { targets: { content: string } } }
  assert.deepEqual(parse(stack.configs.targets.content), [
    { targets: ['bot:8000'], labels: { bot: 'acc', env: 'live', instance: 'acc', account: 'third' } },
  ])
})
