import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  booleanField,
  items,
  logEvent,
  logEvents,
  numberField,
  oneOf,
  stringField,
} from '../../definitions/language/metrics.ts'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { needsPython } from './python.ts'
import { type LogLine, linesIn, logFolder, loggingBot, logProgram } from './python-logs.ts'
import { moduleFolder, writeModule } from './python-modules.ts'

const parseLines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LogLine)

test('the lines of a Python bot have its calling module, and its metrics are updated in the same call', async (t) => {
  const out = await logProgram(
    t,
    '',
    `
def filled(fields):
    metrics.order_latency_ms.labels(symbol=fields["symbol"]).observe(fields["latency_ms"])
log = TradingbotLog(console="json", updates={"order_filled": filled, "heartbeat": lambda fields: metrics.balance_usdt.set(fields["balance"])})
exec(compile("log.events.order_filled(**good)", "/opt/trading/strategy.py", "exec"))
log.events.heartbeat(uptime=5, open_positions=3, balance=7.5)
print(json.dumps([registry.get_sample_value("tradingbot_order_latency_ms_count", {"symbol": "BTCUSDT"}), registry.get_sample_value("tradingbot_balance_usdt")]))
`,
  )
  if (out === undefined) return
  const [line = '', values] = out.trimEnd().split('\n')
  const { ts, run, ...rest } = JSON.parse(line) as LogLine
  assert.deepEqual(Object.entries(rest), [
    ['level', 'info'],
    ['module', 'strategy'],
    ['bot', 'tradingbot'],
    ['event', 'order_filled'],
    ['symbol', 'BTCUSDT'],
    ['side', 'buy'],
    ['price', 65_000],
    ['amount', 0.01],
    ['latency_ms', 45.2],
    ['msg', 'order_filled: BTCUSDT'],
    ['seq', 1],
  ])
  assert.match(line, new RegExp(`^{"level":"info","ts":"${ts}","module":.*,"run":"${run}","seq":1}$`))
  // The heartbeat is below the level: its metric is updated, and no line is written.
  assert.equal(values, '[1.0, 7.5]')
})

test('other loggers, exceptions and own handlers of a Python bot have the same redacted and numbered lines', async (t) => {
  const folder = logFolder(t)
  const out = await logProgram(
    t,
    folder,
    `
import io
logging.basicConfig(stream=sys.stdout, format="the root logger: %(message)s")
log = TradingbotLog(console="off", file=folder + "/bot.jsonl", bot="other-name")
text = io.StringIO()
own = logging.StreamHandler(text)
own.setFormatter(log.formatter)
log.logger.addHandler(own)
ccxt = logging.getLogger("ccxt")
ccxt.propagate = False
ccxt.addHandler(log.handler)
log.events.balance_update(balance=1, pnl=2, pnl_pct=3)
ccxt.info("below the level")
ccxt.warning("asked with apiKey=%s", "abc123", extra={"password": "hunter22", "seq": 99, "tries": float("inf")})
ccxt.critical("%d tries", "many")
try:
    raise KeyError("one")
except KeyError:
    ccxt.exception("failed")
log.logger.setLevel("ERROR")
log.events.balance_update(balance=1, pnl=2, pnl_pct=3)
logging.disable(logging.ERROR)
log.events.api_error(endpoint="/", error="", latency_ms=1)
assert text.getvalue() == open(folder + "/" + os.listdir(folder)[0]).read()
`,
  )
  if (out === undefined) return
  assert.equal(out, '')
  const lines = linesIn(folder).map((line) => {
    const { ts: _ts, run: _run, err, ...rest } = JSON.parse(line) as LogLine & { err?: { stack: string } }
    return err === undefined ? rest : { ...rest, err: { ...err, stack: err.stack.split('\n').at(-2) } }
  })
  const common = { module: '<string>', bot: 'other-name' }
  assert.deepEqual(lines, [
    {
      level: 'info',
      ...common,
      event: 'balance_update',
      balance: 1,
      pnl: 2,
      pnl_pct: 3,
      msg: 'balance_update',
      seq: 1,
    },
    {
      level: 'warn',
      ...common,
      password: '[redacted]',
      tries: 'Infinity',
      msg: 'asked with apiKey=[redacted]',
      seq: 2,
    },
    { level: 'fatal', ...common, msg: '%d tries', seq: 3 },
    {
      level: 'error',
      ...common,
      err: { type: 'KeyError', message: "'one'", stack: "KeyError: 'one'" },
      msg: 'failed',
      seq: 4,
    },
  ])
})

test('with strict, as in tests, invalid fields and updates that raise do so', async (t) => {
  const out = await logProgram(
    t,
    '',
    `
def broken(fields):
    raise RuntimeError("it raises")
log = TradingbotLog(console="off", strict=True, updates={"heartbeat": broken})
for call in (lambda: log.events.balance_update(balance="7", pnl=1, pnl_pct=2), lambda: log.events.heartbeat(uptime=1, open_positions=2, balance=3)):
    try:
        call()
    except (ValueError, RuntimeError) as error:
        print(f"{type(error).__name__}: {error}")
try:
    log.events.balanced()
except AttributeError as error:
    print(error)
`,
  )
  if (out === undefined) return
  assert.deepEqual(out.trimEnd().split('\n'), [
    "ValueError: events.balance_update: balance is '7', expected a finite number",
    'RuntimeError: it raises',
    "'TradingbotEvents' object has no attribute 'balanced'",
  ])
})

test('no two lines of threads and forked processes of a Python bot have the same number in the same run', async (t) => {
  const folder = logFolder(t)
  const out = await logProgram(
    t,
    folder,
    `
import threading
log = TradingbotLog(console="off", file=folder + "/bot.jsonl")
def work():
    for _ in range(200):
        log.events.order_filled(**good)
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
child = os.fork()
work()
if child == 0:
    os._exit(0)
os.waitpid(child, 0)
`,
  )
  if (out === undefined) return
  const lines = parseLines(linesIn(folder).join('\n'))
  const runs = [...new Set(lines.map(({ run }) => run))]
  assert.deepEqual(
    runs
      .map((id) => lines.filter(({ run }) => run === id).map(({ seq }) => seq))
      .map((numbers) => numbers.sort((a, b) => a - b).every((number, i) => number === i + 1) && numbers.length),
    [1000, 200],
  )
})

test('an event and its fields may have names that Python cannot use, but not those of a line', async (t) => {
  const python = await needsPython(t)
  if (python === undefined) return
  const fields = { from: stringField, 'order-id': numberField(items), class: oneOf('"', 'b\\'), 확인: booleanField }
  const odd = { help: 'Says """hi""" \\.', level: 'warn', fields } as const
  writeModule({
    ...loggingBot,
    name: 'odd',
    events: logEvents({ lambda: logEvent(odd), nothing: logEvent({ ...odd, fields: {} }) }),
  })
  writeModule({
    ...loggingBot,
    name: 'taken',
    // which does not compile in logEvent()
    events: logEvents({ odd: { ...logEvent({ ...odd, fields: {} }), fields: { seq: stringField } } }),
  })
  const program = `
from odd_metrics import OddLog
from taken_metrics import TakenLog
log = OddLog(console="json", strict=True)
log.events.lambda_(from_="a", order_id=1, class_="b\\\\", 확인=True)
log.events.nothing()
try:
    TakenLog()
except ValueError as error:
    print(error)
`
  const [first = '', second = '', error] = (await python.run(program, moduleFolder)).trimEnd().split('\n')
  assert.ok(
    first.includes('"event":"lambda","from":"a","order-id":1,"class":"b\\\\","확인":true,"msg":"lambda"'),
    first,
  )
  assert.ok(second.includes('"event":"nothing","msg":"nothing"'), second)
  assert.equal(error, "odd has a field 'seq', which lines already have: rename the field")
})

test('a bot without events has no log in its module', () => {
  const text = writeModule(mcbot)
  assert.deepEqual(
    ['import sys', 'TYPE_CHECKING', 'class _Lines', 'McbotLog'].filter((word) => text.includes(word)),
    [],
  )
})
