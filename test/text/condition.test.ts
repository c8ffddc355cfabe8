import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bots } from '../../definitions/index.ts'
import {
  abs,
  absent,
  ageOf,
  delta,
  histogram_quantile,
  increase,
  increaseFromZero,
  MiB,
  max,
  max_over_time,
  minutes,
  ms,
  percent,
  perHour,
  perMinute,
  perSecond,
  promql,
  rate,
  ratio,
  round,
  seconds,
  sum,
  time,
  topk,
  usdt,
} from '../../definitions/language/index.ts'
import type { Node } from '../../definitions/language/node.ts'
import { flag, type Unit } from '../../definitions/language/unit.ts'
import { conditionText } from '../../generators/text/condition.ts'
import { modelOf } from '../fixtures/small-bot.ts'
import { m } from '../language/metrics.ts'

/** The parts of an alert that its condition is described from. */
interface Condition {
  readonly node: Node
  readonly unit: Unit<string>
}

const feesIn = (window: '1h' | '1d' | '2d') => sum(increase(m.fees_usdt_total, window)).by('symbol')

const cases: readonly (readonly [Condition, string, string?])[] = [
  [m.drawdown_pct.gt(percent(10)), '`bot_drawdown_pct` is above 10 %'],
  [m.drawdown_pct.gt(ratio(0.075)), '`bot_drawdown_pct` is above 7.5 %'],
  [m.memory_bytes.gte(MiB(1536)), '`bot_memory_bytes` is at least 1.5 GiB'],
  [m.tick_milliseconds.gt(ms(250)), '`bot_tick_milliseconds` is above 250 milliseconds'],
  [m.tick_milliseconds.gt(seconds(1)), '`bot_tick_milliseconds` is above 1 second'],
  [m.equity_usdt.lt(usdt(-5)), '`bot_equity_usdt` is below -5 USDT'],
  [m.queue_depth.eq(0), '`bot_queue_depth` is 0'],
  [m.connected.where({ symbol: ['A', 'B'] }).eq(m.connected), '`bot_connected{symbol=~"A|B"}` is `bot_connected`'],
  [ageOf(m.heartbeat_timestamp).gt(minutes(90)), 'the age of `bot_heartbeat_timestamp` is above 1 hour 30 minutes'],
  [
    max_over_time(m.queue_depth.over('1m')).gte(5),
    'the highest value of `bot_queue_depth` over 1 minute is at least 5',
  ],
  [delta(m.equity_usdt, '1h').lt(usdt(0)), 'the change of `bot_equity_usdt` over 1 hour is below 0 USDT'],
  [
    sum(increase(m.errors_total, '5m')).by('component').gt(3),
    'the total increase of `bot_errors_total` over 5 minutes is above 3',
    'component',
  ],
  [
    sum(increaseFromZero(m.errors_total, '5m')).by().gt(3),
    'the total increase of `bot_errors_total` over 5 minutes (a new series counts from zero) is above 3',
  ],
  [
    increaseFromZero(m.errors_total, '5m', m.start_timestamp).gt(0),
    'the increase of `bot_errors_total` over 5 minutes (a new series or process counts from zero) is above 0',
  ],
  [rate(m.errors_total, '5m').gt(perSecond(0)), 'the rate of `bot_errors_total` over 5 minutes is above 0'],
  [rate(m.errors_total, '5m').gt(perSecond(2)), 'the rate of `bot_errors_total` over 5 minutes is above 2 per second'],
  [rate(m.errors_total, '5m').gt(perMinute(2)), 'the rate of `bot_errors_total` over 5 minutes is above 2 per minute'],
  [
    rate(m.fees_usdt_total, '5m').gt(perHour(usdt(9))),
    'the rate of `bot_fees_usdt_total` over 5 minutes is above 9 USDT per hour',
  ],
  [
    histogram_quantile(0.995, sum(rate(m.order_latency_seconds, '1h')).by('symbol')).gt(seconds(2)),
    'the 99.5th percentile of `bot_order_latency_seconds` over 1 hour is above 2 seconds',
    'symbol',
  ],
  [
    histogram_quantile(0.5, rate(m.order_latency_seconds, '1h')).gt(seconds(2)),
    'the 50th percentile of `bot_order_latency_seconds` over 1 hour is above 2 seconds',
  ],
  [
    m.queue_depth.gt(1).and(m.drawdown_pct.lt(percent(5))),
    '`bot_queue_depth` is above 1, and `bot_drawdown_pct` is below 5',
  ],
  [
    m.drawdown_pct
      .gt(percent(5))
      .or(m.drawdown_pct.lt(percent(-5)))
      .and(m.queue_depth.gt(1)),
    '(`bot_drawdown_pct` is above 5 %, or `bot_drawdown_pct` is below -5 %), and `bot_queue_depth` is above 1',
  ],
  [
    m.equity_usdt.minus(m.cash_usdt).div(m.equity_usdt).gt(percent(50)),
    '`(bot_equity_usdt - bot_cash_usdt) / bot_equity_usdt` is above 50 %',
  ],
  [
    sum(increase(m.orders_total, '1h'))
      .by('side', 'symbol')
      .on('bot', 'env', 'symbol')
      .group_left()
      .div(sum(increase(m.orders_total, '1h')).by('symbol'))
      .gt(ratio(1)),
    'the total increase of `bot_orders_total` over 1 hour for each `side` and `symbol` divided by the total increase of `bot_orders_total` over 1 hour for each `symbol` is above 100 %',
  ],
  [
    feesIn('1d').minus(feesIn('1h')).or(feesIn('1d')).div(feesIn('2d')).gt(percent(1)),
    '(the total increase of `bot_fees_usdt_total` over 1 day less the total increase of `bot_fees_usdt_total` over 1 hour, if there is any) divided by the total increase of `bot_fees_usdt_total` over 2 days is above 1 %',
    'symbol',
  ],
  [
    round(
      sum(increase(m.order_latency_seconds.count, '5m'))
        .by('symbol')
        .minus(sum(increase(m.order_latency_seconds.upTo(seconds(1)), '5m')).by('symbol')),
      1,
    ).gte(1),
    'the total increase of the count of `bot_order_latency_seconds` above 1 over 5 minutes is at least 1',
    'symbol',
  ],
  [m.heartbeat_timestamp.minus(time()).gt(seconds(0)), 'the time until `bot_heartbeat_timestamp` is above 0 s'],
  [abs(m.drawdown_pct).gt(percent(6)), 'the absolute value of `bot_drawdown_pct` is above 6 %'],
  [m.drawdown_pct.times(-1).gt(percent(6)), '`bot_drawdown_pct` is below -6 %'],
  [
    max(m.errors_total.total.unless(m.errors_total.total.offset('10m')))
      .by('component')
      .gt(0),
    'the highest of `bot_errors_total` (only of series younger than 10 minutes) is above 0',
    'component',
  ],
  [
    m.connected.where({ symbol: ['A', 'B', 'C', 'D', 'E', 'F'] }).eq(flag(0)),
    '`bot_connected` for 6 values of `symbol` is 0',
  ],
  [absent(m.queue_depth, { instance: 'a' }), 'there is no series `bot_queue_depth{instance="a"}`'],
  [topk(2, m.queue_depth).gt(1), '`topk by (bot, env) (2, bot_queue_depth)` is above 1'],
  [promql`bot_queue_depth > 1`.as(ratio, []), 'there is `bot_queue_depth > 1`'],
]

for (const [{ node, unit }, expected, each = ''] of cases)
  test(`in words: ${each === '' ? '' : `each ${each}: `}${expected}`, () => {
    const found = conditionText({ of: 'condition', when: node, lines: null, unit })
    assert.deepEqual(found, { words: expected, each: each === '' ? [] : [each] })
  })

for (const { bot, alerts } of bots.map((bot) => modelOf(bot)))
  test(`${bot.name}: no condition reads as PromQL, except formulas of series`, () => {
    // LogsQL that was written as text is shown as it is
    const inWords = alerts.filter(({ of }) => of.lines?.kind !== 'comparison' || of.lines.of.pipes === null)
    const raw = inWords.flatMap((alert) =>
      [...conditionText(alert.of).words.matchAll(/`([^`]+)`/g)]
        .map(([, shown = '']) => shown)
        .filter((shown) => /\b(?:and|or|unless|by|offset)\b|[a-z]\(/.test(shown.replace(/\{.*?\}/g, '')))
        .map((shown) => `${alert.name}: ${shown}`),
    )
    assert.deepEqual(raw, [])
  })
