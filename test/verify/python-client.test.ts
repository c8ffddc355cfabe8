import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { runVerify } from './command.ts'
import { contract } from './fixture.ts'
import { needsPython, type Python } from './python.ts'

const folder = mkdtempSync(join(tmpdir(), 'botwatch-python-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const contractFile = join(folder, 'contract.json')
writeFileSync(contractFile, JSON.stringify(contract))

/** A bot written by hand with the official client, with its standard server and what that adds. */
const bot = `
import sys, time
from prometheus_client import Counter, Enum, Gauge, Histogram, Info, start_http_server

bars = Counter("tb_bars", "Bars seen.")
orders = Counter("tb_orders", "Orders by outcome.", ["side", "status"])
fills = Counter("tb_fills", "Fills.", ["symbol", "side"])
fees = Counter("tb_fees", "Fees paid.", unit="usdt")
equity = Gauge("tb_equity", "Value of the portfolio.", unit="usdt")
open_orders = Gauge("tb_open_orders", "Orders on the book.", ["side"])
position = Gauge("tb_position_size", "Held, in coins.", ["symbol", "side"])
started = time.monotonic()
loop_age = Gauge("tb_loop_age_seconds", "Since the last turn of the loop.", unit="seconds")
loop_age.set_function(lambda: time.monotonic() - started)
feed_age = Gauge("tb_feed_age_seconds", "Since the last message of a feed.", ["symbol"], unit="seconds")
latency = Histogram("tb_latency_seconds", "Request to fill.", ["side"], buckets=(0.05, 1, 10), unit="seconds")
slippage = Histogram("tb_slippage_bps", "Positive costs money.", ["symbol"], buckets=(-20, 0, 20), unit="bps")
info = Info("tb", "What runs.")
info.info({"version": "1", "exchange": "binance"})
mode = Enum("tb_trading_mode", "Mode of trading.", states=["paper", "live"])

for side in ("buy", "sell"):
    for status in ("filled", "rejected"):
        orders.labels(side, status)
    open_orders.labels(side).set(0)
    latency.labels(side)

def trade():
    for side in ("buy", "sell"):
        fills.labels("BTCUSDT", side).inc(exemplar={"trace_id": 'a"b'})
    position.labels('odd " \\\\ \\n name', "buy").set(float("1e-9"))
    feed_age.labels("BTCUSDT").set(1)
    latency.labels("buy").observe(0.3, {"trace_id": "c"})
    slippage.labels("BTCUSDT").observe(-3)

DEFECT

server, thread = start_http_server(0, "127.0.0.1")
print(server.server_port, flush=True)
for line in sys.stdin:
    exec(line)
    print("done", flush=True)
`

interface Running {
  readonly url: string
  /** Makes the bot run a line of Python. */
  readonly tell: (line: string) => Promise<void>
}

async function running(python: Python, defect: string, use: (bot: Running) => Promise<void>) {
  const child = spawn(python.command, ['-c', bot.replace('DEFECT', defect)], {
    env: python.env,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  try {
    const { value: port } = await lines.next()
    const tell = async (line: string) => {
      child.stdin.write(`${line}\n`)
      assert.equal((await lines.next()).value, 'done')
    }
    await use({ url: `http://127.0.0.1:${port}/metrics`, tell })
  } finally {
    child.kill('SIGKILL')
    await ended
  }
}

/** What `verify` reports for it: its exit code, and for each finding the code, the metric, what was given and expected. */
async function told(url: string, format: string, ...more: readonly string[]) {
  const { status, stdout, stderr } = await runVerify([
    url,
    '--contract',
    contractFile,
    '--json',
    '--format',
    format,
    ...more,
  ])
  assert.equal(stderr, '')
  const report = JSON.parse(stdout) as {
    readonly waiting: readonly string[]
    readonly seen: readonly string[]
    readonly findings: readonly Record<string, string>[]
  }
  const of = (refused: boolean) =>
    report.findings
      .filter((finding) => (finding['refused'] as unknown) === refused)
      .map((finding) => [finding['code'], finding['metric'], finding['given'], finding['expected']])
  return { status, ...report, refused: of(true), named: of(false).map(([code, metric]) => `${code} ${metric}`) }
}

test('a correct Python bot with the official client passes, before and after its first events', async (t) => {
  const python = await needsPython(t)
  if (python === undefined) return
  await running(python, '', async ({ url, tell }) => {
    for (const format of ['text', 'openmetrics']) {
      const { status, refused, waiting } = await told(url, format)
      assert.deepEqual([status, refused], [0, []], format)
      assert.deepEqual(waiting, ['tb_fills_total', 'tb_position_size', 'tb_feed_age_seconds', 'tb_slippage_bps'])
    }
    await tell('trade()')
    for (const format of ['text', 'openmetrics']) {
      const { status, refused, waiting, seen, named } = await told(url, format)
      assert.deepEqual([status, refused, waiting, seen.length], [0, [], [], 13], format)
      assert.ok(
        named.includes('from-client python_info') && named.includes('from-client tb_slippage_bps'),
        String(named),
      )
      assert.ok(named.every((one) => one.startsWith('from-client ')))
      const strict = await told(url, format, '--strict')
      assert.deepEqual([strict.status, strict.refused.length], [1, named.length])
    }
  })
})

test('--watch sees what a Python bot exposes only after its first events', async (t) => {
  const python = await needsPython(t)
  if (python === undefined) return
  await running(python, '', async ({ url, tell }) => {
    const watching = runVerify([url, '--contract', contractFile, '--watch', '--within', '60s'])
    await tell('import threading; threading.Timer(1.5, trade).start()')
    const { status, stdout } = await watching
    assert.equal(status, 0)
    assert.match(stdout, /fits the contract of tb: 13 of 13 metrics seen/)
  })
})

const usdt = 'tb_equity_usdt'
const defects: readonly (readonly [string, string, string, readonly (readonly (string | undefined)[])[]])[] = [
  [
    'a metric is missing',
    'from prometheus_client import REGISTRY; REGISTRY.unregister(fees)',
    'text',
    [['missing', 'tb_fees_usdt_total', 'nothing', 'a counter: "Fees paid."']],
  ],
  [
    'a metric is not declared',
    'Gauge("tb_extra", "More.")',
    'text',
    [['undeclared', 'tb_extra', 'gauge, 1 series: "More."', 'only what the contract declares']],
  ],
  [
    'a counter is declared as a gauge',
    'from prometheus_client import REGISTRY; REGISTRY.unregister(bars); Gauge("tb_bars_total", "Bars seen.")',
    'openmetrics',
    [['type', 'tb_bars_total', 'gauge', 'counter']],
  ],
  [
    'a help text differs, and a unit is missing',
    `from prometheus_client import REGISTRY; REGISTRY.unregister(equity); Gauge("${usdt}", "Money.")`,
    'openmetrics',
    [
      ['help', usdt, '"Money."', '"Value of the portfolio."'],
      ['unit', usdt, 'no UNIT line', 'usdt'],
    ],
  ],
  [
    'an info has the suffix _info twice',
    'from prometheus_client import REGISTRY; REGISTRY.unregister(info); i = Info("tb_info", "What runs."); i.info({"version": "1", "exchange": "binance"})',
    'openmetrics',
    [['name', 'tb_info', 'tb_info_info', 'tb_info']],
  ],
  [
    'a label is missing, and another is extra',
    'from prometheus_client import REGISTRY; REGISTRY.unregister(fills); Counter("tb_fills", "Fills.", ["symbol", "env"]).labels("BTCUSDT", "live").inc()',
    'text',
    [['labels', 'tb_fills_total', 'env, symbol (1 series)', 'symbol, side']],
  ],
  [
    'a closed label has an undeclared value',
    'orders.labels("buy", "expired").inc()',
    'text',
    [['value', 'tb_orders_total', 'status: "expired"', '"filled", "rejected"']],
  ],
  [
    "buckets are the client's defaults",
    'from prometheus_client import REGISTRY; REGISTRY.unregister(latency); latency = Histogram("tb_latency_seconds", "Request to fill.", ["side"], buckets=(1, 10, 60)); [latency.labels(s) for s in ("buy", "sell")]',
    'text',
    [
      ['buckets', 'tb_latency_seconds', 'no bound 0.05 (2 series)', '0.05, 1, 10'],
      ['buckets', 'tb_latency_seconds', 'bound 60 (2 series)', '0.05, 1, 10'],
    ],
  ],
  [
    'a label has more values than its budget',
    'for i in range(5): position.labels(f"c{i}", "buy").set(1)',
    'openmetrics',
    [['over-budget', 'tb_position_size', 'symbol: 5 values, among them "c3", "c4"', 'at most 3']],
  ],
  ['a gauge is NaN', 'equity.set(float("nan"))', 'text', [['number', usdt, 'NaN', 'a finite number']]],
]

for (const [name, defect, format, expected] of defects)
  test(`a violation by a Python bot is reported: ${name}`, async (t) => {
    const python = await needsPython(t)
    if (python === undefined) return
    await running(python, defect, async ({ url }) => {
      const { status, refused } = await told(url, format)
      assert.deepEqual([status, refused], [1, expected])
    })
  })
