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

// These two bots tested the design of the language before it was fixed.

test('arbot has the thirteen conditions of its document, with their thresholds; a lost connection has two severities', () => {
  const conditions = arbot.alerts.filter((of) => of.runbook.said !== undefined)
  assert.deepEqual(
    conditions.map((of) => [of.name, of.runbook.said, of.severity, of.for]),
    [
      ['ExchangeDisconnected', '거래소 연결 끊김', 'critical', '1m'],
      ['ExchangeConnectionLost', '0이면 즉시 알림', 'warning', null],
      ['ExchangeReconnectsOften', '5분 내 3회 이상', 'warning', null],
      ['ExchangeSilent', '1분간 0이면 알림', 'critical', '15s'],
      ['CircuitBreakerActive', '1이면 알림', 'critical', null],
      ['DailyLossLimitReached', '일일 손실 한도 도달', 'critical', null],
      ['DrawdownExceeded', '5% 초과', 'critical', '30s'],
      ['WinRateLow', '50% 미만', 'warning', '10m'],
      ['OrdersFailInARow', '연속 3회 이상', 'critical', null],
      ['HighErrorRate', '에러율 증가', 'warning', null],
      ['ExchangeLatencyHigh', '500ms 이상', 'warning', '1m'],
      ['OrderExecutionSlow', '1000ms 이상', 'warning', null],
      ['TickProcessingSlow', '100ms 이상', 'warning', '1m'],
      ['SignalsRejected', '거부율 80% 이상', 'warning', null],
    ],
  )
  const written = new Map(conditions.map((of) => [of.name, print(of.when)]))
  const short = ['ExchangeDisconnected', 'DailyLossLimitReached', 'DrawdownExceeded', 'WinRateLow', 'HighErrorRate']
  assert.deepEqual(
    short.map((name) => written.get(name)),
    [
      'arbot_exchange_connected == 0',
      'arbot_pnl_daily_usd <= arbot_daily_loss_limit_usd * -1 or arbot_pnl_daily_usd and max by (bot, env, instance, job) (arbot_trading_halted{reason="daily_loss"}) == 1',
      'arbot_drawdown_pct > 5',
      'arbot_win_rate < 0.5',
      'round(sum by (bot, env, instance) (increase(arbot_errors_total[5m])), 1) >= 10',
    ],
  )
  assert.equal(arbot.stack.scrape.bot, '5s')
})

test('arbot has the layout of its document, row by row, and its five example queries corrected', () => {
  const board = arbot.dashboards['overview']
  assert.deepEqual(
    board?.rows.slice(0, 5).map(({ panels }) => panels),
    [
      ['uptime', 'cpu', 'memory', 'connections'],
      ['pnl'],
      ['pnlByDay', 'winRate', 'drawdown'],
      ['signals', 'latency'],
      ['errors'],
    ],
  )
  assert.equal(board?.panels['errors']?.newest, 50)
  const query = (key: string) => board?.panels[key]?.show.map((shown) => print(shown.query))
  const detected = 'increase(arbot_signals_detected_total[1h])'
  assert.deepEqual(['latency', 'detections', 'shares', 'drawdown', 'executionRate'].flatMap(query), [
    'sum by (bot, env, exchange) (increase(arbot_exchange_latency_ms_sum[5m])) / sum by (bot, env, exchange) (increase(arbot_exchange_latency_ms_count[5m]))',
    `sum by (bot, env, strategy) (${detected})`,
    `sum by (bot, env, strategy) (${detected}) / on (bot, env) group_left () (sum by (bot, env) (${detected}) > 0)`,
    'arbot_drawdown_pct',
    `sum by (bot, env) (increase(arbot_signals_executed_total[1h])) / (sum by (bot, env) (${detected}) > 0)`,
  ])
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
        'round(sum by (bot, env, instance) (increase(tradingbot_api_errors_total[70s])) * 60 / 70, 1) > 5',
        '5m',
        'warning',
      ],
      ['잔고 급감', 'tradingbot_daily_pnl_pct < -3', '5m', 'critical'],
      [
        '주문 지연',
        'histogram_quantile(0.95, sum by (bot, env, instance, le) (rate(tradingbot_order_latency_ms_bucket[15m]))) > 3000 and sum by (bot, env, instance) (increase(tradingbot_order_latency_ms_count[15m])) >= 20 or tradingbot:order_latency_p95_6h_ms > 3000 and tradingbot:fills_6h >= 20 unless sum by (bot, env, instance) (increase(tradingbot_order_latency_ms_count[15m])) >= 20 or tradingbot:order_latency_p95_2d_ms > 3000 and tradingbot:fills_2d >= 20 unless tradingbot:fills_6h >= 20',
        '5m',
        'warning',
      ],
      ['봇 무응답', 'tradingbot_heartbeat_age > 180', '2m', 'critical'],
      [
        '슬리피지 10bps 초과',
        'histogram_quantile(0.95, sum by (bot, env, instance, le) (rate(tradingbot_slippage_bps_bucket[1h]))) > 10 and sum by (bot, env, instance) (increase(tradingbot_order_latency_ms_count[1h])) >= 20 or tradingbot:slippage_p95_6h_bps > 10 and tradingbot:fills_6h >= 20 unless sum by (bot, env, instance) (increase(tradingbot_order_latency_ms_count[1h])) >= 20 or tradingbot:slippage_p95_2d_bps > 10 and tradingbot:fills_2d >= 20 unless tradingbot:fills_6h >= 20',
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

test('neither of the two has a defect, and each is generated', () => {
  for (const bot of [arbot, tradingbot]) {
    assert.deepEqual(resolve(bot, containerTopology).findings, [])
    assert.ok(bots.includes(bot))
  }
})

test('the three stacks can run side by side: no port and no project is used twice', () => {
  const taken = bots.flatMap(({ stack: { project, ports }, watchdog }) => [
    project,
    ...Object.values(ports),
    ...(watchdog === null ? [] : [watchdog.port]),
  ])
  assert.equal(new Set(taken).size, taken.length)
})
