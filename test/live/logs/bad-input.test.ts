import assert from 'node:assert/strict'
import { appendFileSync, chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Tool } from '../../../demo/servers/tool.ts'
import { logsBot } from '../../fixtures/logs-bot.ts'
import { needs } from '../../servers/skipped.ts'
import { until } from '../prometheus-api.ts'
import { logPipeline } from './log-stage.ts'
import { ask, computedFigures, storedFigures, storedLines } from './store.ts'

// What happens to lines that no runtime writes, and when the store or the agent cannot do its work. docs/logs.md has the table.

const day = 86_400_000
const now = new Date()
const ts = now.toISOString()
const daysFrom = (days: number) => new Date(now.getTime() + days * day).toISOString()
const line = (fields: object) => JSON.stringify({ level: 'info', ts, event: 'x', msg: 'x', ...fields })
/** A line of about this many bytes. */
const lineOf = (bytes: number) => line({ text: 'x'.repeat(bytes - 100) })
const stream = { bot: 'tb', env: 'paper', instance: 'tb-1' }
const plain = { ...stream, level: 'info', event: 'x', _msg: 'x' }

/** What the store has of a line: null if nothing; texts above a hundred characters as their length. */
const lines: Readonly<Record<string, readonly [given: string | Buffer, stored: object | null]>> = {
  'text that is not JSON': ['Error: refused', { ...stream, _msg: 'Error: refused' }],
  'half a line': ['{"level":"info","ts":"2026-', { ...stream, _msg: '{"level":"info","ts":"2026-' }],
  'JSON, but not an object': ['[1,2]', { ...stream, _msg: '[1,2]' }],
  'an empty line': ['', null],
  'a line of 1 MB': [lineOf(1_000_000), { ...plain, text: '999900 characters' }],
  'a line above 2 MiB': [lineOf(2 ** 21 + 200), null],
  'a line of more than 1000 fields': [
    line(Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`f${n}`, n]))),
    null,
  ],
  'invalid UTF-8': [
    Buffer.concat([Buffer.from('{"event":"x","msg":"a'), Buffer.from([0xff, 0xc3]), Buffer.from('b"}')]),
    { ...stream, event: 'x', _msg: 'a\ufffd\ufffdb' },
  ],
  'binary data': [Buffer.from([0, 1, 0xff]), { ...stream, _msg: '\u0000\u0001\ufffd' }],
  'labels of another process': [
    line({ msg: 'theirs', bot: 'other', env: 'live', instance: 'y' }),
    { ...plain, _msg: 'theirs' },
  ],
  'a time before the retention': [line({ ts: '2020-01-01T00:00:00Z' }), null],
  'a time within the retention': [
    line({ msg: 'old', ts: daysFrom(-5) }),
    { ...plain, _msg: 'old', _time: daysFrom(-5) },
  ],
  'a time within the next two days': [
    line({ msg: 'soon', ts: daysFrom(1) }),
    { ...plain, _msg: 'soon', _time: daysFrom(1) },
  ],
  'a time beyond them': [line({ ts: daysFrom(4) }), null],
  'a time that cannot be read': [line({ ts: 'yesterday' }), { ...plain, ts: 'yesterday' }],
  'no time': [line({ ts: undefined }), plain],
}

test('a bad line is stored as it is or dropped, and the lines after it arrive', async (t) => {
  if ((await needs(t, 'victoria-logs', 'vlagent')) === undefined) return
  const { lines: folder, programs, started } = await logPipeline(t, logsBot)
  const store = await started(programs.victoriaLogs())
  await started(programs.vlagent())
  const cases = Object.entries(lines)
  const bytes = cases.map(([, [given]], n) => [Buffer.from(given), Buffer.from(`\n${line({ good: n })}\n`)])
  writeFileSync(join(folder, 'tb.jsonl'), Buffer.concat(bytes.flat()))
  const wanted = cases.filter(([, [, stored]]) => stored !== null).length
  const stored = await until('the store has all good lines, and those bad ones that it keeps', 60_000, async () => {
    const all = await ask(store.url, '*')
    return all.length === wanted + cases.length ? all : null
  })
  const good = stored.flatMap((one) => (one['good'] === undefined ? [] : [Number(one['good'])]))
  assert.deepEqual(
    good.sort((a, b) => a - b),
    cases.map((_, n) => n),
  )
  const bad = stored.filter((one) => one['good'] === undefined).map(shown)
  for (const [name, [, expected]] of cases) {
    const [place = -1] = bad.flatMap((one, n) => (expected !== null && same(one, expected) ? [n] : []))
    if (expected !== null)
      assert.notEqual(place, -1, `${name}: ${JSON.stringify(expected)} is not in ${JSON.stringify(bad)}`)
    if (place !== -1) bad.splice(place, 1)
  }
  assert.deepEqual(bad, [])
})

test('a text in a field of numbers is in no figure, but is counted as a line', async (t) => {
  if ((await needs(t, 'victoria-logs', 'vlagent')) === undefined) return
  const { lines: folder, programs, started } = await logPipeline(t, logsBot)
  const store = await started(programs.victoriaLogs())
  await started(programs.vlagent())
  // VictoriaLogs would take 250ms and 1KiB for numbers, and "refused" for the greatest of all
  const wrong = ['refused', '250ms', '2s', '1KiB', '1.2.3.4', 'NaN', '', true, null, [500], { a: 1 }]
  // sums of these are exact; the smallest is written as 5.960464477539063e-8
  const right = [100, 200.5, 300, 0.5, -1, 2 ** -24]
  const written = [...wrong, ...right].map((latency_ms, seq) =>
    line({ event: 'order_filled', run: 'r', seq, latency_ms }),
  )
  writeFileSync(join(folder, 'tb.jsonl'), `${written.join('\n')}\n`)
  await until('the store has all lines', 60_000, async () =>
    (await storedLines(store.url)).rows === written.length ? true : null,
  )
  assert.deepEqual(await storedFigures(store.url), computedFigures(right, written.length))
})

test('what is written while the store is down or its disk is full is stored afterwards', async (t) => {
  if ((await needs(t, 'victoria-logs', 'vlagent')) === undefined) return
  const { lines: folder, programs, started } = await logPipeline(t, logsBot)
  const agent = await started(programs.vlagent())
  const write = (seq: number) => appendFileSync(join(folder, 'tb.jsonl'), `${line({ run: 'r', seq })}\n`)
  write(1)
  await until('the agent finds no store', 60_000, async () => (/connection refused/.test(agent.log()) ? true : null))
  write(2)
  const full = await started(programs.victoriaLogs('-storage.minFreeDiskSpaceBytes=1000000GB'))
  await until('the store takes nothing', 60_000, async () => (/read-only mode/.test(agent.log()) ? true : null))
  assert.deepEqual(await ask(full.url, '*'), [])
  write(3)
  await full.stop()
  const store = await started(programs.victoriaLogs())
  write(4)
  await until('the store has all lines', 60_000, async () => ((await storedLines(store.url)).rows === 4 ? true : null))
  const stored = await ask(store.url, '* | fields seq')
  assert.deepEqual(stored.map(({ seq }) => Number(seq)).sort(), [1, 2, 3, 4])
})

test('beyond its quota the store forgets the oldest days, but never the last two', async (t) => {
  if ((await needs(t, 'victoria-logs', 'vlagent')) === undefined) return
  const { lines: folder, programs, started } = await logPipeline(t, logsBot)
  const write = (days: number) =>
    appendFileSync(join(folder, 'tb.jsonl'), `${line({ ts: daysFrom(-days), run: 'r', seq: days })}\n`)
  for (const days of [0, 1, 2, 3]) write(days)
  let store = await started(programs.victoriaLogs())
  await started(programs.vlagent())
  await until('the store has all lines', 60_000, async () => ((await storedLines(store.url)).rows === 4 ? true : null))
  await store.stop()
  store = await started(programs.victoriaLogs('-retention.maxDiskSpaceUsageBytes=1'))
  await until('the store has forgotten', 60_000, async () => ((await storedLines(store.url)).rows === 2 ? true : null))
  write(0)
  await until('the store takes more lines', 60_000, async () =>
    (await storedLines(store.url)).rows === 3 ? true : null,
  )
  const kept = await ask(store.url, '* | fields seq')
  assert.deepEqual(kept.map(({ seq }) => Number(seq)).sort(), [0, 0, 1])
})

test('an agent that may not read a file says so, and reads it from its start once it may', async (t) => {
  const tools = await needs(t, 'victoria-logs', 'vlagent')
  if (tools === undefined) return
  const { folder, lines: files, programs, started } = await logPipeline(t, logsBot)
  const log = join(files, 'tb.jsonl')
  writeFileSync(log, `${line({ run: 'r', seq: 1 })}\n`)
  chmodSync(log, 0)
  const store = await started(programs.victoriaLogs())
  const agent = await started(programs.vlagent(withoutRights(folder, tools.vlagent)))
  await until('the agent says that it may not read the file', 60_000, async () =>
    /tb\.jsonl": permission denied/.test(agent.log()) ? true : null,
  )
  appendFileSync(join(files, 'other.jsonl'), `${line({ run: 'r', seq: 2 })}\n`)
  await until('the store has the line of the other file', 60_000, async () =>
    (await storedLines(store.url)).rows === 1 ? true : null,
  )
  chmodSync(log, 0o644)
  await until('the store has both lines', 60_000, async () => ((await storedLines(store.url)).rows === 2 ? true : null))
})

test('an agent that may not read a folder says nothing, and reads it once it may', async (t) => {
  const tools = await needs(t, 'victoria-logs', 'vlagent')
  if (tools === undefined) return
  const { folder, lines: files, programs, started } = await logPipeline(t, logsBot)
  writeFileSync(join(files, 'tb.jsonl'), `${line({ run: 'r', seq: 1 })}\n`)
  chmodSync(files, 0)
  const store = await started(programs.victoriaLogs())
  const agent = await started(programs.vlagent(withoutRights(folder, tools.vlagent)))
  assert.doesNotMatch(agent.log(), /warn|error/)
  chmodSync(files, 0o755)
  await until('the store has the line', 60_000, async () => ((await storedLines(store.url)).rows === 1 ? true : null))
})

/** The agent as a user that owns nothing: permissions do not apply to root. */
function withoutRights(folder: string, agent: Tool): Tool {
  if (process.getuid?.() !== 0) return agent
  const path = join(folder, 'agent')
  copyFileSync(agent.path, path)
  chmodSync(folder, 0o755)
  mkdirSync(join(folder, 'vlagent'))
  chmodSync(join(folder, 'vlagent'), 0o777)
  return { ...agent, path: 'setpriv', args: ['--reuid=65534', '--regid=65534', '--clear-groups', path, ...agent.args] }
}

/** A stored line as in the table: without what the store adds. */
function shown({ _time, _stream, _stream_id, ...fields }: Readonly<Record<string, string>>): object {
  const long = Object.entries(fields).map(([name, value]) => [
    name,
    value.length > 100 ? `${value.length} characters` : value,
  ])
  // the store leaves out zeros at the end
  return { _time: new Date(_time ?? '').toISOString(), ...Object.fromEntries(long) }
}

const same = (stored: object, expected: object): boolean => {
  const { _time, ...others } = stored as { readonly _time: string }
  try {
    assert.deepEqual('_time' in expected ? { _time, ...others } : others, expected)
    return true
  } catch {
    return false
  }
}
