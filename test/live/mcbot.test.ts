import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { startStage } from '../../demo/stage/stage.ts'
import { needs } from '../servers/skipped.ts'
import { expected, familyIn, labelsIn, typeIn } from './contract.ts'
import { shownBy } from './panels.ts'
import { ask, instant, until } from './prometheus-api.ts'
import { firing, messageOn, onTelegram, over, told, toldEverywhere } from './told.ts'

// The paper bot, healthy, for two minutes, with everything that watches it; then faults, to their messages and back.

const twoMinutes = 120
const startWithin = 300_000

interface Rule {
  readonly name: string
  readonly type: 'alerting' | 'recording'
  readonly health: string
  readonly lastError?: string
  readonly state?: string
}
type Labels = Readonly<Record<string, string>>

test('mcbot, live', async (t) => {
  if ((await needs(t, 'prometheus', 'alertmanager', 'node_exporter')) === undefined) return
  const stage = await startStage(toldEverywhere(mcbot))
  t.after(() => stage.stop())
  const url = stage.prometheus.url
  await until(
    'the bot is two minutes old',
    startWithin,
    async () => ((await instant(url, 'mcbot_uptime_seconds'))[0]?.value ?? 0) >= twoMinutes || null,
  )

  await t.test('every target is up', async () => {
    const up = await instant(url, 'up')
    assert.deepEqual(up.map((one) => `${one.metric['job']} ${one.value}`).sort(), [
      'alertmanager 1',
      'mcbot 1',
      'node-exporter 1',
      'prometheus 1',
    ])
  })

  await t.test('every declared series arrives with its declared labels, and nothing else does', async () => {
    const found = await ask<readonly Labels[]>(url, 'series', { 'match[]': '{job="mcbot"}' })
    const own = found.filter((labels) => !/^(up|scrape_.*|ALERTS.*|mcbot:.*)$/.test(labels['__name__'] ?? ''))
    const names = expected(mcbot.metrics)
    assert.deepEqual([...new Set(own.map((labels) => labels['__name__'] ?? ''))].sort(), [...names.keys()].sort())
    for (const labels of own) {
      const name = labels['__name__'] ?? ''
      const metric = names.get(name)
      assert.ok(metric)
      assert.deepEqual(
        Object.keys(labels)
          .filter((label) => label !== '__name__')
          .sort(),
        labelsIn(metric, name),
        name,
      )
      for (const [label, domain] of Object.entries(metric.labels))
        if ('values' in domain)
          assert.ok(domain.values.includes(labels[label] ?? ''), `${name}: ${label}="${labels[label]}" is not declared`)
    }
  })

  await t.test('every metric arrives with its declared type and help', async () => {
    const metadata = await ask<readonly { readonly metric: string; readonly type: string; readonly help: string }[]>(
      url,
      'targets/metadata',
      {
        match_target: '{job="mcbot"}',
      },
    )
    assert.deepEqual(
      metadata.map((one) => `${one.metric} ${one.type} ${one.help}`).sort(),
      Object.values(mcbot.metrics)
        .map((metric) => `${familyIn(metric)} ${typeIn(metric)} ${metric.help}`)
        .sort(),
    )
  })

  await t.test('no label was renamed because a target has it too', async () => {
    const labels = await ask<readonly string[]>(url, 'labels')
    assert.deepEqual(
      labels.filter((label) => label.startsWith('exported_')),
      [],
    )
  })

  await t.test('every metric of the other exporters that rules and panels use is there, with its labels', async () => {
    for (const { job, metrics } of mcbot.exporters)
      for (const metric of Object.values(metrics)) {
        const found = await ask<readonly Labels[]>(url, 'series', { 'match[]': `${metric.name}{job=~"${job}|"}` })
        if (metric.name === 'ALERTS' && found.length === 0) continue
        assert.ok(found.length > 0, `${metric.name} is not exposed by ${job}`)
        for (const labels of found)
          for (const label of Object.keys(metric.labels))
            assert.ok(
              label in labels || label === 'device_error',
              `${metric.name} has no label ${label}: ${Object.keys(labels).join(', ')}`,
            )
      }
  })

  await t.test('every rule is loaded and healthy, and a healthy bot trips none but the watchdog', async () => {
    const { groups } = await ask<{ readonly groups: readonly { readonly rules: readonly Rule[] }[] }>(url, 'rules')
    const rules = groups.flatMap((group) => group.rules)
    assert.deepEqual(
      rules.filter((rule) => rule.health !== 'ok').map((rule) => `${rule.name}: ${rule.lastError}`),
      [],
    )
    const alerts = rules.filter((rule) => rule.type === 'alerting').map((rule) => rule.name)
    assert.deepEqual([...new Set(alerts)].sort(), mcbot.alerts.map((alert) => alert.name).sort())
    const firing = rules.filter((rule) => rule.state === 'firing').map((rule) => rule.name)
    assert.deepEqual(firing, ['Watchdog'])
  })

  await t.test('text and OpenMetrics give the same series', async () => {
    const read = async (accept: string) => {
      const response = await fetch(stage.bot.metricsUrl, { headers: { accept } })
      const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
      return lines.map((line) => line.slice(0, line.lastIndexOf(' '))).sort()
    }
    assert.deepEqual(await read('application/openmetrics-text; version=1.0.0'), await read('text/plain; version=0.0.4'))
  })

  const boards = readdirSync(join(stage.folder, 'grafana/dashboards')).map((file) => {
    const text = readFileSync(join(stage.folder, 'grafana/dashboards', file), 'utf8')
    return { file, text }
  })
  const range = () => {
    const to = Math.floor(Date.now() / 1000)
    return { from: to - 900, to, points: 600, interval: mcbot.stack.scrape.bot }
  }

  for (const { file, text } of boards)
    await t.test(
      `${file}: every variable has values and every query returns data, or its panel says what empty means`,
      async () => {
        const { shown, emptyVariables } = await shownBy(url, JSON.parse(text), range())
        assert.ok(shown.length > 0)
        assert.deepEqual(emptyVariables, [])
        assert.deepEqual(
          shown
            .filter((one) => one.state === 'error' || (one.state === 'empty' && one.emptyMeans === null))
            .map((one) => `${one.panel} ${one.refId} is ${one.state}: ${one.detail}`),
          [],
        )
      },
    )

  await t.test('a label that is renamed in one panel makes exactly that panel fail', async () => {
    const board = boards.find(({ file }) => file === 'execution.json')
    assert.ok(board)
    const renamed = board.text.replace('status=~\\"ack|rejected\\"', 'statuz=~\\"ack|rejected\\"')
    assert.notEqual(renamed, board.text)
    const failing = async (text: string) =>
      (await shownBy(url, JSON.parse(text), range())).shown.filter((one) => one.state !== 'ok').map((one) => one.panel)
    const before = await failing(board.text)
    assert.deepEqual(
      (await failing(renamed)).filter((panel) => !before.includes(panel)),
      ['Orders rejected, 1 h'],
    )
  })

  await t.test('an alert fires into the message that a person reads', async () => {
    await stage.bot.turn('metrics-endpoint', true)
    const fired = await messageOn(stage.phone, 'discord', 'BotDown', 'FIRING', 180_000)
    assert.ok(plain(fired.text).includes('mcbot (paper) does not answer: nobody watches its positions'), fired.text)
    await stage.bot.turn('metrics-endpoint', false)
  })

  // While the first waits for its cooldown, before which nothing more is told of it.
  await t.test('several alerts fire at once, each into its own message on Telegram', async () => {
    for (const { fault } of told) await stage.bot.turn(fault, true)
    await Promise.all(
      told.map(async (one) => {
        assert.equal(await onTelegram(stage.phone, one.alert, 'FIRING', 240_000), firing(one))
        await stage.bot.turn(one.fault, false)
      }),
    )
  })

  await t.test('what fired is told to be over', async () => {
    await messageOn(stage.phone, 'discord', 'BotDown', 'RESOLVED', 420_000)
    const [mode] = told
    assert.equal(await onTelegram(stage.phone, mode.alert, 'RESOLVED', 420_000), over(mode))
  })
})

/** Discord shows what stands behind a backslash. */
const plain = (text: string) => text.replace(/\\(.)/g, '$1')
