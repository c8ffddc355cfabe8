import assert from 'node:assert/strict'
import { test } from 'node:test'
import { line, reportOf, reportOfFiles } from './fixture.ts'

const again = 'give each file once, and let one process write a run: its lines count once'
const lost = 'give all files of the run; if these are all, lines were lost: was the disk full?'

/** The findings about numbers in a log with these, each of run `r1` unless it says another. */
async function found(...numbers: readonly (number | readonly [run: string, seq: number])[]) {
  const lines = numbers.map((one) => (typeof one === 'number' ? line(one) : line(one[1], { run: one[0] })))
  const { findings } = await reportOf(lines.map((one) => `${one}\n`).join(''))
  return findings
    .filter(({ code }) => code !== 'time')
    .map(({ code, line: at, count, given, expected, fix }) => [code, at, count, given, expected, fix])
}

test('numbers in order have no findings, wherever they begin', async () => {
  assert.deepEqual(await found(1, 2, 3), [])
  assert.deepEqual(await found(501, 502, ['r2', 1], ['r2', 2]), [])
})

test('neither has a line that another thread wrote a little later', async () => {
  assert.deepEqual(await found(2, 1, 4, 6, 5, 3), [])
})

test('a gap is at the line after it, and counts the lines that are missing', async () => {
  assert.deepEqual(await found(1, 2, 5, 6, 10), [['gap', 3, 5, 'seq 5 after 2 in run "r1"', 'seq 3', lost]])
})

test('a number that occurs again is reported, in each run by itself', async () => {
  assert.deepEqual(await found(1, ['r2', 1], 2, 1, ['r2', 1], 2), [
    ['duplicate', 4, 3, 'seq 1 of run "r1" again', 'each seq once', again],
  ])
})

test('a run goes on in the next file, in whatever order the files are given', async () => {
  const files = { 'bot.10.jsonl': `${line(3)}\n`, 'bot.2.jsonl': `${line(1)}\n${line(2)}\n` }
  assert.deepEqual((await reportOfFiles(files)).findings, [])
  const without = await reportOfFiles({ ...files, 'bot.2.jsonl': `${line(1)}\n` })
  assert.deepEqual(
    without.findings.map(({ file, code, given }) => [file, code, given]),
    [['bot.10.jsonl', 'gap', 'seq 3 after 1 in run "r1"']],
  )
})

test('more gaps and more runs than are remembered are counted all the same', async () => {
  const odd = Array.from({ length: 3000 }, (_, i) => 2 * i + 1)
  assert.deepEqual(
    (await found(...odd)).map(([code, at, count]) => [code, at, count]),
    [['gap', 2, 2999]],
  )
  const runs = Array.from({ length: 3000 }, (_, i) => [[`r${i}`, 1] as const, [`r${i}`, 3] as const]).flat()
  assert.deepEqual(
    (await found(...runs)).map(([code, at, count]) => [code, at, count]),
    [['gap', 2, 3000]],
  )
})
