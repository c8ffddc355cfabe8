import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { scrape } from '../../definitions/exporters/scrape.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import { act, alert, alerts, series } from '../../definitions/language/index.ts'
import { anyMetrics } from '../../definitions/language/metric.ts'
import { flag } from '../../definitions/language/metrics.ts'
import { limitedBot } from '../contract/bot.ts'
import { logsBot } from '../fixtures/logs-bot.ts'
import { tiny } from '../fixtures/minimal/index.ts'
import { temporaryFolder } from '../fixtures/on-disk.ts'
import { needs } from '../servers/skipped.ts'
import { type ProvenBot, provenBots, unproven } from './bots.ts'
import { prove } from './prove.ts'

// A second bot with its own folder of cases.

const equityLow = (equity: string) => `EquityLow: {
    fires: {
      'less than 100 USDT': {
        given: { tiny_equity_usdt: '200x7 ${equity}x31 200x19' },
        from: '7m',
        to: '13m',
        labels: { bot: 'tiny', env: 'paper', instance: 'paper-1', job: 'tiny', severity: 'critical' },
        says: 'tiny (paper): equity is 99.00 USDT',
      },
    },
    silent: { 'at the limit': { tiny_equity_usdt: '200x7 100x60' } },
    healthy: { tiny_equity_usdt: '200x60' },
  },`
const failed = (symbol: string) => `'tiny_orders_total{symbol="${symbol}", status="failed"}'`
const ordersFail = `OrdersFail: {
    every: '1m',
    fires: {
      'four orders in an hour fail': {
        given: { ${failed('SOL')}: '0x4 4x90', ${failed('BTC')}: '0x95' },
        from: '5m',
        to: '1h7m',
        labels: { bot: 'tiny', env: 'paper', instance: 'paper-1', symbol: 'SOL', severity: 'warning' },
        says: 'tiny (paper): orders for SOL fail',
      },
    },
    silent: { 'two orders in an hour fail': { ${failed('SOL')}: '0x4 2x90' } },
    healthy: { ${failed('SOL')}: '0x90' },
  },`

/** A folder of cases, by bot. */
function planted(t: TestContext, cases: Readonly<Record<string, readonly string[]>>): string {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  for (const [bot, proofs] of Object.entries(cases)) {
    mkdirSync(join(folder, bot))
    writeFileSync(join(folder, bot, 'index.ts'), `export const proofs = {\n  ${proofs.join('\n  ')}\n}\n`)
  }
  return folder
}

const found = async (t: TestContext, bots: readonly Bot[], cases: Readonly<Record<string, readonly string[]>>) =>
  provenBots(bots, planted(t, cases), 'cases')

test('a bot without a folder, and a folder without a bot, are reported with the fix', async (t) => {
  const { bots, wrong } = await found(t, [tiny, limitedBot()], { lt: [], ghost: [] })
  assert.deepEqual(
    bots.map(({ name }) => name),
    ['lt'],
  )
  assert.deepEqual(wrong, [
    'cases/ghost has cases, but no bot has this name: add ghost to definitions/index.ts, or remove the folder',
    'tiny has no cases: add cases/tiny/index.ts, which exports `proofs` with cases of EquityLow, OrdersFail',
  ])
})

test('an alert without a case, and cases without an alert, are reported with the names of bot and alert', async (t) => {
  const { bots, wrong } = await found(t, [tiny], { tiny: [equityLow('99'), 'Equity: {},'] })
  assert.deepEqual(wrong, [])
  assert.deepEqual(bots.flatMap(unproven), [
    'tiny: OrdersFail has no case: add one in test/alerts/tiny',
    'tiny: there are cases for Equity, but no such alert: rename or remove them',
  ])
})

test('a bot whose own alert watches every scrape job needs no cases of the alert that it replaces', async (t) => {
  const runbook = { cause: 'It does not answer.', steps: [act('Start it.')] } as const
  const own = alerts({
    AnyDown: alert({ when: series(scrape).up.eq(flag(0)), severity: 'critical', summary: 'a target is down', runbook }),
  })
  const bot = {
    ...tiny,
    exporters: [{ job: 'tiny', metrics: anyMetrics(scrape) }],
    alerts: [...tiny.alerts, ...Object.values(own)],
  }
  const { bots } = await found(t, [bot], { tiny: [equityLow('99'), ordersFail] })
  assert.deepEqual(bots.flatMap(unproven), ['tiny: AnyDown has no case: add one in test/alerts/tiny'])
})

async function failuresOf(t: TestContext, of: ProvenBot | undefined): Promise<readonly string[] | null> {
  assert.ok(of !== undefined && unproven(of).length === 0)
  const tools = await needs(t, 'promtool')
  return tools === undefined ? null : [...(await prove(tools.promtool, temporaryFolder(t), of)).keys()]
}

test('a second bot’s alerts are proven by its own cases, and a wrong case is detected', async (t) => {
  const right = await found(t, [tiny], { tiny: [equityLow('99'), ordersFail] })
  assert.deepEqual((await failuresOf(t, right.bots[0])) ?? [], [])
  const wrong = await found(t, [tiny], { tiny: [equityLow('101'), ordersFail] })
  assert.deepEqual((await failuresOf(t, wrong.bots[0])) ?? ['EquityLow'], ['EquityLow'])
})

test('the alerts on the contract, on delivery and on the targets of a second bot are proven without cases of its own', async (t) => {
  const { bots } = await found(t, [limitedBot()], { lt: [] })
  assert.equal(bots[0]?.rules.alerts.size, 14)
  assert.deepEqual((await failuresOf(t, bots[0])) ?? [], [])
})

test('the alerts on the log of a bot with events are proven without cases of its own', async (t) => {
  // which nothing watches
  const { equity_usdt: _, ...metrics } = logsBot.metrics
  const { bots } = await found(t, [{ ...logsBot, metrics }], { tb: [] })
  assert.deepEqual(
    [...(bots[0]?.rules.alerts ?? [])].flatMap(([name, { labels }]) =>
      name.startsWith('Log') ? [`${name} ${labels['severity']}`] : [],
    ),
    [
      'LogStoreReadOnly critical',
      'LogStoreDown critical',
      'LogAgentDown critical',
      'LogEvaluatorDown critical',
      'LogFileUnreadable critical',
      'LogLinesWaiting critical',
      'LogRulesFailing critical',
      'LogAlertsNotSent critical',
      'LogDiskAlmostFull warning',
      'LogRetentionCut warning',
      'LogSilent warning',
      'LogLinesLost warning',
      'LogLinesRefused warning',
      'LogLinesTooLong warning',
    ],
  )
  assert.deepEqual((await failuresOf(t, bots[0])) ?? [], [])
})
