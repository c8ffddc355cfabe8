import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shortHash } from '../../definitions/language/contract-form.ts'
import { contractOf } from '../../generators/outputs/contract/contract.ts'
import { tb, tbProgram } from './python-modules.ts'

test('the Python module exposes the metrics about its contract, as the runtime does', async (t) => {
  const lines = await tbProgram(
    t,
    `
def nothing():
    raise RuntimeError("no connection")
metrics.bars_total.inc(-1)
metrics.bars_total.inc(float("nan"))
metrics.fills_total.labels(symbol="", side="buy").inc()
metrics.trading_mode.set("backtest")
metrics.expect(symbol=["A", "B", "C"])
metrics.fills_total.labels(symbol="D", side="buy").inc()
metrics.equity_usdt.set_function(nothing)
from prometheus_client import generate_latest
for _ in range(2):
    text = generate_latest(registry).decode()
for line in text.splitlines():
    if line.startswith("tb_contract") and not line.endswith(" 0.0"):
        print(line)
`,
  )
  if (lines === undefined) return
  assert.deepEqual(
    lines.filter((line) => line.startsWith('tb_contract')),
    [
      `tb_contract_info{hash="${shortHash(contractOf({ bot: tb }).hash)}"} 1.0`,
      'tb_contract_refused_total{metric="tb_bars_total",reason="number"} 2.0',
      'tb_contract_refused_total{metric="tb_fills_total",reason="value"} 1.0',
      'tb_contract_refused_total{metric="tb_trading_mode",reason="value"} 1.0',
      'tb_contract_overflow_total{metric="tb_fills_total"} 1.0',
      'tb_contract_collector_failures_total{metric="tb_equity_usdt"} 2.0',
    ],
  )
})
