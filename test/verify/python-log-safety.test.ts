import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type LogLine, logProgram } from './python-logs.ts'

/** What lines say besides what every line does. */
const fieldsOf = (lines: readonly string[]) =>
  lines.map((line) => {
    const { level: _l, ts: _ts, module: _m, bot: _b, run: _r, seq: _s, ...rest } = JSON.parse(line) as LogLine
    return rest
  })

/** Objects that raise whatever is done with them. */
const hostile = `
class Hostile:
    def __str__(self): raise RuntimeError("no text")
    __repr__ = __hash__ = __eq__ = __bool__ = __float__ = __len__ = __str__
class Key:
    def __str__(self): raise RuntimeError("no text")
class Fields(dict):
    def get(self, name, other=None): raise RuntimeError("no value")
def hostile(*args): raise SystemError("hostile")
`

test('no value that a Python bot passes in raises, and what can be written is written', async (t) => {
  const out = await logProgram(
    t,
    '',
    `${hostile}
from decimal import Decimal
from enum import Enum
import datetime
class Side(str, Enum):
    BUY = "buy"
fill = TradingbotLog(console="json").events.order_filled
fill(symbol=Side.BUY, side=Side.BUY, price=Decimal("1.50"), amount=2**60, latency_ms=10**400)
fill(symbol=Hostile(), side=Hostile(), price=Decimal("sNaN"), amount=b"x", latency_ms={1, 2})
loop = {}
loop["loop"] = loop
deep = []
for _ in range(5000): deep = [deep]
fill(**good, loop=loop, deep=deep, when=datetime.date(2026, 1, 2), hostile=[Hostile()], keys={Key(): 1, 2: 3})
fill("BTCUSDT", "buy", price=1)
fill(**{**good, "self": 1})
fill(Fields())
`,
  )
  if (out === undefined) return
  const noText = (type: string) => `a ${type}, whose text raised RuntimeError`
  assert.deepEqual(fieldsOf(out.trimEnd().split('\n')), [
    {
      event: 'order_filled',
      symbol: 'buy',
      side: 'buy',
      price: 1.5,
      amount: 2 ** 60,
      latency_ms: 'Infinity',
      faults: ['latency_ms is Infinity, expected a finite number'],
      msg: 'order_filled: buy',
    },
    {
      event: 'order_filled',
      symbol: noText('Hostile'),
      side: noText('Hostile'),
      price: 'NaN',
      amount: "b'x'",
      latency_ms: [1, 2],
      faults: [
        'symbol is an object of type Hostile, expected a string',
        "side is an object of type Hostile, expected one of 'buy', 'sell'",
        'price is NaN, expected a finite number',
        'amount is an object of type bytes, expected a finite number',
        'latency_ms is an object of type set, expected a finite number',
      ],
      msg: 'order_filled',
    },
    {
      event: 'order_filled',
      symbol: 'BTCUSDT',
      side: 'buy',
      price: 65_000,
      amount: 0.01,
      latency_ms: 45.2,
      undeclared: {
        loop: { loop: '[Circular]' },
        deep: Array.from({ length: 49 }).reduce<unknown>((inner) => [inner], ['[Circular]']),
        when: '2026-01-02',
        hostile: [noText('Hostile')],
        keys: { [noText('Key')]: 1, 2: 3 },
      },
      faults: ["'loop', 'deep', 'when', 'hostile', 'keys' are not declared"],
      msg: 'order_filled: BTCUSDT',
    },
    {
      event: 'order_filled',
      price: 1,
      undeclared: { 0: 'BTCUSDT', 1: 'buy' },
      faults: [
        'symbol is undefined, expected a string',
        "side is undefined, expected one of 'buy', 'sell'",
        'amount is undefined, expected a finite number',
        'latency_ms is undefined, expected a finite number',
        "'0', '1' are not declared",
      ],
      msg: 'order_filled',
    },
    {
      event: 'order_filled',
      symbol: 'BTCUSDT',
      side: 'buy',
      price: 65000,
      amount: 0.01,
      latency_ms: 45.2,
      undeclared: { self: 1 },
      faults: ["'self' is not declared"],
      msg: 'order_filled: BTCUSDT',
    },
    { event: 'order_filled', faults: ['the fields cannot be read: RuntimeError'], msg: 'order_filled' },
  ])
})

test('updates, counters and handlers of a Python bot that raise do not stop it, nor its lines', async (t) => {
  const out = await logProgram(
    t,
    '',
    `${hostile}
class Own(logging.Handler):
    def emit(self, record): raise OSError("own handler")
sys.stderr = sys.stdout
log = TradingbotLog(console="json", errors=hostile, updates={"risk_alert": hostile})
log.events.risk_alert(symbol="A", limit="b", error="c")
log.logger.addHandler(Own())
log.events.balance_update(balance=1, pnl=2, pnl_pct=3)
sys.stderr = None
sys.stdout.close()
log.events.balance_update(balance=1, pnl=2, pnl_pct=3)
`,
  )
  if (out === undefined) return
  const lines = out.trimEnd().split('\n')
  assert.equal(lines.at(-1), 'botwatch: a log line was lost: own handler')
  assert.deepEqual(fieldsOf(lines.slice(0, -1)), [
    { event: 'risk_alert', symbol: 'A', limit: 'b', error: 'c', msg: 'risk_alert: A' },
    {
      event: 'metric_update_failed',
      of: 'risk_alert',
      error: 'SystemError: hostile',
      msg: 'metric_update_failed: risk_alert',
    },
    { event: 'balance_update', balance: 1, pnl: 2, pnl_pct: 3, msg: 'balance_update' },
  ])
})
