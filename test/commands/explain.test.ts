import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { project } from './project.ts'

test('explain shows what is known about an expression of a bot, and points at what is wrong', async () => {
  const { run } = project()
  assert.deepEqual(await run('explain', 'sum by (symbl) (rate(tiny_orders_total[5m])) > 3'), {
    status: 1,
    stderr: '',
    stdout: `sum by (symbl) (rate(tiny_orders_total[5m])) > 3

  yields  at most 1 series
  unit    per second
  values  3 or more
  absent  if its target is down; until the bot has set it; if a comparison, a match or too few samples leave nothing

  > 3                          {}                                         per second  3 or more
  └ sum by (symbl)             {}                                         per second  0 or more
    └ rate()                   {bot, env, instance, job, status, symbol}  per second  0 or more
      └ tiny_orders_total[5m]  {bot, env, instance, job, status, symbol}  a count     0 or more

error: BW105 lost-label: by (symbl): the series have no label symbl
  sum by (symbl) (rate(tiny_orders_total[5m])) > 3
          ^^^^^
  did you mean symbol?
`,
  })
})

test('explain reads one expression per line from standard input, and prints JSON with --json', async () => {
  const { folder } = project()
  const child = spawn(
    process.execPath,
    [
      '--import',
      import.meta.resolve('tsx'),
      fileURLToPath(new URL('../../generators/main.ts', import.meta.url)),
      'explain',
      '--json',
    ],
    { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] },
  )
  child.stdin.end('tiny_equity_usdt > 1\n\nsum(tiny_equity_usdt)\n')
  const [text, status] = await Promise.all([
    new Response(child.stdout as never).text(),
    new Promise((resolve) => child.once('close', resolve)),
  ])
  assert.equal(status, 0)
  const all = JSON.parse(text) as readonly { canonical: string; findings: readonly object[] }[]
  assert.deepEqual(
    all.map(({ canonical, findings }) => ({ canonical, findings })),
    [
      { canonical: 'tiny_equity_usdt > 1', findings: [] },
      { canonical: 'sum(tiny_equity_usdt)', findings: [] },
    ],
  )
})

test('explain knows how long a bot keeps its samples', async () => {
  const { run } = project()
  const { status, stdout } = await run('explain', 'rate(tiny_orders_total[400d])')
  assert.equal(status, 1)
  assert.match(stdout, /^error: BW502 window-over-retention: it looks back 400d, but samples are kept for only \d+d$/m)
})

test('explain --for treats an expression as an alert that has to hold for that long', async () => {
  const { run } = project()
  const asked = 'sum by (bot, env) (increase(tiny_orders_total[5m])) > 0'
  const found = (stdout: string) => [...stdout.matchAll(/^(?:error|warning): .*$/gm)].map(([line]) => line)
  const plain = await run('explain', asked)
  assert.deepEqual({ status: plain.status, found: found(plain.stdout) }, { status: 0, found: [] })
  const first =
    'warning: BW504 first-event-missed: tiny_orders_total has no series for a symbol before its first event and starts at 1, which does not count as growth: the first event of each is missed'
  assert.deepEqual(found((await run('explain', '--for', '0s', asked)).stdout), [first])
  assert.deepEqual(found((await run('explain', '--for', '5m', asked)).stdout), [
    'warning: BW503 for-longer-than-signal: one event stays in the window for 5m, and the condition has to hold for 5m: by then the event has left the window',
    first,
  ])
  const absence = await run('explain', '--for', '5m', 'absent(tiny_equity_usdt)')
  assert.equal(absence.status, 1)
  assert.deepEqual(found(absence.stdout), [
    'error: BW506 absent-without-labels: absent() has only the labels that its selector matches with =, so no bot or env: the message cannot say where it comes from, and only the default route matches',
  ])
  assert.deepEqual(await run('explain', '--for', '5 minutes', 'up'), {
    status: 2,
    stdout: '',
    stderr:
      "botwatch explain: invalid value '5 minutes' for --for: expected a duration such as 0s or 5m\nsee botwatch explain --help\n",
  })
})

test('explain names the replacement of a name that a contract has retired', async () => {
  const { run, read, write } = project()
  assert.equal((await run('generate')).status, 0)
  const contract = JSON.parse(read('out/tiny/contract.json')) as object
  write('contract.json', JSON.stringify({ ...contract, retired: { tiny_trades: 'tiny_orders_total took its place' } }))
  const { status, stdout } = await run('explain', '--metrics', 'contract.json', 'rate(tiny_trades[5m]) > 1')
  assert.equal(status, 1)
  assert.ok(
    stdout.endsWith(
      `error: BW101 unknown-metric: tiny_trades is retired: tiny_orders_total took its place
  rate(tiny_trades[5m]) > 1
       ^^^^^^^^^^^
  use its replacement
`,
    ),
    stdout,
  )
})

test('explain rejects an unknown bot', async () => {
  const { run } = project()
  const { status, stdout, stderr } = await run('explain', '--bot', 'other', 'up')
  assert.deepEqual({ status, stdout }, { status: 2, stdout: '' })
  assert.equal(stderr, "botwatch explain: no bot 'other' in definitions/index.ts, only tiny\n")
})

test('explain --metrics analyses against what a process exposes, and a name it has not seen proves nothing', async () => {
  const { run, write } = project()
  write(
    'seen.txt',
    '# TYPE bot_orders_total counter\nbot_orders_total{side="buy"} 3\n# TYPE bot_equity gauge\nbot_equity 12\n',
  )
  const wrong = await run('explain', '--metrics', 'seen.txt', 'rate(bot_equity[5m]) > 1')
  assert.equal(wrong.status, 1)
  assert.match(wrong.stdout, /^error: BW302 rate-of-gauge: bot_equity is a gauge/m)
  const unseen = await run('explain', '--metrics', 'seen.txt', 'rate(bot_order_total[5m])')
  assert.equal(unseen.status, 0)
  assert.match(
    unseen.stdout,
    /^warning: BW101 unknown-metric: bot_order_total was not seen in one scrape of seen.txt, which does not prove that it never appears\n {2}rate\(bot_order_total\[5m\]\)\n {7}\^{15}\n {2}did you mean bot_orders_total\?\n/m,
  )
  const missing = await run('explain', '--metrics', 'nowhere.txt', 'up')
  assert.deepEqual({ status: missing.status, stdout: missing.stdout }, { status: 2, stdout: '' })
})
