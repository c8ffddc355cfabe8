import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Bot } from '../../definitions/language/bot.ts'
import type { Metric } from '../../definitions/language/metric.ts'
import { startStage } from '../../demo/stage/stage.ts'
import type { Model } from '../../generators/model/model.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { expectedSeries, familyIn, labelsIn, typeIn } from './contract.ts'
import { shownBy } from './panels.ts'
import { instant, queryPrometheus, until } from './prometheus-api.ts'

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

/** A dashboard that was generated. */
interface Board {
  readonly file: string
  readonly text: string
}

/** A healthy bot for two minutes, with everything that watches it: what holds for every bot. */
export async function healthyBot(t: TestContext, definition: Bot) {
  const stage = await startStage(definition)
  t.after(() => stage.stop())
  const url = stage.prometheus.url
  /** With what every bot says about its contract. */
  const { model } = resolve(definition, containerTopology)
  await until(
    'the bot is two minutes old',
    startWithin,
    async () => ((await instant(url, `${definition.name}_uptime_seconds`))[0]?.value ?? 0) >= twoMinutes || null,
  )

  await t.test('every target is up', () => targetsAreUp(url, model))
  await t.test('every declared series arrives with its declared labels, and nothing else does', () =>
    seriesArrive(url, model),
  )
  await t.test('every metric arrives with its declared type and help', () => typesArrive(url, model))
  await t.test('no label was renamed because a target has it too', () => noLabelIsRenamed(url))
  await t.test('every metric of the other exporters that rules and panels use is there, with its labels', () =>
    exportersExpose(url, model),
  )
  await t.test('every rule is loaded and healthy, and a healthy bot trips none but the watchdog', () =>
    rulesAreHealthy(url, model),
  )
  await t.test('text and OpenMetrics give the same series', () => formatsAgree(stage.bot.metricsUrl))

  const boards: readonly Board[] = readdirSync(join(stage.folder, 'grafana/dashboards')).map((file) => {
    const text = readFileSync(join(stage.folder, 'grafana/dashboards', file), 'utf8')
    return { file, text }
  })
  for (const { file, text } of boards)
    await t.test(
      `${file}: every variable has values and every query returns data, or its panel says what empty means`,
      () => panelsShow(url, text, definition),
    )
  return { stage, boards }
}

async function targetsAreUp(url: string, { jobs }: Model): Promise<void> {
  const up = await instant(url, 'up')
  assert.deepEqual(
    up.map((one) => `${one.metric['job']} ${one.value}`).sort(),
    jobs.map(({ name }) => `${name} 1`).sort(),
  )
}

async function seriesArrive(url: string, { bot }: Model): Promise<void> {
  const series = await queryPrometheus<readonly Labels[]>(url, 'series', { 'match[]': `{job="${bot.name}"}` })
  const own = series.filter((labels) => !/^(up|scrape_.*|ALERTS.*|\w+:.*)$/.test(labels['__name__'] ?? ''))
  const names = expectedSeries(bot.metrics)
  const found = new Set(own.map((labels) => labels['__name__'] ?? ''))
  const due = [...names].filter(([name, metric]) => found.has(name) || metric.mayBeAbsent?.for !== 'forever')
  assert.deepEqual([...found].sort(), due.map(([name]) => name).sort())
  for (const labels of own) {
    const name = labels['__name__'] ?? ''
    const metric = names.get(name)
    assert.ok(metric)
    labelsAreDeclared(metric, name, labels)
  }
}

function labelsAreDeclared(metric: Metric, name: string, labels: Labels): void {
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

async function typesArrive(url: string, { bot }: Model): Promise<void> {
  const metadata = await queryPrometheus<
    readonly { readonly metric: string; readonly type: string; readonly help: string }[]
  >(url, 'targets/metadata', { match_target: `{job="${bot.name}"}` })
  assert.deepEqual(
    metadata.map((one) => `${one.metric} ${one.type} ${one.help}`).sort(),
    Object.values(bot.metrics)
      .map((metric) => `${familyIn(metric)} ${typeIn(metric)} ${metric.help}`)
      .sort(),
  )
}

async function noLabelIsRenamed(url: string): Promise<void> {
  const labels = await queryPrometheus<readonly string[]>(url, 'labels')
  assert.deepEqual(
    labels.filter((label) => label.startsWith('exported_')),
    [],
  )
}

async function exportersExpose(url: string, { bot }: Model): Promise<void> {
  for (const { job, metrics } of bot.exporters)
    for (const metric of Object.values(metrics)) {
      const found = await queryPrometheus<readonly Labels[]>(url, 'series', {
        'match[]': `${metric.name}{job=~"${job}|"}`,
      })
      if (metric.name === 'ALERTS' && found.length === 0) continue
      assert.ok(found.length > 0, `${metric.name} is not exposed by ${job}`)
      // the one alert that is not sent to anybody has no severity
      for (const labels of found.filter(({ alertname }) => alertname !== 'LogWatchdog'))
        for (const label of Object.keys(metric.labels))
          assert.ok(
            label in labels || label === 'device_error',
            `${metric.name} has no label ${label}: ${Object.keys(labels).join(', ')}`,
          )
    }
}

async function rulesAreHealthy(url: string, { bot }: Model): Promise<void> {
  const { groups } = await queryPrometheus<{ readonly groups: readonly { readonly rules: readonly Rule[] }[] }>(
    url,
    'rules',
  )
  const rules = groups.flatMap((group) => group.rules)
  assert.deepEqual(
    rules.filter((rule) => rule.health !== 'ok').map((rule) => `${rule.name}: ${rule.lastError}`),
    [],
  )
  // what other programs post or evaluate has no rule here
  const ruled = bot.alerts.filter(({ of }) => of !== 'posted' && of !== 'logs')
  const alerts = rules.filter((rule) => rule.type === 'alerting').map((rule) => rule.name)
  assert.deepEqual([...new Set(alerts)].sort(), ruled.map((alert) => alert.name).sort())
  const firing = rules.filter((rule) => rule.state === 'firing').map((rule) => rule.name)
  assert.deepEqual(firing, ['Watchdog'])
}

async function formatsAgree(metricsUrl: string): Promise<void> {
  const read = async (accept: string) => {
    const response = await fetch(metricsUrl, { headers: { accept } })
    const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    return lines.map((line) => line.slice(0, line.lastIndexOf(' '))).sort()
  }
  assert.deepEqual(await read('application/openmetrics-text; version=1.0.0'), await read('text/plain; version=0.0.4'))
}

/** The last quarter of an hour, as a dashboard asks for it. */
export const quarterOfHour = ({ stack }: Bot) => {
  const to = Math.floor(Date.now() / 1000)
  return { from: to - 900, to, points: 600, interval: stack.scrape.bot }
}

async function panelsShow(url: string, board: string, definition: Bot): Promise<void> {
  const { shown, emptyVariables } = await shownBy(url, JSON.parse(board), quarterOfHour(definition))
  assert.ok(shown.length > 0)
  assert.deepEqual(emptyVariables, [])
  assert.deepEqual(
    shown
      .filter((one) => one.state === 'error' || (one.state === 'empty' && one.emptyMeans === null))
      .map((one) => `${one.panel} ${one.refId} is ${one.state}: ${one.detail}`),
    [],
  )
}
