import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { needsMypy } from './python.ts'
import { loggingBot } from './python-logs.ts'
import { moduleFolder, tb, writeModule } from './python-modules.ts'

test('mypy --strict finds nothing in generated modules, and in a bot each wrong field of an event', async (t) => {
  const python = await needsMypy(t)
  if (python === undefined) return
  for (const bot of [mcbot, loggingBot, tb]) writeModule(bot)
  const program = `
import logging
from tradingbot_metrics import OrderFilledFields, TradingbotLog, TradingbotMetrics

metrics = TradingbotMetrics()


def filled(fields: OrderFilledFields) -> None:
    metrics.order_latency_ms.labels(symbol=fields["symbol"]).observe(fields["latency_ms"])


log = TradingbotLog(
    file="/var/log/trading/tradingbot.jsonl",
    secrets=["abcdef"],
    level="debug",
    updates={"order_filled": filled, "balance_update": lambda fields: metrics.balance_usdt.set(fields["balance"])},
)
log.logger.addHandler(logging.StreamHandler())
events = log.events
events.order_filled(symbol="BTCUSDT", side="buy", price=1, amount=0.5, latency_ms=3)
events.order_filled(symbol="BTCUSDT", side="short", price=1, amount=0.5, latency_ms=3)
events.order_filled(symbol="BTCUSDT", side="buy", price="1", amount=0.5, latency_ms=3)
events.order_filled(symbol="BTCUSDT", side="buy", price=1, amount=0.5)
events.heartbeat(uptime=1, open_positions=2, balance=3, note="x")
events.balanced()
TradingbotLog(level="loud", updates={"order_filed": filled})
TradingbotLog(updates={"heartbeat": filled})
`.trimStart()
  writeFileSync(join(moduleFolder, 'use.py'), program)
  const check = `
import sys
from mypy import api
print(*api.run(["--strict", "--no-incremental", "--no-error-summary", "--python-version", "3.12", *sys.argv[1:]])[:2], sep="")
`
  const files = ['mcbot_metrics.py', 'tradingbot_metrics.py', 'tb_metrics.py', 'use.py']
  const found = (await python.run(check, moduleFolder, files)).trimEnd().split('\n')
  assert.deepEqual(
    found.filter((line) => !line.includes(': note: ')),
    [
      `use.py:20: error: Argument "side" to "order_filled" of "TradingbotEvents" has incompatible type "Literal['short']"; expected "Literal['buy', 'sell']"  [arg-type]`,
      'use.py:21: error: Argument "price" to "order_filled" of "TradingbotEvents" has incompatible type "str"; expected "float"  [arg-type]',
      'use.py:22: error: Missing named argument "latency_ms" for "order_filled" of "TradingbotEvents"  [call-arg]',
      'use.py:23: error: Unexpected keyword argument "note" for "heartbeat" of "TradingbotEvents"  [call-arg]',
      'use.py:24: error: "TradingbotEvents" has no attribute "balanced"  [attr-defined]',
      `use.py:25: error: Argument "level" to "TradingbotLog" has incompatible type "Literal['loud']"; expected "Literal['debug', 'info', 'warn', 'error']"  [arg-type]`,
      'use.py:25: error: Argument "updates" to "TradingbotLog" has incompatible type "dict[str, Callable[[OrderFilledFields], None]]"; expected "TradingbotUpdates | None"  [arg-type]',
      'use.py:26: error: Argument "updates" to "TradingbotLog" has incompatible type "dict[str, Callable[[OrderFilledFields], None]]"; expected "TradingbotUpdates | None"  [arg-type]',
    ],
  )
})
