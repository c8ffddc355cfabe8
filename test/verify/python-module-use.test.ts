import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reports, tb, tbProgram } from './python-modules.ts'

test('series start as the contract says: closed values at zero, open ones when expected or first used, gauges when set', async (t) => {
  const lines = await tbProgram(
    t,
    `
print(value("tb_bars_total"), value("tb_orders_total", side="sell", status="rejected"), value("tb_open_orders", side="buy"))
print(value("tb_latency_seconds_bucket", side="buy", le="10.0"), value("tb_equity_usdt"), value("tb_fills_total", symbol="a", side="buy"))
metrics.expect(symbol=["a"])
print(value("tb_fills_total", symbol="a", side="buy"), value("tb_slippage_bps_bucket", symbol="a", le="+Inf"), value("tb_position_size", symbol="a", side="buy"))
metrics.fills_total.labels(symbol="b", side="sell").inc(2)
print(value("tb_fills_total", symbol="b", side="buy"), value("tb_fills_total", symbol="b", side="sell"))
metrics.equity_usdt.dec(3)
print(value("tb_equity_usdt"))
metrics.equity_usdt.forget()
print(value("tb_equity_usdt"))
print(value("tb_slippage_bps_count", symbol="a"), value("tb_bars_created"))
`,
  )
  if (lines === undefined) return
  assert.deepEqual(lines, ['0.0 0.0 0.0', '0.0 None None', '0.0 0.0 None', '0.0 2.0', '-3.0', 'None', 'None None'])
})

test('ages grow from their last touch, and disappear with their series', async (t) => {
  const lines = await tbProgram(
    t,
    `
import time
now = time.monotonic()
time.monotonic = lambda: now
metrics.loop_age_seconds.touch()
feed = metrics.feed_age_seconds.labels(symbol="a")
now += 7
print(value("tb_loop_age_seconds"), value("tb_feed_age_seconds", symbol="a"))
feed.touch()
now += 1
print(value("tb_feed_age_seconds", symbol="a"))
metrics.feed_age_seconds.remove(symbol="a")
metrics.loop_age_seconds.forget()
print(value("tb_feed_age_seconds", symbol="a"), value("tb_loop_age_seconds"))
`,
  )
  if (lines === undefined) return
  assert.deepEqual(lines, ['7.0 7.0', '1.0', 'None None'])
})

test('what the contract does not have is refused, counted and logged once, and nothing raises into the bot', async (t) => {
  const lines = await tbProgram(
    t,
    `
nan = float("nan")
for _ in range(2):
    metrics.orders_total.labels(side="up", status="filled").inc()
metrics.orders_total.labels(side=[], status=None).inc()
metrics.bars_total.inc(nan)
metrics.bars_total.inc(-1)
metrics.bars_total.inc("5")
metrics.equity_usdt.set(float("inf"))
metrics.latency_seconds.labels(side="buy").observe(None)
metrics.trading_mode.set("moon")
metrics.info.set(version="", exchange="binance")
metrics.position_size.labels(symbol="a\\nb", side="buy").set(1)
def broken(): raise RuntimeError("no value")
metrics.equity_usdt.set_function(broken)
for symbol in "abcde":
    metrics.fills_total.labels(symbol=symbol, side="buy").inc()
show(registry)
print(json.dumps([[*key, count] for key, count in metrics.refused().items()]))
`,
  )
  if (lines === undefined) return
  const [shown, refused] = lines.slice(-2) as [string, string]
  assert.deepEqual(lines.slice(0, -2), [
    "tb_orders_total: side is 'up', expected one of buy, sell; further occurrences are only counted",
    'tb_bars_total: nan is not a finite number; further occurrences are only counted',
    'tb_bars_total: -1 would decrease a counter; further occurrences are only counted',
    'tb_equity_usdt: inf is not a finite number; further occurrences are only counted',
    'tb_latency_seconds: None is not a finite number; further occurrences are only counted',
    "tb_trading_mode: 'moon', expected one of paper, live; further occurrences are only counted",
    "tb_info: version is '', expected printable text of 1 to 200 characters; further occurrences are only counted",
    "tb_position_size: symbol is 'a\\nb', expected printable text of 1 to 200 characters; further occurrences are only counted",
    "tb_fills_total: symbol has used up its budget of 3 values, and 'd' is one more; samples beyond the budget share one series, __overflow__; further occurrences are only counted",
    "tb_equity_usdt: its function raised RuntimeError('no value'); further occurrences are only counted",
  ])
  const counts = JSON.parse(refused) as readonly (readonly [string, string, number])[]
  assert.deepEqual(Object.fromEntries(counts.map(([metric, reason, count]) => [`${metric} ${reason}`, count])), {
    'tb_orders_total value': 3,
    'tb_bars_total number': 2,
    'tb_bars_total negative': 1,
    'tb_equity_usdt number': 1,
    'tb_latency_seconds number': 1,
    'tb_trading_mode state': 1,
    'tb_info value': 1,
    'tb_position_size value': 1,
    'tb_fills_total over-budget': 2,
    // Once per format.
    'tb_equity_usdt function': 2,
  })
  for (const report of reports(tb, shown))
    assert.deepEqual(
      report.findings.map(({ code, metric }) => [code, metric]),
      [['over-budget', 'tb_fills_total']],
    )
})

test('with strict, as in tests, a refusal raises; a second instance in the same registry always does', async (t) => {
  const lines = await tbProgram(
    t,
    `
strict = tb_metrics.TbMetrics(CollectorRegistry(), strict=True)
for use in (lambda: strict.bars_total.inc(-1), lambda: strict.orders_total.labels(side="up", status="filled")):
    try:
        use()
    except ValueError as error:
        print(error)
try:
    tb_metrics.TbMetrics(registry)
except ValueError as error:
    print(str(error).split(":")[0])
`,
  )
  if (lines === undefined) return
  assert.deepEqual(lines, [
    'tb_bars_total: -1 would decrease a counter',
    "tb_orders_total: side is 'up', expected one of buy, sell",
    'Duplicated timeseries in CollectorRegistry',
  ])
})

test('a removed series frees its place in the budget', async (t) => {
  const lines = await tbProgram(
    t,
    `
for i in range(100):
    metrics.position_size.labels(symbol=f"s{i}", side="buy").set(i)
    metrics.position_size.remove(symbol=f"s{i}")
metrics.position_size.labels(symbol="last", side="buy").set(1)
print(metrics.refused(), value("tb_position_size", symbol="last", side="buy"), value("tb_position_size", symbol="s1", side="buy"))
`,
  )
  if (lines === undefined) return
  assert.deepEqual(lines, ['{} 1.0 None'])
})
