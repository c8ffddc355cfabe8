import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { folderFor, parseLines, runBot } from './running.ts'

test('every line that is written has the id of its run and the next number, the same in each destination', async (t) => {
  const folder = folderFor(t)
  const options = { console: 'json', level: 'info', file: { path: join(folder, 'bot.jsonl') }, secrets: ['999999'] }
  const { stdout } = await runBot(options, 'end', '3')
  const [{ run: id } = { run: '' }] = parseLines(stdout)
  assert.match(id, /^[0-9a-f]{8}$/)
  // The heartbeat is below the level and leaves no gap; the line with faults and that of another library count as well.
  assert.deepEqual(
    parseLines(stdout).map(({ run, seq }) => [run, seq]),
    Array.from({ length: 8 }, (_, i) => [id, i + 1]),
  )
  for (const line of stdout.trimEnd().split('\n')) assert.match(line, /,"msg":"[^"]*","run":"[0-9a-f]{8}","seq":\d}$/)
  const [file = ''] = readdirSync(folder)
  assert.equal(readFileSync(join(folder, file), 'utf8'), stdout)
})

test('a restarted bot begins at 1 with another id', async () => {
  const starts = await Promise.all([runBot({ console: 'json' }), runBot({ console: 'json' })])
  const [first, second] = starts.map(({ stdout }) => parseLines(stdout)[0])
  assert.deepEqual([first?.seq, second?.seq], [1, 1])
  assert.notEqual(first?.run, second?.run)
})
