import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { skipTest } from '../servers/skipped.ts'
import { type LogLine, linesIn, logFolder, logProgram } from './python-logs.ts'

const numbers = (lines: readonly string[]) => lines.map((line) => (JSON.parse(line) as LogLine).seq)
const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1)

test('files of a Python bot rotate by size, are closed to others, and go on after a restart', async (t) => {
  const folder = join(logFolder(t), 'logs')
  const lines = `
log = TradingbotLog(file=folder + "/bot.jsonl", size="4k", keep=50, console="off")
for _ in range(100):
    log.events.order_filled(**good)
log.close()
`
  if ((await logProgram(t, folder, lines)) === undefined) return
  const files = readdirSync(folder).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const [, day] = /^bot\.(\d{4}-\d\d-\d\d)\.1\.jsonl$/.exec(files[0] ?? '') ?? []
  assert.deepEqual(
    files,
    files.map((_, i) => `bot.${day}.${i + 1}.jsonl`),
  )
  assert.deepEqual(
    files.slice(0, -1).map((file) => statSync(join(folder, file)).size >= 4096),
    files.slice(0, -1).map(() => true),
  )
  assert.deepEqual(
    files.map((file) => (statSync(join(folder, file)).mode & 0o777).toString(8)),
    files.map(() => '640'),
  )
  assert.deepEqual(numbers(linesIn(folder)), upTo(100))
  await logProgram(t, folder, lines)
  assert.deepEqual(numbers(linesIn(folder)), [...upTo(100), ...upTo(100)])
})

test('a Python bot begins a file each day and deletes the oldest, and only its own', async (t) => {
  const folder = logFolder(t)
  for (const other of ['bot.txt', 'bot.2026-01-01.1.jsonl.gz', 'bot.2026-01-01.x.jsonl', 'other.2026-01-01.1.jsonl'])
    writeFileSync(join(folder, other), '')
  const out = await logProgram(
    t,
    folder,
    `
now = [time.mktime((2026, 2, 27, 23, 59, 50, 0, 0, -1))]
local = time.localtime
time.time = lambda: now[0]
time.localtime = lambda seconds=None: local(now[0] if seconds is None else seconds)
log = TradingbotLog(file=folder + "/bot.jsonl", keep=2, console="off")
for _ in range(4):
    log.events.order_filled(**good)
    now[0] += 20
    log.events.order_filled(**good)
    now[0] += 24 * 3600 - 20
    print(*sorted(name for name in os.listdir(folder) if "2026-0" in name and "-01-01" not in name))
log.close()
`,
  )
  if (out === undefined) return
  const file = (day: string) => `bot.2026-${day}.1.jsonl`
  assert.deepEqual(out.trimEnd().split('\n'), [
    [file('02-27'), file('02-28')].join(' '),
    [file('02-27'), file('02-28'), file('03-01')].join(' '),
    [file('02-28'), file('03-01'), file('03-02')].join(' '),
    [file('03-01'), file('03-02'), file('03-03')].join(' '),
  ])
  assert.deepEqual(
    readdirSync(folder).filter((name) => !name.startsWith('bot.2026-03')),
    ['bot.2026-01-01.1.jsonl.gz', 'bot.2026-01-01.x.jsonl', 'bot.txt', 'other.2026-01-01.1.jsonl'],
  )
})

test('a folder that a Python bot cannot write, and a size that is none, are errors at the start', async (t) => {
  const folder = logFolder(t)
  writeFileSync(join(folder, 'taken'), '')
  const out = await logProgram(
    t,
    folder,
    `
for options in ({"file": folder + "/taken/bot.jsonl"}, {"file": folder + "/bot.jsonl", "size": "20 MB"}, {"secrets": ["abc"]}):
    try:
        TradingbotLog(console="off", **options)
    except (OSError, ValueError) as error:
        print(str(error).replace(folder, "."))
`,
  )
  if (out === undefined) return
  assert.deepEqual(out.trimEnd().split('\n'), [
    'cannot write ./taken/bot.jsonl: File exists',
    "the size of a log file is '20 MB', expected a number with b, k, m or g, such as '20m'",
    'a secret has fewer than 6 characters: redacting it would hide ordinary words too',
  ])
})

test('a full disk costs a Python bot lines, each counted, and tears no other line', async (t) => {
  const folder = logFolder(t)
  const out = await logProgram(
    t,
    folder,
    `
import resource
sys.stderr = sys.stdout
lost = []
log = TradingbotLog(file=folder + "/bot.jsonl", console="off", errors=lambda: lost.append(1))
log.events.order_filled(**good)
most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
size = os.stat(folder + "/" + os.listdir(folder)[0]).st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10, most))
for _ in range(3):
    log.events.order_filled(**good)
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
for _ in range(2):
    log.events.order_filled(**good)
print(len(lost))
`,
  )
  if (out === undefined) return
  assert.equal(out, 'botwatch: the log cannot be written: File too large\n3\n')
  const [whole, torn, ...more] = linesIn(folder)
  assert.equal(torn?.length, 10)
  assert.deepEqual(numbers([whole ?? '', ...more]), [1, 5, 6])
})

test('a folder that is deleted while a Python bot runs costs it the rotation, not its lines', async (t) => {
  const folder = join(logFolder(t), 'logs')
  const out = await logProgram(
    t,
    folder,
    `
import shutil
sys.stderr = sys.stdout
log = TradingbotLog(file=folder + "/bot.jsonl", size="1k", console="off")
shutil.rmtree(folder)
for _ in range(20):
    log.events.order_filled(**good)
os.makedirs(folder)
log.events.order_filled(**good)
log.events.order_filled(**good)
log.close()
log.events.order_filled(**good)
`,
  )
  if (out === undefined) return
  assert.deepEqual(out.trimEnd().split('\n'), [
    'botwatch: the log cannot be rotated: No such file or directory',
    'botwatch: the log cannot be written: it is closed',
  ])
  assert.deepEqual(numbers(linesIn(folder)), [22])
})

for (const [what, stdout, says] of [
  ['a full disk', 'os.open("/dev/full", os.O_WRONLY)', 'No space left on device'],
  ['a reader that is gone', 'broken', 'Broken pipe'],
] as const)
  test(`${what} behind the console of a Python bot is reported once, and the bot ends as it would`, async (t) => {
    if (what === 'a full disk' && !existsSync('/dev/full'))
      return skipTest(t, ['/dev/full'], ['run the tests on Linux'])
    const folder = logFolder(t)
    const ended = await logProgram(
      t,
      folder,
      `
read, broken = os.pipe()
os.close(read)
os.dup2(${stdout}, 1)
sys.stderr = open(folder + "/err", "w")
lost = []
log = TradingbotLog(console="json", errors=lambda: lost.append(1))
for _ in range(5):
    log.events.order_filled(**good)
print(len(lost), file=sys.stderr)
`,
    )
    if (ended === undefined) return
    assert.equal(readFileSync(join(folder, 'err'), 'utf8'), `botwatch: the log cannot be written: ${says}\n5\n`)
  })
