import assert from 'node:assert/strict'
import { test } from 'node:test'
import { arbot } from '../../definitions/arbot/index.ts'
import { bots } from '../../definitions/index.ts'
import type { FieldValues } from '../../definitions/language/log-event.ts'
import { tradingbot } from '../../definitions/tradingbot/index.ts'
import type { events } from '../../definitions/tradingbot/log-events.ts'
import { status } from '../../definitions/tradingbot/status.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { print } from '../../generators/promql/print.ts'
import { resolve } from '../../generators/resolve/resolve.ts'

// These two bots tested the design of the language before it was fixed; arbot has no output yet.

test('arbot has Grafana-managed alerts with the threshold, hold and severity of its document', () => {
  assert.equal(arbot.alertsManagedBy, 'grafana')
  assert.deepEqual(
    arbot.alerts.map((of) => [of.name, print(of.when), of.for, of.severity, of.labels]),
    [
      [
        'ExchangeDisconnected',
        'arbot_exchange_connected == 0',
        '1m',
        'critical',
        ['bot', 'env', 'exchange', 'instance', 'job'],
      ],
    ],
  )
  assert.deepEqual(queriesOf(arbot), {
    latency: [
      'sum by (bot, env, exchange) (increase(arbot_exchange_latency_ms_sum[5m])) / sum by (bot, env, exchange) (increase(arbot_exchange_latency_ms_count[5m]))',
    ],
  })
  assert.equal(arbot.stack.scrape.bot, '5s')
})

test('tradingbot has log lines with typed fields, and a panel that shows them', () => {
  assert.equal(tradingbot.alertsManagedBy, 'prometheus')
  const [filled] = tradingbot.dashboards['log']?.panels['fills']?.lines?.events ?? []
  assert.equal(filled, tradingbot.events['order_filled'])
  assert.equal(filled?.name, 'order_filled')
  const line: FieldValues<typeof events.order_filled.fields> = {
    symbol: 'BTCUSDT',
    side: 'buy',
    price: 64_000,
    amount: 0.01,
    latency_ms: 45.2,
    slippage_bps: 1.5,
    order_id: '1',
  }
  // @ts-expect-error Type '"long"' is not assignable to type '"buy" | "sell"'
  const wrong: typeof line = { ...line, side: 'long' }
  assert.notEqual(wrong, line)
})

test('tradingbot has the rules of its document, with their thresholds', () => {
  const named = new Map(tradingbot.alerts.map((of) => [of.name, of]))
  const rules = ['DrawdownExceeded', 'ApiErrorSpike', 'BalanceDrop', 'LatencySpike', 'HeartbeatMissed', 'SlippageHigh']
  assert.deepEqual(
    rules.map((name) => named.get(name)).map((of) => of && [of.runbook.said, print(of.when), of.cooldown, of.severity]),
    [
      ['MDD 초과', 'tradingbot_max_drawdown < -0.05', '5m', 'critical'],
      [
        'API 에러 급증',
        'round(sum by (bot, env, instance) (increase(tradingbot_api_errors_total[1m])), 1) > 5',
        '5m',
        'warning',
      ],
      ['잔고 급감', 'tradingbot_daily_pnl_pct < -3', '5m', 'critical'],
      [
        '주문 지연',
        'histogram_quantile(0.95, sum by (bot, env, instance, le) (rate(tradingbot_order_latency_ms_bucket[15m]))) > 3000 and sum by (bot, env, instance) (increase(tradingbot_order_latency_ms_count[15m])) >= 20',
        '5m',
        'warning',
      ],
      ['봇 무응답', 'tradingbot_heartbeat_age > 180', '2m', 'critical'],
      [
        '슬리피지 10bps 초과',
        'histogram_quantile(0.95, sum by (bot, env, instance, le) (rate(tradingbot_slippage_bps_bucket[1h]))) > 10 and sum by (bot, env, instance) (increase(tradingbot_slippage_bps_bucket{le="+Inf"}[1h])) >= 10',
        '10m',
        'warning',
      ],
    ],
  )
})

test('the status page of tradingbot begins with the cards of its document', () => {
  assert.equal(status.title, 'Trading Bot Monitor')
  assert.deepEqual(
    status.cards.slice(0, 5).map(({ title, of, show, signed }) => [title, of.key, show, signed]),
    [
      ['Balance', 'balance_usdt', 'value', false],
      ['Today’s PnL', 'daily_pnl', 'value', true],
      ['Today’s PnL, percent', 'daily_pnl_pct', 'series', true],
      ['Fills', 'orders_total', 'value', false],
      ['Order latency', 'order_latency_ms', 'quantiles', false],
    ],
  )
})

test('the only defect of the two is that Grafana-managed alerts are not supported yet, and nothing is generated for that bot', () => {
  const findings = (bot: typeof arbot) => resolve(bot, containerTopology).findings.map((found) => found.code)
  assert.deepEqual(findings(arbot), ['alerts-managed-by-grafana'])
  assert.deepEqual(findings(tradingbot), [])
  assert.deepEqual(
    [arbot, tradingbot].map((bot) => bots.some((of) => of.name === bot.name)),
    [false, true],
  )
})

test('the three stacks can run side by side: no port and no project is used twice', () => {
  const stacks = [...bots, arbot].map((bot) => bot.stack)
  const taken = stacks.flatMap(({ project, ports }) => [project, ...Object.values(ports)])
  assert.equal(new Set(taken).size, taken.length)
})

const queriesOf = (bot: typeof arbot) =>
  Object.fromEntries(
    Object.values(bot.dashboards).flatMap((board) =>
      Object.entries(board.panels).map(([key, panel]) => [key, panel.show.map((shown) => print(shown.query))]),
    ),
  )
