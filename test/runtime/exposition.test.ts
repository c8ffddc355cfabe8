import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics } from '../../runtime/index.ts'
import { catalogue, counter, gauge, oneOf, open, seconds } from '../../runtime/metrics.ts'
import { clock, linesOf, runtimeMetrics, withoutContractLines } from './fixture.ts'

const filled = () => {
  const time = clock()
  const metrics = createMetrics(runtimeMetrics, { mode: 'strict', now: time.now })
  metrics.bars_total.inc()
  metrics.bars_total.inc(2)
  metrics.orders_total.inc({ side: 'sell', status: 'rejected' })
  metrics.fills_total.inc({ symbol: 'BTC/USDT:USDT', side: 'buy' })
  metrics.fees_usdt_total.inc(0.25)
  metrics.equity_usdt.set(-1.5e-7)
  metrics.position_size.set({ symbol: 'ETHUSDT', side: 'sell' }, 3)
  metrics.feed_age_seconds.touch({ symbol: 'ETHUSDT' })
  metrics.latency_seconds.observe({ side: 'buy' }, 0.05)
  metrics.latency_seconds.observe({ side: 'buy' }, 11)
  metrics.slippage_bps.observe({ symbol: 'ETHUSDT' }, -3)
  metrics.info.set({ version: '1.2 "x" \\', exchange: 'bybit' })
  metrics.trading_mode.set('live')
  time.ms = 2500
  return metrics
}

const samples = {
  bars: 'tb_bars_total 3\n',
  orders: `tb_orders_total{side="buy",status="filled"} 0
tb_orders_total{side="buy",status="rejected"} 0
tb_orders_total{side="sell",status="filled"} 0
tb_orders_total{side="sell",status="rejected"} 1
`,
  fills: `tb_fills_total{symbol="BTC/USDT:USDT",side="buy"} 1
tb_fills_total{symbol="BTC/USDT:USDT",side="sell"} 0
`,
  fees: 'tb_fees_usdt_total 0.25\n',
  equity: 'tb_equity_usdt -1.5e-7\n',
  open: 'tb_open_orders{side="buy"} 0\ntb_open_orders{side="sell"} 0\n',
  position: 'tb_position_size{symbol="ETHUSDT",side="sell"} 3\n',
  loop: 'tb_loop_age_seconds 2.5\n',
  feed: 'tb_feed_age_seconds{symbol="ETHUSDT"} 2.5\n',
  latency: `tb_latency_seconds_bucket{side="buy",le="0.05"} 1
tb_latency_seconds_bucket{side="buy",le="1.0"} 1
tb_latency_seconds_bucket{side="buy",le="10.0"} 1
tb_latency_seconds_bucket{side="buy",le="+Inf"} 2
tb_latency_seconds_sum{side="buy"} 11.05
tb_latency_seconds_count{side="buy"} 2
tb_latency_seconds_bucket{side="sell",le="0.05"} 0
tb_latency_seconds_bucket{side="sell",le="1.0"} 0
tb_latency_seconds_bucket{side="sell",le="10.0"} 0
tb_latency_seconds_bucket{side="sell",le="+Inf"} 0
tb_latency_seconds_sum{side="sell"} 0
tb_latency_seconds_count{side="sell"} 0
`,
  slippage: `tb_slippage_bps_bucket{symbol="ETHUSDT",le="-20.0"} 0
tb_slippage_bps_bucket{symbol="ETHUSDT",le="0.0"} 1
tb_slippage_bps_bucket{symbol="ETHUSDT",le="20.0"} 1
tb_slippage_bps_bucket{symbol="ETHUSDT",le="+Inf"} 1
`,
  info: 'tb_info{version="1.2 \\"x\\" \\\\",exchange="bybit"} 1\n',
  mode: 'tb_trading_mode{tb_trading_mode="paper"} 0\ntb_trading_mode{tb_trading_mode="live"} 1\n',
}

test('the text format is complete', async () => {
  assert.equal(
    withoutContractLines(await filled().render('text')),
    `# HELP tb_bars_total Bars seen.
# TYPE tb_bars_total counter
${samples.bars}# HELP tb_orders_total Orders by outcome.
# TYPE tb_orders_total counter
${samples.orders}# HELP tb_fills_total Fills.
# TYPE tb_fills_total counter
${samples.fills}# HELP tb_fees_usdt_total Fees paid.
# TYPE tb_fees_usdt_total counter
${samples.fees}# HELP tb_equity_usdt Value of the portfolio.
# TYPE tb_equity_usdt gauge
${samples.equity}# HELP tb_open_orders Orders on the book.
# TYPE tb_open_orders gauge
${samples.open}# HELP tb_position_size Held, in coins.
# TYPE tb_position_size gauge
${samples.position}# HELP tb_loop_age_seconds Since the last turn of the loop.
# TYPE tb_loop_age_seconds gauge
${samples.loop}# HELP tb_feed_age_seconds Since the last message of a feed.
# TYPE tb_feed_age_seconds gauge
${samples.feed}# HELP tb_latency_seconds Request to fill.
# TYPE tb_latency_seconds histogram
${samples.latency}# HELP tb_slippage_bps Positive costs money.
# TYPE tb_slippage_bps histogram
${samples.slippage}# HELP tb_info What runs.
# TYPE tb_info gauge
${samples.info}# HELP tb_trading_mode Mode of trading.
# TYPE tb_trading_mode gauge
${samples.mode}`,
  )
})

test('OpenMetrics is complete: families without _total and _info, UNIT if the name ends in the unit, and EOF', async () => {
  assert.equal(
    withoutContractLines(await filled().render('openmetrics')),
    `# TYPE tb_bars counter
# HELP tb_bars Bars seen.
${samples.bars}# TYPE tb_orders counter
# HELP tb_orders Orders by outcome.
${samples.orders}# TYPE tb_fills counter
# HELP tb_fills Fills.
${samples.fills}# TYPE tb_fees_usdt counter
# UNIT tb_fees_usdt usdt
# HELP tb_fees_usdt Fees paid.
${samples.fees}# TYPE tb_equity_usdt gauge
# UNIT tb_equity_usdt usdt
# HELP tb_equity_usdt Value of the portfolio.
${samples.equity}# TYPE tb_open_orders gauge
# HELP tb_open_orders Orders on the book.
${samples.open}# TYPE tb_position_size gauge
# HELP tb_position_size Held, in coins.
${samples.position}# TYPE tb_loop_age_seconds gauge
# UNIT tb_loop_age_seconds seconds
# HELP tb_loop_age_seconds Since the last turn of the loop.
${samples.loop}# TYPE tb_feed_age_seconds gauge
# UNIT tb_feed_age_seconds seconds
# HELP tb_feed_age_seconds Since the last message of a feed.
${samples.feed}# TYPE tb_latency_seconds histogram
# UNIT tb_latency_seconds seconds
# HELP tb_latency_seconds Request to fill.
${samples.latency}# TYPE tb_slippage_bps histogram
# UNIT tb_slippage_bps bps
# HELP tb_slippage_bps Positive costs money.
${samples.slippage}# TYPE tb info
# HELP tb What runs.
${samples.info}# TYPE tb_trading_mode stateset
# HELP tb_trading_mode Mode of trading.
${samples.mode}# EOF
`,
  )
})

test('a multi-line help text with quotes and backslashes is escaped as each format requires', async () => {
  const metrics = createMetrics(catalogue('tb', { x: gauge({ help: 'one "1"\ntwo \\2' }) }))
  assert.equal(
    withoutContractLines(await metrics.render('text')),
    '# HELP tb_x one "1"\\ntwo \\\\2\n# TYPE tb_x gauge\n',
  )
  assert.equal(
    withoutContractLines(await metrics.render('openmetrics')),
    '# TYPE tb_x gauge\n# HELP tb_x one \\"1\\"\\ntwo \\\\2\n# EOF\n',
  )
})

test('UNIT is omitted if the name does not end in the unit', async () => {
  const metrics = createMetrics(
    catalogue('tb', { lag: gauge({ help: 'x', unit: seconds }), seconds: gauge({ help: 'x', unit: seconds }) }),
  )
  assert.equal(
    withoutContractLines(await metrics.render('openmetrics')),
    '# TYPE tb_lag gauge\n# HELP tb_lag x\n# TYPE tb_seconds gauge\n# UNIT tb_seconds seconds\n# HELP tb_seconds x\n# EOF\n',
  )
})

test('metrics with a meaningful initial value are exposed from the start, all others only once they are set', async () => {
  const time = clock()
  const text = withoutContractLines(await createMetrics(runtimeMetrics, { now: time.now }).render())
  assert.deepEqual(
    text.split('\n').filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('tb_latency')),
    [
      'tb_bars_total 0',
      'tb_orders_total{side="buy",status="filled"} 0',
      'tb_orders_total{side="buy",status="rejected"} 0',
      'tb_orders_total{side="sell",status="filled"} 0',
      'tb_orders_total{side="sell",status="rejected"} 0',
      'tb_fees_usdt_total 0',
      'tb_open_orders{side="buy"} 0',
      'tb_open_orders{side="sell"} 0',
      'tb_loop_age_seconds 0',
    ],
  )
  assert.equal(linesOf(text, 'tb_latency_seconds').length, 12)
})

test('both formats contain the same samples', async () => {
  const metrics = filled()
  const samplesOf = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  assert.deepEqual(samplesOf(await metrics.render('text')), samplesOf(await metrics.render('openmetrics')))
})

test('sums that overflow are written as +Inf and -Inf', async () => {
  const metrics = createMetrics(catalogue('tb', { x_total: counter({ help: 'x' }), y: gauge({ help: 'y' }) }))
  metrics.x_total.inc(Number.MAX_VALUE)
  metrics.x_total.inc(Number.MAX_VALUE)
  metrics.y.dec(Number.MAX_VALUE)
  metrics.y.dec(Number.MAX_VALUE)
  const text = await metrics.render()
  assert.deepEqual([...linesOf(text, 'tb_x_total'), ...linesOf(text, 'tb_y')], ['tb_x_total +Inf', 'tb_y -Inf'])
})

test('a format that does not exist is refused', async () => {
  await assert.rejects(createMetrics(runtimeMetrics).render('xml' as never), {
    name: 'TypeError',
    message: "render: the format is 'xml', expected 'text' or 'openmetrics'",
  })
})

test('label values are escaped, and a closed value is never mistaken for the placeholder of an open one', async () => {
  const closed = oneOf('"a"', 'b\\\n', 'c\u0000', '\u0000\u0000')
  const metrics = createMetrics(
    catalogue('tb', { x_total: counter({ help: 'x', labels: { closed, symbol: open({ max: 2 }) } }) }),
  )
  metrics.x_total.inc({ closed: '"a"', symbol: 'B"T\\C' })
  assert.equal(
    withoutContractLines(await metrics.render('text')),
    [
      '# HELP tb_x_total x',
      '# TYPE tb_x_total counter',
      'tb_x_total{closed="\\"a\\"",symbol="B\\"T\\\\C"} 1',
      'tb_x_total{closed="b\\\\\\n",symbol="B\\"T\\\\C"} 0',
      'tb_x_total{closed="c\u0000",symbol="B\\"T\\\\C"} 0',
      'tb_x_total{closed="\u0000\u0000",symbol="B\\"T\\\\C"} 0',
      '',
    ].join('\n'),
  )
})
