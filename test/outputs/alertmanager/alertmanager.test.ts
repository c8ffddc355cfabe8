import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { mcbot } from '../../../definitions/mcbot/index.ts'
import { alertmanagerOutput } from '../../../generators/outputs/alertmanager/alertmanager.ts'
import { secretsOf } from '../../../generators/stack/secrets.ts'
import { readYaml } from '../../../generators/text/yaml.ts'
import { expectFile } from '../../fixtures/expected.ts'
import { runTool, temporaryFolder, writeAll } from '../../fixtures/on-disk.ts'
import { modelOf, smallBot } from '../../fixtures/small-bot.ts'
import { needs } from '../../servers/skipped.ts'

const model = modelOf(smallBot())
const path = 'alertmanager/alertmanager.yml'

test('the configuration of a small bot, in full', () => {
  const files = alertmanagerOutput(model)
  assert.deepEqual(
    [...files.keys()],
    [path, 'alertmanager/templates/telegram.tmpl', 'alertmanager/templates/discord.tmpl'],
  )
  expectFile(join(import.meta.dirname, 'alertmanager-small.yml'), files.get(path) ?? '')
})

test('amtool accepts the configuration with its templates', async (t) => {
  const tools = await needs(t, 'amtool')
  if (!tools) return
  const folder = temporaryFolder(t)
  writeAll(folder, alertmanagerOutput(model))
  const { code, output } = await runTool(tools.amtool, 'check-config', join(folder, path))
  assert.equal(code, 0, output)
  assert.match(output, / - 3 inhibit rules\n - 8 receivers\n - 1 templates\n {2}SUCCESS/)
})

test('each environment and severity has its own receiver; unexpected alerts, and those that say so, go to everybody', async (t) => {
  const tools = await needs(t, 'amtool')
  if (!tools) return
  const folder = temporaryFolder(t)
  const bot = smallBot()
  const alerts = bot.alerts.map((alert) => (alert.name === 'Errors' ? { ...alert, everywhere: true } : alert))
  writeAll(folder, alertmanagerOutput(modelOf({ ...bot, alerts })))
  const table: readonly (readonly [string, ...string[]])[] = [
    ['paper-critical', 'alertname=BotDown', 'bot=tiny', 'env=paper', 'severity=critical'],
    ['paper-warning', 'alertname=HighDrawdown', 'bot=tiny', 'env=paper', 'severity=warning'],
    ['everybody', 'alertname=Errors', 'bot=tiny', 'env=paper', 'severity=warning'],
    ['nobody', 'alertname=Other', 'bot=tiny', 'env=paper', 'severity=info'],
    ['live-critical', 'alertname=BotDown', 'bot=tiny', 'env=live', 'severity=critical'],
    ['live-warning', 'alertname=HighDrawdown', 'bot=tiny', 'env=live', 'severity=warning'],
    ['nobody', 'alertname=Other', 'bot=tiny', 'env=live', 'severity=info'],
    ['dead-mans-switch', 'alertname=Watchdog', 'bot=tiny', 'severity=info'],
    ['live-critical', 'alertname=WrittenByHand', 'env=live', 'severity=critical'],
    ['everybody', 'alertname=WrittenByHand', 'severity=critical'],
    ['everybody', 'alertname=BotDown', 'bot=tiny', 'env=staging', 'severity=critical'],
    ['everybody', 'alertname=MonitoringStopped', 'bot=tiny', 'instance=prometheus', 'severity=critical'],
    ['direct', 'alertname=RelayDown', 'bot=tiny', 'env=live', 'severity=critical'],
    ['everybody', 'alertname=BotDown', 'bot=tiny', 'env=live', 'severity=page'],
  ]
  for (const [receiver, ...labels] of table) {
    const { code, output } = await runTool(
      tools.amtool,
      'config',
      'routes',
      'test',
      `--config.file=${join(folder, path)}`,
      `--verify.receivers=${receiver}`,
      ...labels,
    )
    assert.equal(code, 0, `${labels.join(' ')}: ${output}`)
  }
})

test('events go to receivers of their own, over the same channels and without RESOLVED', async (t) => {
  const tools = await needs(t, 'amtool')
  if (!tools) return
  const folder = temporaryFolder(t)
  const bot = smallBot()
  const alerts = bot.alerts.map((alert) =>
    ['Errors', 'BotAbsent'].includes(alert.name)
      ? { ...alert, event: true, everywhere: alert.name === 'BotAbsent' }
      : alert,
  )
  const files = alertmanagerOutput(modelOf({ ...bot, alerts }))
  writeAll(folder, files)
  const to = async (...labels: readonly string[]) => {
    const config = `--config.file=${join(folder, path)}`
    const { code, stdout, output } = await runTool(tools.amtool, 'config', 'routes', 'test', config, ...labels)
    assert.equal(code, 0, output)
    return stdout.trim()
  }
  const ofBot = (name: string, env: string, severity: string) =>
    to(`alertname=${name}`, 'bot=tiny', `env=${env}`, `severity=${severity}`)
  assert.deepEqual(
    [
      await ofBot('Errors', 'live', 'warning'),
      await ofBot('HighDrawdown', 'live', 'warning'),
      await ofBot('Other', 'paper', 'warning'),
      await ofBot('Errors', 'paper', 'warning'),
      await ofBot('BotAbsent', 'paper', 'critical'),
    ],
    ['live-warning-events', 'live-warning', 'paper-warning', 'paper-warning-events', 'everybody-events'],
  )
  const { receivers } = readYaml(files.get(path) ?? '') as {
    readonly receivers: readonly {
      readonly name: string
      readonly webhook_configs?: readonly { readonly url?: string; readonly send_resolved: boolean }[]
    }[]
  }
  assert.deepEqual(
    receivers
      .filter(({ name }) => /^(everybody|live-warning)/.test(name))
      .map(({ name, webhook_configs = [] }) => [
        name,
        ...webhook_configs.map(({ url, send_resolved }) => `${url?.replace(/.*\//, '')} ${send_resolved}`),
      ]),
    [
      ['everybody', 'discord-paper true', 'discord-live true', 'telegram-live true'],
      ['everybody-events', 'discord-paper false', 'discord-live false', 'telegram-live false'],
      ['live-warning', 'discord-live true'],
      ['live-warning-events', 'discord-live false'],
    ],
  )
})

test('without a dead man’s switch its alert is sent to nobody', async (t) => {
  const tools = await needs(t, 'amtool')
  if (!tools) return
  const folder = temporaryFolder(t)
  const files = alertmanagerOutput(modelOf(smallBot({ deadMansSwitch: false })))
  writeAll(folder, files)
  assert.doesNotMatch(files.get(path) ?? '', /dead-mans-switch/)
  const config = `--config.file=${join(folder, path)}`
  const { stdout } = await runTool(
    tools.amtool,
    'config',
    'routes',
    'test',
    config,
    'alertname=Watchdog',
    'severity=info',
  )
  assert.equal(stdout.trim(), 'nobody')
})

test('the secrets are exactly the files that the configuration names', () => {
  for (const bot of [smallBot(), smallBot({ deadMansSwitch: false })]) {
    const text = alertmanagerOutput(modelOf(bot)).get(path) ?? ''
    const named = new Set([...text.matchAll(/\/run\/secrets\/(\S+)/g)].map((found) => found[1]))
    assert.deepEqual(
      secretsOf(bot)
        .map(({ name }) => name)
        .sort(),
      [...named].sort(),
    )
  }
  assert.deepEqual(
    secretsOf(smallBot()).map(({ name, channel, envs }) => [name, channel, envs]),
    [
      ['telegram-bot-token', 'telegram', ['live']],
      ['telegram-chat-live', 'telegram', ['live']],
      ['discord-webhook-paper', 'discord', ['paper']],
      ['discord-webhook-live', 'discord', ['live']],
      ['dead-mans-switch-url', 'dead-mans-switch', []],
    ],
  )
})

test('an alert mutes another one only for the same symbol or strategy, if both have one', () => {
  const text = alertmanagerOutput(modelOf(mcbot)).get(path) ?? ''
  const { inhibit_rules } = readYaml(text) as {
    readonly inhibit_rules: readonly {
      readonly source_matchers: readonly string[]
      readonly target_matchers: readonly string[]
      readonly equal: readonly string[]
    }[]
  }
  const own = inhibit_rules.filter(({ equal }) => equal.some((label) => label === 'symbol' || label === 'strategy'))
  assert.deepEqual(
    own.map(({ source_matchers, target_matchers, equal }) => [...source_matchers, ...target_matchers, equal.join()]),
    [
      [
        'alertname="LiquidationImminent"',
        'alertname=~"LiquidationCritical|LiquidationNear"',
        'bot,env,instance,symbol',
      ],
      ['alertname="LiquidationCritical"', 'alertname="LiquidationNear"', 'bot,env,instance,symbol'],
      ['alertname="StructuralDecay"', 'alertname="StructuralDecayWarning"', 'bot,env,instance,strategy'],
      ['alertname="DistributionDriftCritical"', 'alertname="DistributionDrift"', 'bot,env,instance,strategy'],
      ['alertname="GBMDrawdownCritical"', 'alertname="GBMDrawdownWarning"', 'bot,env,instance,strategy'],
    ],
  )
  const acrossSymbols = inhibit_rules.find(({ source_matchers }) => source_matchers.includes('alertname="BotDown"'))
  assert.deepEqual(acrossSymbols?.equal, ['bot', 'env', 'instance'])
})

test('only critical messages ring on Telegram, and only while they fire', () => {
  const text = alertmanagerOutput(modelOf(mcbot)).get(path) ?? ''
  const { receivers } = readYaml(text) as {
    readonly receivers: readonly {
      readonly name: string
      readonly webhook_configs?: readonly { readonly url?: string; readonly payload?: { readonly silent: string } }[]
    }[]
  }
  const rings = receivers.flatMap(({ name, webhook_configs = [] }) =>
    webhook_configs
      .filter(({ url }) => url?.includes('telegram') === true)
      .map(({ payload }) => `${name}: ${payload?.silent}`),
  )
  const whileFiring = '@{{ if eq .Status "firing" }}no{{ else }}yes{{ end }}'
  assert.deepEqual(rings, [
    `everybody: ${whileFiring}`,
    `live-critical: ${whileFiring}`,
    `live-critical-events: ${whileFiring}`,
    'live-warning: @yes',
    'live-warning-events: @yes',
  ])
})
