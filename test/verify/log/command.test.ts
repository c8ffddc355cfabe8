import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { runCommandLine } from '../../../generators/command-line/run.ts'
import { commands } from '../../../generators/commands/table.ts'
import { repositoryRoot, runVerify } from '../command.ts'
import { line, logContract } from './fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'botwatch-verify-log-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const withContract = ['--contract', file('contract.json', JSON.stringify(logContract))]

/** `botwatch verify` in this process, which is faster than one of its own. */
async function runHere(args: readonly string[]) {
  const [stdout, stderr]: [string[], string[]] = [[], []]
  const streams = { out: (text: string) => stdout.push(text), err: (text: string) => stderr.push(text) }
  const status = await runCommandLine(['verify', ...args], commands, () => '', streams)
  return { status, stdout: stdout.join(''), stderr: stderr.join('') }
}
const others =
  'order_placed, order_failed, position_opened, position_closed, signal_generated, risk_alert, api_error, balance_update, heartbeat'
const waiting = `declared, not in the log (9): ${others}\n\n`

test('a log that fits: exit 0, the events that do not occur, and one line', async () => {
  const path = file('good.jsonl', `${line(1)}\n${line(2)}\n`)
  assert.deepEqual(await runVerify(['--log', path, ...withContract, '--strict']), {
    status: 0,
    stdout: `${waiting}${path} fits the contract of tradingbot: 2 lines, 1 of 10 events seen\n`,
    stderr: '',
  })
})

const bad = [
  line(1),
  line(2, { price: '65000' }),
  'Traceback (most recent call last):',
  line(3, { price: '65001', side: 'long' }),
  JSON.stringify({ level: 'info', msg: 'redis connected' }),
  line(4).slice(0, 40),
].join('\n')

test('a log that does not fit: exit 1, the same findings in one row, as text from stdin', async () => {
  assert.deepEqual(await runVerify(['--log', '-', ...withContract], undefined, bad), {
    status: 1,
    stdout: `refused (3)
  LINE     COUNT  EVENT         WHAT   GIVEN                                 EXPECTED
  stdin:2  2      order_filled  type   price: "65000"                        a finite number
      → pass a finite number, not text
  stdin:3  1                    json   "Traceback (most recent call last):"  a JSON object
      → it is text: write one JSON object per line, or this line is stored as text, without an event
  stdin:4  1      order_filled  value  side: "long"                          "buy", "sell"
      → declare the value, or log a declared one

allowed unless --strict is given (1)
  LINE     COUNT  EVENT  WHAT      GIVEN                   EXPECTED
  stdin:5  1             no-event  msg: "redis connected"  an event
      → nothing, if a library writes it: it can be searched, but no panel or alert reads it

${waiting}not checked, since the line has no end yet: stdin:6

stdin does not fit the contract of tradingbot: 3 findings; 5 lines, 2 without an event, 1 of 10 events seen
`,
    stderr: '',
  })
})

test('several files are one log, and the report can be JSON', async () => {
  const [first, second] = [file('bot.1.jsonl', `${line(1)}\n`), file('bot.2.jsonl', `${line(2, { bot: 'x' })}\n`)]
  const { status, stdout, stderr } = await runHere(['--log', first, second, ...withContract, '--json'])
  assert.deepEqual([status, stderr], [1, ''])
  assert.deepEqual(JSON.parse(stdout), {
    fits: false,
    bot: 'tradingbot',
    files: [first, second],
    lines: 2,
    events: 2,
    declared: 10,
    seen: ['order_filled'],
    waiting: others.split(', '),
    unfinished: [],
    findings: [
      {
        code: 'bot',
        event: null,
        given: 'bot: "x"',
        expected: 'tradingbot',
        fix: 'if it is the log of another bot, choose its contract; otherwise log under the name of the definitions',
        file: second,
        line: 1,
        refused: true,
        count: 1,
      },
    ],
    more: {},
  })
})

test('of 200,000 lines, half of them wrong in ways of their own, all are counted and few are printed', async () => {
  const lines = Array.from({ length: 200_000 }, (_, i) =>
    line(i + 1, {
      ts: new Date(Date.parse('2026-11-30T00:00:00Z') + i).toISOString(),
      ...(i % 2 === 0 ? {} : { [`field${i}`]: i, symbol: i, event: i % 20 === 1 ? `event${i}` : 'order_filled' }),
    }),
  )
  const path = file('long.jsonl', `${lines.join('\n')}\n`)
  const { status, stdout } = await runHere(['--log', path, ...withContract, '--json'])
  const report = JSON.parse(stdout) as {
    lines: number
    events: number
    findings: { code: string; count: number }[]
    more: object
  }
  const counts = (code: string) => report.findings.filter((one) => one.code === code).map(({ count }) => count)
  assert.deepEqual([status, report.lines, report.events], [1, 200_000, 200_000])
  assert.deepEqual(counts('type'), [90_000])
  assert.deepEqual(
    counts('event'),
    Array.from({ length: 20 }, () => 1),
  )
  assert.deepEqual(
    counts('extra'),
    Array.from({ length: 20 }, () => 1),
  )
  assert.deepEqual([report.findings.length, report.more], [41, { event: 9980, extra: 89_980 }])
  assert.ok(stdout.length < 20_000)
})

test('what cannot be compared: exit 2, and a message for each file', async () => {
  const [contract = '', path = ''] = withContract
  const noEvents = file('no-events.json', JSON.stringify({ ...logContract, events: [] }))
  const free = file('free.jsonl', '{"msg":"connected"}\n')
  const zipped = file('bot.jsonl.gz', gzipSync(`${line(1)}\n`))
  const none = 'no such file, expected a log with one JSON object per line'
  const cases: readonly (readonly [readonly string[], string])[] = [
    [['a.jsonl', 'b.jsonl', ...withContract], `a.jsonl: ${none}\nb.jsonl: ${none}`],
    [[folder, ...withContract], `${folder}: it is a folder, expected a log file`],
    [
      [file('empty.jsonl', ''), ...withContract],
      `${join(folder, 'empty.jsonl')}: it is empty: nothing can be compared`,
    ],
    [[zipped, ...withContract], `${zipped}: it is compressed with gzip: zcat FILE | botwatch verify --log -`],
    [[free, contract, noEvents], 'tradingbot declares no log events: nothing can be compared'],
    [[free, contract, path], 'no line has an event: nothing was compared'],
  ]
  for (const [args, why] of cases) {
    const { status, stderr } = await runHere(['--log', ...args])
    const lines = why.split('\n').map((one) => `botwatch verify: ${one}\n`)
    assert.deepEqual([status, stderr], [2, lines.join('')])
  }
})

test('options of a scrape, no file and the same file twice are wrong usage', async () => {
  const cases: readonly (readonly [readonly string[], string])[] = [
    [['--log'], 'missing file, e.g. botwatch verify --log logs/bot.jsonl, or - for stdin'],
    [['--log', 'a', '--watch'], '--watch and --log cannot be used together: it is about a scrape'],
    [['--log', 'a', '--format', 'text'], '--format and --log cannot be used together: it is about a scrape'],
    [['--log', 'a', '--token-file', 'b'], '--token-file and --log cannot be used together: it is about a scrape'],
    [['--log', 'a', 'b', 'a'], 'a is given twice: its lines would count as duplicates'],
    [[], 'missing URL or file, e.g. botwatch verify http://127.0.0.1:8000/metrics'],
    [['a', 'b'], 'unexpected argument b: only with --log may there be several files'],
  ]
  for (const [args, why] of cases)
    assert.deepEqual(await runHere([...args, ...withContract]), {
      status: 2,
      stdout: '',
      stderr: `botwatch verify: ${why}\nsee botwatch verify --help\n`,
    })
})

test('Ctrl-C ends the reading of a log that is being followed, and what was read is reported', async () => {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'generators/main.ts', 'verify', '--log', '-', ...withContract],
    {
      cwd: repositoryRoot,
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  const output = text(child.stdout)
  // More than a pipe holds: once all of it is written, the command is reading.
  const lines = Array.from({ length: 5000 }, (_, i) => `${line(i + 1, { ts: '2026-11-30T00:00:00Z' })}\n`)
  await new Promise((resolve) => child.stdin.write(lines.join(''), resolve))
  child.kill('SIGINT')
  const [status] = (await once(child, 'close')) as [number]
  const [, count] =
    /stdin fits the contract of tradingbot: (\d+) lines, 1 of 10 events seen\n$/.exec(await output) ?? []
  assert.equal(status, 0)
  assert.ok(Number(count) > 4000 && Number(count) <= 5000, count)
})
