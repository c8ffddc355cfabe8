import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createDay, createOpeningValue } from '../../../runtime/day/index.ts'
import { temporaryFolder } from '../../fixtures/on-disk.ts'
import { setUp, setUpTransfers } from './set-up.ts'

test('a deposit and a withdrawal are no change, in money and as a share of the opening value', async (t) => {
  const { after, kept, end } = setUpTransfers(t)
  assert.deepEqual(after('01-15T09:30', 200, 30), [0, 0])
  assert.deepEqual(after('01-15T10:00', 150, 30), [-50, -0.25])
  assert.deepEqual(after('01-15T10:01', 75, -45), [-50, -0.25])
  assert.deepEqual(after('01-15T10:02', 300, 180), [-50, -0.25])
  // twice as much is won with the deposit
  assert.deepEqual(after('01-15T11:00', 400, 180), [50, 0])
  await end()
  assert.deepEqual(kept(), {
    days: [
      {
        start: '2026-01-15T00:00:00.000Z',
        value: 200,
        capturedAt: '2026-01-15T09:30:00.000Z',
        transfers: { before: 30, total: 180, basis: 400 },
      },
    ],
    last: { value: 400, at: '2026-01-15T11:00:00.000Z', transferred: 180 },
  })
  assert.deepEqual(after('01-16T00:00', 390, 180), [0, 0])
})

test('a transfer while the bot is down is no change either, and one before an upgrade is not of today', async (t) => {
  const before = setUpTransfers(t)
  before.after('01-15T09:30', 100, 0)
  await before.end()
  const { after, end } = setUpTransfers(t, before.file)
  assert.deepEqual(after('01-15T12:00', 45, -45), [-10, -0.1])
  // everything is withdrawn, and the account starts again
  assert.deepEqual(after('01-15T13:00', 0, -90), [-10, undefined])
  assert.deepEqual(after('01-15T14:00', 500, 410), [-10, 0])
  await end()
  writeFileSync(
    before.file,
    '{"days":[{"start":"2026-01-15T00:00:00.000Z","value":100,"capturedAt":"2026-01-15T00:00:00.000Z"}]}',
  )
  assert.deepEqual(setUpTransfers(t, before.file).after('01-15T15:00', 90, 410), [-10, -0.1])
})

test('without the sum of transfers, each of them is a change', async (t) => {
  const { after, end, file } = setUpTransfers(t)
  after('01-15T09:30', 100, 0)
  after('01-15T10:00', 50, -50)
  await end()
  const { at, relativeChange } = setUp(t, {}, file)
  assert.deepEqual(at('01-15T12:00', 50), [100, -50])
  assert.equal(relativeChange(), -0.5)
})

test('the value is captured once a day and kept in a readable file', async (t) => {
  const { at, end, kept, file, said, failures } = setUp(t)
  assert.deepEqual(at('01-15T09:30', 100), [100, 0])
  assert.deepEqual(at('01-15T23:59:59.999', 130), [100, 30])
  assert.deepEqual(at('01-16T00:00', 130), [130, 0])
  assert.deepEqual(at('01-16T12:00', 125), [130, -5])
  await end()
  assert.deepEqual(kept(), {
    days: [
      { start: '2026-01-16T00:00:00.000Z', value: 130, capturedAt: '2026-01-16T00:00:00.000Z' },
      { start: '2026-01-15T00:00:00.000Z', value: 100, capturedAt: '2026-01-15T09:30:00.000Z' },
    ],
    last: { value: 125, at: '2026-01-16T12:00:00.000Z', transferred: null },
  })
  assert.deepEqual(readdirSync(join(file, '..')), ['opening.json'])
  assert.deepEqual([said, failures()], [[], 0])
})

test('a clock that goes back over midnight restores the day before, and midnight counts when it really comes', (t) => {
  const { at } = setUp(t)
  assert.deepEqual(at('01-15T12:00', 100), [100, 0])
  assert.deepEqual(at('01-15T23:59:50', 110), [100, 10])
  assert.deepEqual(at('01-16T00:00:01', 110), [110, 0])
  assert.deepEqual(at('01-15T23:50', 111), [100, 11])
  assert.deepEqual(at('01-15T23:59:40', 112), [100, 12])
  assert.deepEqual(at('01-16T00:00', 113), [113, 0])
  assert.deepEqual(at('01-15T23:59:59', 113), [100, 13])
  assert.deepEqual(at('01-16T00:00', 114), [114, 0])
})

test('a clock that is right only some time after the start keeps what was captured today', async (t) => {
  const before = setUp(t)
  before.at('01-16T00:00', 100)
  await before.end()
  const { at, end } = setUp(t, {}, before.file)
  assert.deepEqual(at('01-01T00:00', 107), [107, 0])
  assert.deepEqual(at('01-15T23:58', 107), [107, 0])
  assert.deepEqual(at('01-16T14:00', 108), [100, 8])
  await end()
  assert.deepEqual(setUp(t, {}, before.file).at('01-16T15:00', 109), [100, 9])
})

test('the value of another day is not used', async (t) => {
  const before = setUp(t)
  before.at('01-14T00:00', 100)
  await before.end()
  assert.deepEqual(setUp(t, {}, before.file).at('01-16T14:00', 150), [150, 0])
})

const notState =
  'botwatch: opening value: FILE is not a state file of an opening value and is replaced; the value is captured now instead; repeats are counted, not logged'
for (const [name, content] of [
  ['empty', ''],
  ['cut off', '{"days":[{"start":"2026-01-16T00:00:00.000Z","va'],
  ['null', 'null'],
  ['a list', '[]'],
  ['of null days', '{"days":[null]}'],
  [
    'without a number',
    '{"days":[{"start":"2026-01-16T00:00:00.000Z","value":null,"capturedAt":"2026-01-16T00:00:00.000Z"}]}',
  ],
  [
    'with an overflowing number',
    '{"days":[{"start":"2026-01-16T00:00:00.000Z","value":1e999,"capturedAt":"2026-01-16T00:00:00.000Z"}]}',
  ],
  ['with a wrong time', '{"days":[{"start":"today","value":1,"capturedAt":"2026-01-16T00:00:00.000Z"}]}'],
  ['of zero bytes', '\0'.repeat(200)],
] as const)
  test(`a state file that is ${name} is reported, counted and replaced`, async (t) => {
    const file = join(temporaryFolder(t), 'opening.json')
    writeFileSync(file, content)
    const { at, end, kept, said, failures } = setUp(t, {}, file)
    assert.deepEqual(at('01-16T14:00', 150), [150, 0])
    await end()
    assert.equal(kept().days.length, 1)
    assert.deepEqual([said, failures()], [[notState], 1])
  })

test('a file that cannot be written is reported once, counted each time, and written as soon as it can be', async (t) => {
  const folder = join(temporaryFolder(t), 'state')
  writeFileSync(folder, 'a file, not a folder')
  const file = join(folder, 'opening.json')
  const { at, end, kept, said, failures } = setUp(t, {}, file)
  // The first failure was reading it.
  assert.match(
    said.pop() as string,
    /^botwatch: opening value: cannot read FILE \(ENOTDIR: not a directory, open 'FILE'\)/,
  )
  assert.deepEqual(at('01-16T14:00', 150), [150, 0])
  await end()
  await end()
  assert.deepEqual(at('01-16T14:01', 155), [150, 5])
  assert.deepEqual([said, failures() > 2], [[], true])
  rmSync(folder)
  await end()
  assert.equal(kept().days[0].value, 150)
  const before = failures()
  rmSync(folder, { recursive: true })
  writeFileSync(folder, '')
  assert.deepEqual(at('01-17T00:00', 160), [160, 0])
  await end()
  assert.ok(failures() > before)
  assert.deepEqual(said, [
    `botwatch: opening value: cannot write FILE (EEXIST: file already exists, mkdir '${folder}'); it is tried again, but a restart before that loses the value; repeats are counted, not logged`,
  ])
})

test('a folder at the path of the file is reported, and nothing is left in it', async (t) => {
  const folder = temporaryFolder(t)
  const file = join(folder, 'opening.json')
  mkdirSync(file)
  const { at, end, said, failures } = setUp(t, {}, file)
  assert.deepEqual(at('01-16T14:00', 150), [150, 0])
  await end()
  assert.deepEqual(said, [
    'botwatch: opening value: cannot read FILE (EISDIR: illegal operation on a directory, read); the value is captured now instead; repeats are counted, not logged',
  ])
  assert.ok(failures() >= 2)
  assert.deepEqual(readdirSync(folder), ['opening.json'])
})

test('a value that is not known yet is captured as soon as it is; what is not a number is reported', (t) => {
  const { at, said, failures } = setUp(t)
  assert.deepEqual(at('01-16T00:00', undefined), [undefined, undefined])
  assert.deepEqual(failures(), 0)
  assert.deepEqual(at('01-16T00:01', new Error('no connection')), [undefined, undefined])
  assert.deepEqual(at('01-16T00:02', Number.NaN), [undefined, undefined])
  assert.deepEqual(at('01-16T00:03', '5'), [undefined, undefined])
  assert.deepEqual(at('01-16T00:04', Promise.resolve(5)), [undefined, undefined])
  assert.deepEqual(at('01-16T00:05', 100), [100, 0])
  assert.deepEqual(at('01-16T00:06', undefined), [100, undefined])
  assert.equal(failures(), 8)
  assert.deepEqual(said, [
    "botwatch: opening value: reading the value threw 'no connection'; repeats are counted, not logged",
  ])
})

test('without a file nothing is written, and a clock that shows no time gives no value', async (t) => {
  const folder = temporaryFolder(t)
  const opening = createOpeningValue(createDay(), () => 5)
  assert.deepEqual([opening.value(), opening.change()], [5, 0])
  await opening.end()
  assert.deepEqual(readdirSync(folder), [])
  assert.deepEqual(setUp(t).at('99-99T00:00', 5), [undefined, undefined])
})

test('a counter or a log function that throws does not reach the bot', async (t) => {
  const throws = () => {
    throw new Error('no')
  }
  const { at, end } = setUp(t, { errors: { inc: throws }, log: throws })
  assert.deepEqual(at('01-16T00:02', Number.NaN), [undefined, undefined])
  await end()
})

test('the value is captured when the day begins, although nothing asks for it', async (t) => {
  const begun = performance.now()
  const midnight = Date.UTC(2026, 0, 16)
  let looked = 0
  const now = () => {
    looked = midnight - 150 + performance.now() - begun
    return looked
  }
  // Its own timer does not keep a process alive.
  const alive = setInterval(() => {}, 1000)
  t.after(() => clearInterval(alive))
  const captured = await new Promise<readonly [expected: number, known: () => number | undefined]>((resolve) => {
    const opening = createOpeningValue(
      createDay(),
      () => {
        // A timer may end a fraction of a millisecond early; that look belongs to the day before.
        const [isToday, value] = [looked >= midnight, now()]
        if (isToday) resolve([value, opening.value])
        return value
      },
      { now },
    )
    t.after(opening.end)
  })
  assert.equal(captured[1](), captured[0])
})
