import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { temporaryFolder } from '../../fixtures/on-disk.ts'

/** Starts the bot, feeds it lines, waits for as many printed lines, and ends it in the given way; returns what it printed. */
async function run(
  env: Readonly<Record<string, string>>,
  lines: readonly string[],
  end: 'killed' | 'ended' = 'ended',
): Promise<readonly string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'bot.ts')], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const printed: string[] = []
  const output = createInterface({ input: child.stdout })
  child.stdin.write(lines.map((line) => `${line}\n`).join(''))
  let answers = 0
  for await (const line of output) {
    printed.push(line)
    if (/^\d{4}-/.test(line)) answers += 1
    if (answers < lines.length) continue
    if (end === 'killed') child.kill('SIGKILL')
    else child.stdin.end()
  }
  assert.deepEqual(await exited, end === 'killed' ? [null, 'SIGKILL'] : [0, null])
  return printed
}

/** A start of day and four moments: just before it, at it, at the last moment of that day that could be taken for another, at the next start. */
const acrossChanges = [
  ['00:00', 'America/New_York', '2026-03-08T04:59Z', '2026-03-08T05:00Z', '2026-03-09T03:59Z', '2026-03-09T04:00Z'],
  ['01:30', 'America/New_York', '2026-11-01T05:29Z', '2026-11-01T05:30Z', '2026-11-01T06:30Z', '2026-11-02T06:30Z'],
  ['00:00', 'Europe/Berlin', '2026-03-28T22:59Z', '2026-03-28T23:00Z', '2026-03-29T21:59Z', '2026-03-29T22:00Z'],
  ['02:15', 'Europe/Berlin', '2026-10-25T00:14Z', '2026-10-25T00:15Z', '2026-10-25T01:15Z', '2026-10-26T01:15Z'],
  ['00:00', 'America/Sao_Paulo', '2018-11-04T02:59Z', '2018-11-04T03:00Z', '2018-11-05T01:59Z', '2018-11-05T02:00Z'],
  ['23:30', 'America/Sao_Paulo', '2018-02-18T01:29Z', '2018-02-18T01:30Z', '2018-02-18T02:30Z', '2018-02-19T02:30Z'],
  ['00:00', 'Asia/Beirut', '2025-03-29T21:59Z', '2025-03-29T22:00Z', '2025-03-30T20:59Z', '2025-03-30T21:00Z'],
  ['23:30', 'Asia/Beirut', '2025-10-25T20:29Z', '2025-10-25T20:30Z', '2025-10-25T21:30Z', '2025-10-26T21:30Z'],
  ['02:10', 'Australia/Lord_Howe', '2026-10-03T15:29Z', '2026-10-03T15:30Z', '2026-10-04T15:09Z', '2026-10-04T15:10Z'],
  ['01:45', 'Australia/Lord_Howe', '2026-04-04T14:44Z', '2026-04-04T14:45Z', '2026-04-04T15:15Z', '2026-04-05T15:15Z'],
] as const

for (const [startsAt, zone, ...[before, first, last, next]] of acrossChanges)
  test(`a restarted bot keeps the opening value of its day: ${startsAt} in ${zone} on ${first.slice(0, 10)}`, async (t) => {
    const env = { FILE: join(temporaryFolder(t), 'state/opening.json'), STARTS_AT: startsAt, ZONE: zone }
    const expected = (time: string, opening: number, equity: number) =>
      `${time} opening ${opening}, change ${equity - opening}, failures 0`
    assert.deepEqual(await run(env, [`${before} 1`, `${first} 2`]), [expected(before, 1, 1), expected(first, 2, 2)])
    assert.deepEqual(await run(env, [`${last} 3`], 'killed'), [expected(last, 2, 3)])
    assert.deepEqual(await run(env, [`${last} 9`, `${next} 4`]), [expected(last, 2, 9), expected(next, 4, 4)])
  })

test('a bot that is killed while it writes leaves a whole state file', async (t) => {
  const FILE = join(temporaryFolder(t), 'opening.json')
  const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString()
  await run({ FILE }, [`${day(0)} 0`])
  for (let round = 1; round <= 6; round++) {
    const lines = Array.from({ length: 40 * round }, (_, i) => `${day(1000 * round + i)} ${1000 * round + i}`)
    await run({ FILE }, lines, 'killed')
    const { days } = JSON.parse(readFileSync(FILE, 'utf8')) as {
      readonly days: readonly { readonly start: string; readonly value: number }[]
    }
    assert.ok(days.length > 0)
    for (const { start, value } of days) assert.equal(start, day(value))
  }
})
