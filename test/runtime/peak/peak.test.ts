import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { closeSync, constants, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { createPeak } from '../../../runtime/peak/index.ts'
import { temporaryFolder } from '../../fixtures/on-disk.ts'

const start = '2026-11-30T09:00:00.000Z'

/** A peak of an equity that the test sets, and that is first asked for at `start` or another time. */
function setUp(t: TestContext, file = join(temporaryFolder(t), 'peak.json'), at = start) {
  let [equity, transferred, failures]: [unknown, number, number] = [undefined, 0, 0]
  const said: string[] = []
  const peak = createPeak(
    () => {
      if (equity instanceof Error) throw equity
      return equity as number
    },
    {
      file,
      transferred: () => transferred,
      errors: { inc: () => failures++ },
      now: () => Date.parse(at),
      log: (message) => said.push(message.replaceAll(file, 'FILE')),
    },
  )
  t.after(peak.end)
  return {
    peak,
    file,
    said,
    failures: () => failures,
    /** The peak and the drawdown at an equity, after what was deposited in all. */
    at: (value: unknown, deposited = transferred) => {
      ;[equity, transferred] = [value, deposited]
      return [peak.value(), peak.drawdown()]
    },
  }
}

test('the peak only rises, and the drawdown is a share of it', (t) => {
  const { at } = setUp(t)
  assert.deepEqual(
    [100, 80, 120, 90, 120].map((equity) => at(equity)),
    [
      [100, 0],
      [100, 0.2],
      [120, 0],
      [120, 0.25],
      [120, 0],
    ],
  )
})

test('a restart does not heal a drawdown', async (t) => {
  const before = setUp(t)
  before.at(200)
  before.at(150)
  await before.peak.end()
  assert.equal(readFileSync(before.file, 'utf8'), `{"peak":200,"transferred":0,"since":"${start}"}\n`)
  const after = setUp(t, before.file)
  assert.deepEqual(after.at(150), [200, 0.25])
  assert.deepEqual([after.said, after.failures()], [[], 0])
})

test('it says since when the peak is kept, which only a lost state file changes', async (t) => {
  const { at, peak, file } = setUp(t)
  assert.equal(peak.since(), undefined)
  at(100)
  at(120)
  assert.equal(peak.since(), Date.parse(start))
  await peak.end()
  const later = '2026-12-01T09:00:00.000Z'
  const restarted = setUp(t, file, later)
  restarted.at(130)
  assert.equal(restarted.peak.since(), Date.parse(start))
  await restarted.peak.end()
  rmSync(file)
  const afresh = setUp(t, file, later)
  afresh.at(90)
  assert.equal(afresh.peak.since(), Date.parse(later))
})

test('a state file that does not say since when keeps its peak', (t) => {
  const file = join(temporaryFolder(t), 'peak.json')
  writeFileSync(file, '{"peak":200,"transferred":0}\n')
  const { at, peak, said } = setUp(t, file)
  assert.deepEqual([at(150), peak.since(), said], [[200, 0.25], Date.parse(start), []])
})

test('a file that a person wrote needs only the peak; one of zero begins a new peak without losing its age', (t) => {
  const file = join(temporaryFolder(t), 'peak.json')
  writeFileSync(file, '{"peak":200}')
  assert.deepEqual(setUp(t, file).at(150, 40), [200, 0.25])
  writeFileSync(file, '{"peak":0,"since":"2026-11-01T00:00:00Z"}')
  const begunAgain = setUp(t, file)
  assert.deepEqual([begunAgain.at(150, 40), begunAgain.peak.since()], [[150, 0], Date.parse('2026-11-01T00:00:00Z')])
})

test('a deposit and a withdrawal leave the drawdown as it is, also while the bot is down', async (t) => {
  const { at, peak, file } = setUp(t)
  at(100)
  assert.deepEqual(at(90), [100, 0.1])
  assert.deepEqual(at(45, -45), [50, 0.1])
  assert.deepEqual(at(90, 0), [100, 0.1])
  await peak.end()
  const after = setUp(t, file)
  assert.deepEqual(after.at(180, 90), [200, 0.1])
  // everything is withdrawn, and the account starts again
  assert.deepEqual(after.at(0, -90), [0, undefined])
  assert.deepEqual(after.at(500, 410), [500, 0])
})

test('what is unknown, or not above zero, has no drawdown; what is not a number is reported', (t) => {
  const { at, said, failures } = setUp(t)
  assert.deepEqual(
    [undefined, -5, -10, Number.NaN, new Error('no connection'), 5].map((equity) => at(equity)),
    [
      [undefined, undefined],
      [-5, undefined],
      [-5, undefined],
      [-5, undefined],
      [-5, undefined],
      [5, 0],
    ],
  )
  assert.equal(failures(), 4)
  assert.deepEqual(said, [
    'botwatch: peak: the value is NaN, expected a finite number, or undefined while it is unknown; repeats are counted, not logged',
  ])
})

test('a file that is damaged is reported, and replaced', async (t) => {
  const file = join(temporaryFolder(t), 'peak.json')
  writeFileSync(file, '{"peak":"high"}')
  const { at, peak, said } = setUp(t, file)
  assert.deepEqual(at(7), [7, 0])
  await peak.end()
  assert.equal(readFileSync(file, 'utf8'), `{"peak":7,"transferred":0,"since":"${start}"}\n`)
  assert.deepEqual(said, [
    'botwatch: peak: FILE is not a state file of a peak and is replaced; the value is captured now instead; repeats are counted, not logged',
  ])
})

test('a disk that hangs is reported, and holds up the shutdown for seconds only', async (t) => {
  const { at, peak, file, said, failures } = setUp(t)
  const beside = `${file}.${process.pid}.tmp`
  // opening it waits for a reader
  execFileSync('mkfifo', [beside])
  at(7)
  await peak.end()
  const reader = openSync(beside, constants.O_RDONLY | constants.O_NONBLOCK)
  // the write ends, and the file is renamed
  while (existsSync(beside)) await delay(20, undefined, { signal: t.signal })
  closeSync(reader)
  assert.deepEqual(said.slice(0, 1), [
    'botwatch: peak: cannot write FILE (the disk does not answer); it is tried again, but a restart before that loses the value; repeats are counted, not logged',
  ])
  assert.ok(failures() > 0)
})
