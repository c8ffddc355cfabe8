import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { tradingbot } from '../../definitions/tradingbot/index.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { pythonOutput } from '../../generators/outputs/python/python.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { samplesOf } from '../demo/paper-run.ts'
import { logReport, metricsReport } from '../demo/tradingbot/contract.ts'
import { type Line, linesInLog, tradingRun } from '../demo/tradingbot/trading-run.ts'
import { needsMypy, needsPython, type Python } from '../verify/python.ts'
import { linesIn, logFolder } from '../verify/python-logs.ts'

// The bot of the log pipeline in Python, on its generated module, plays what happened to the paper bot.

const modules = mkdtempSync(join(tmpdir(), 'botwatch-python-tradingbot-'))
after(() => rmSync(modules, { recursive: true, force: true }))
for (const [path, module] of pythonOutput(resolve(tradingbot, containerTopology).model))
  writeFileSync(join(modules, path.replace('python/', '')), module)
const program = join(import.meta.dirname, 'tradingbot.py')

type Happening = Readonly<Record<string, unknown>>

/** Fifteen minutes of the paper bot, calm and under faults: its lines and its exposition. */
async function paperTrades() {
  const run = await tradingRun('python', { start: Date.now() })
  run.steps(1000)
  for (const fault of ['api-errors', 'failing-orders', 'slow-orders'] as const) {
    run.turn(fault, true)
    run.steps(200)
    run.turn(fault, false)
    run.steps(100)
  }
  const exposition = await run.text()
  return { exposition, lines: linesInLog(await run.end()) }
}

/** What the exchange did, without what the bot makes of it: an order, its fill or failure, and the account. */
function happeningsIn(lines: readonly Line[]): readonly Happening[] {
  const at = Date.now() / 1000
  return lines.flatMap(({ event, level: _l, bot: _b, msg: _m, ...fields }, i): readonly Happening[] => {
    if (event === 'signal_generated') return [{ what: 'signal', ...fields }]
    if (event === 'order_placed') return [{ what: 'order', ...fields }]
    const { order_id, price, latency_ms, reason, error } = fields
    if (event === 'order_filled') {
      const balance = lines[i + 1]?.['balance']
      return [{ what: 'fill', order_id, price, latency_ms, ...(balance === undefined ? {} : { balance }) }]
    }
    if (event === 'order_failed') return [{ what: 'failure', order_id, reason, error }]
    if (event === 'api_error') return [{ what: 'failed_call', ...fields }]
    if (event === 'balance_update') return [{ what: 'account', ...fields, at }]
    const { uptime, balance } = fields
    return event === 'heartbeat' ? [{ what: 'beat', uptime, balance, at }] : []
  })
}

/** Plays happenings in Python, by default with the bot itself; what it prints, and what it complains about. */
async function played(python: Python, file: string, happenings: readonly Happening[], run = program) {
  const child = spawn(python.command, [run, file], {
    cwd: modules,
    env: { ...python.env, PYTHONPATH: `${python.env['PYTHONPATH']}:${modules}` },
  })
  const [printed, complaints] = [text(child.stdout), text(child.stderr)]
  child.stdin.end(happenings.map((one) => `${JSON.stringify(one)}\n`).join(''))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, printed: await printed, complaints: await complaints }
}

const said = (lines: readonly string[]): readonly object[] =>
  lines.map((line) => {
    const { ts: _ts, run: _run, seq: _seq, module, ...rest } = JSON.parse(line)
    assert.equal(module, 'tradingbot')
    return rest
  })

const ofLines =
  /^tradingbot_(orders(_placed|_failed)?_total|signals_total|api_errors_total|order_latency_ms_(sum|count|bucket)|slippage_bps_bucket)\{/
/** The series that lines set, whatever the order of their labels. */
const setByLines = (exposition: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...samplesOf(exposition)]
      .filter(([series, value]) => ofLines.test(series) && value !== 0)
      .map(([series, value]) => {
        const [, name = '', labels = ''] = /^(\w+)\{(.*)\}$/.exec(series) ?? []
        return [`${name}{${labels.split(',').toSorted().join(',')}}`, value] as const
      })
      .toSorted(([a], [b]) => a.localeCompare(b)),
  )

test('for the same trades, Python and TypeScript write the same lines and the same figures, which fit the contract', async (t) => {
  const python = await needsPython(t)
  if (python === undefined) return
  const folder = logFolder(t)
  const { exposition, lines } = await paperTrades()
  const { code, printed, complaints } = await played(python, join(folder, 'tradingbot.jsonl'), happeningsIn(lines))
  assert.deepEqual([code, complaints], [0, ''])
  const written = linesIn(folder)
  assert.deepEqual(said(written), lines)
  assert.deepEqual(setByLines(printed), setByLines(exposition))
  assert.deepEqual((await logReport(`${written.join('\n')}\n`)).findings, [])
  assert.deepEqual(metricsReport(printed).findings, [])
})

test('a log that cannot be opened does not keep the Python bot from trading: its lines are printed', async (t) => {
  const python = await needsPython(t)
  if (python === undefined) return
  const folder = logFolder(t)
  writeFileSync(join(folder, 'taken'), '')
  const { code, printed, complaints } = await played(python, join(folder, 'taken', 'bot.jsonl'), someTrades)
  assert.deepEqual(
    [code, complaints.replaceAll(folder, '.')],
    [0, 'tradingbot: cannot write ./taken/bot.jsonl: File exists: its lines are printed\n'],
  )
  assert.equal(printed.split('\n').filter((line) => line.startsWith('{')).length, linesOfTrades)
  assert.equal(samplesOf(metricsPrinted(printed)).get(filled), 1)
})

test('a full disk costs the Python bot its lines, and neither a trade nor a figure', async (t) => {
  const python = await needsPython(t)
  if (python === undefined) return
  const folder = logFolder(t)
  const limited = join(folder, 'limited.py')
  writeFileSync(
    limited,
    `import resource, runpy
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
runpy.run_path(${JSON.stringify(program)}, run_name="__main__")
`,
  )
  const { code, printed, complaints } = await played(python, join(folder, 'logs/bot.jsonl'), someTrades, limited)
  assert.deepEqual([code, complaints], [0, 'botwatch: the log cannot be written: File too large\n'])
  assert.equal(samplesOf(printed).get(filled), 1)
})

/** A signal, its order and its fill. */
const someTrades: readonly Happening[] = [
  { what: 'signal', symbol: 'BTCUSDT', side: 'buy', price: 65_000 },
  { what: 'order', order_id: 'one', symbol: 'BTCUSDT', side: 'buy', price: 65_000, amount: 0.01 },
  { what: 'fill', order_id: 'one', price: 65_010, latency_ms: 45.2 },
]
const linesOfTrades = 4
const filled = 'tradingbot_orders_total{side="buy",symbol="BTCUSDT"}'
const metricsPrinted = (printed: string) =>
  printed
    .split('\n')
    .filter((line) => !line.startsWith('{'))
    .join('\n')

test('mypy --strict finds nothing in the Python bot', async (t) => {
  const python = await needsMypy(t)
  if (python === undefined) return
  const check = `
import sys
from mypy import api
print(*api.run(["--strict", "--no-incremental", "--no-error-summary", "--python-version", "3.12", *sys.argv[1:]])[:2], sep="")
`
  assert.equal((await python.run(check, modules, [program, 'tradingbot_metrics.py'])).trimEnd(), '')
})
