import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { writtenOf } from '../alerts/bots.ts'
import { target } from '../alerts/mcbot/target.ts'
import { asSeries, type Scrape, scrapeEvery } from '../alerts/scrapes.ts'
import { temporaryFolder } from '../fixtures/on-disk.ts'
import { needs } from '../servers/skipped.ts'
import { createEvaluation } from './evaluation.ts'
import { type FiringTime, keyOf } from './firing.ts'
import { startHistory } from './history.ts'
import { paperPlay } from './mcbot/run.ts'
import { loadedIn } from './play.ts'
import { promtoolFirings } from './promtool-firings.ts'

const minute = 60

/** Alerts with and without `for`, that flap, that fire on, and that end because the process does; three chunks, and a part of one. */
const troubled = paperPlay({ activity: 0 }, async (run) => {
  await run.forSeconds(8 * minute)
  run.turn('exchange-maintenance', true)
  await run.forSeconds(12 * minute)
  run.turn('exchange-maintenance', false)
  run.turn('deep-drawdown', true)
  await run.forSeconds(9 * minute)
  await run.restart(4 * minute)
  run.turn('ws-frequent-reconnects', true)
  run.turn('order-rejections', true)
  await run.forSeconds(10 * minute)
  run.turn('order-rejections', false)
  await run.restart(20)
  run.turn('high-leverage', true)
  await run.forSeconds(3 * minute)
  run.turn('high-leverage', false)
  await run.forSeconds(20 * minute)
})

const inWords = (firings: readonly FiringTime[]) =>
  firings.map(({ labels, since, from, to }) => `${since} ${from} ${to} ${keyOf(labels)}`).sort()

test('rules that are evaluated many times in one query fire as promtool says', async (t) => {
  const tools = await needs(t, 'prometheus', 'promtool')
  if (!tools) return
  const { files, rules } = writtenOf(mcbot)
  const read = [...rules.records, ...rules.alerts.values()].flatMap(({ expr }) => expr.match(/\w[\w:]*/g) ?? [])
  const folder = temporaryFolder(t)
  // promtool evaluates every group at every time
  const everyTime = new Map([...files].map(([path, text]) => [path, text.replaceAll(/^ {4}interval: .*\n/gm, '')]))
  const loaded = { files: everyTime, paths: loadedIn('paper') }
  const history = await startHistory(tools.prometheus, folder)
  t.after(history.end)
  const evaluation = createEvaluation(history, { ...loaded, target, scrapeEvery, evaluateEvery: scrapeEvery })
  const rows: Scrape[] = []
  await troubled({
    metrics: new Set(read),
    folder,
    every: scrapeEvery,
    scraped: async (row) => {
      rows.push(row)
      await evaluation.scraped(row)
    },
  })
  const [own, promtools] = await Promise.all([
    evaluation.end(),
    promtoolFirings(tools.promtool, folder, { ...loaded, every: scrapeEvery, scrapes: asSeries(target, rows) }),
  ])
  assert.deepEqual(inWords(own), inWords(promtools))
  assert.ok(new Set(own.map(({ labels }) => labels['alertname'])).size > 12)
})

const slow = `
groups:
  - name: slow
    interval: 2m
    rules:
      - record: tiny:up
        expr: up
      - alert: Slow
        expr: tiny:up == 0
        for: 1m
        labels: { severity: warning }
        annotations: {}
`

test('a group is evaluated as often as it says, and reads what it has recorded', async (t) => {
  const tools = await needs(t, 'prometheus')
  if (!tools) return
  const history = await startHistory(tools.prometheus, temporaryFolder(t))
  t.after(history.end)
  const evaluation = createEvaluation(history, {
    files: new Map([['slow.yml', slow]]),
    paths: ['slow.yml'],
    target,
    scrapeEvery,
    evaluateEvery: scrapeEvery,
  })
  const isUp = [...Array(30).fill(true), ...Array(60).fill(false), ...Array(300).fill(true)]
  for (const up of isUp) await evaluation.scraped(up ? new Map() : null)
  assert.deepEqual(
    (await evaluation.end()).map(({ since, from, to }) => ({ since, from, to })),
    [{ since: 360, from: 480, to: 960 }],
  )
})

const held = `
groups:
  - name: held
    rules:
      - alert: Held
        expr: |-
          min_over_time(tiny_level[1h]) > 5
          and ignoring (alertname, alertstate, severity) (count_over_time(tiny_level[1h]) >= 324 or ignoring (alertname, alertstate, severity) last_over_time(ALERTS{alertname="Held", alertstate="firing"}[1h]))
        labels: { severity: warning }
        annotations: {}
`

test('an alert that reads whether it has fired fires as promtool says', async (t) => {
  const tools = await needs(t, 'prometheus', 'promtool')
  if (!tools) return
  const folder = temporaryFolder(t)
  const loaded = { files: new Map([['held.yml', held]]), paths: ['held.yml'] }
  const history = await startHistory(tools.prometheus, folder)
  t.after(history.end)
  const evaluation = createEvaluation(history, { ...loaded, target, scrapeEvery, evaluateEvery: scrapeEvery })
  const minutes = (count: number, one: Scrape) => Array.from({ length: 6 * count }, () => one)
  const level = (value: number) => new Map([['tiny_level', value]])
  // the gap is longer than what the count allows, and is bridged only by an alert that fires
  const rows = [...minutes(70, level(9)), ...minutes(20, null), ...minutes(30, level(9)), ...minutes(10, level(1))]
  for (const row of rows) await evaluation.scraped(row)
  const own = await evaluation.end()
  const scrapes = asSeries(target, rows)
  assert.deepEqual(
    inWords(own),
    inWords(await promtoolFirings(tools.promtool, folder, { ...loaded, every: scrapeEvery, scrapes })),
  )
  assert.deepEqual(
    own.map(({ from, to }) => ({ from, to })),
    [{ from: 3230, to: 7200 }],
  )
})
