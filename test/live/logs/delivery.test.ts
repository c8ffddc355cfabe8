import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Server } from '../../../demo/servers/server.ts'
import { logsBot } from '../../fixtures/logs-bot.ts'
import { needs } from '../../servers/skipped.ts'
import { until } from '../prometheus-api.ts'
import { logPipeline } from './log-stage.ts'
import { ask, computedFigures, storedFigures, storedLines } from './store.ts'

// The runtime writes 200 lines a second into files that rotate, and the programs behind them die.

test('each line of rotated files is stored once, also if the agent and the store are restarted', async (t) => {
  if ((await needs(t, 'victoria-logs', 'vlagent')) === undefined) return
  const { lines, programs, started } = await logPipeline(t, logsBot)
  let store = await started(programs.victoriaLogs())
  let agent = await started(programs.vlagent())
  const first = writing(t, lines, 600)
  await until('the store has lines', 30_000, async () => ((await storedLines(store.url)).distinct > 0 ? true : null))
  await store.stop()
  await first.reaches(400)
  await agent.stop()
  await first.ended
  store = await started(programs.victoriaLogs())
  agent = await started(programs.vlagent())
  await until('the store has all lines', 60_000, async () =>
    (await storedLines(store.url)).distinct === 600 ? true : null,
  )
  // what had been read twice by now would be stored before these
  await writing(t, lines, 200).ended
  await until('the store has the lines of the second run', 60_000, async () =>
    (await storedLines(store.url)).distinct === 800 ? true : null,
  )
  assert.ok(filesIn(lines).length > 4, `${filesIn(lines).length} files`)
  assert.deepEqual(await storedLines(store.url), { distinct: 800, rows: 800 })
})

test('a killed agent loses nothing, what a killed store forgets is read again, and duplicates change no figure', async (t) => {
  if ((await needs(t, 'victoria-logs', 'vlagent')) === undefined) return
  const { lines, programs, positions, started } = await logPipeline(t, logsBot)
  let store = await started(programs.victoriaLogs())
  let agent = await started(programs.vlagent())
  const bot = writing(t, lines, 2400)

  await until('the store has lines', 30_000, async () => ((await storedLines(store.url)).distinct >= 400 ? true : null))
  await kill(agent)
  agent = await started(programs.vlagent())
  const beforeAgain = bot.written()
  await until('the store has the lines that were written when the agent died', 30_000, async () =>
    (await distinctUpTo(store, beforeAgain)) === beforeAgain ? true : null,
  )

  await kill(store)
  const atDeath = bot.written()
  const dead = Date.now()
  await bot.reaches(atDeath + 400)
  store = await started(programs.victoriaLogs())
  await bot.ended
  const written = filesIn(lines).flatMap((file) => readLines(file))
  assert.equal(written.length, 2400)
  await until('the store has every line that was written after its death', 60_000, async () =>
    (await distinctUpTo(store, 2400)) - (await distinctUpTo(store, atDeath)) === 2400 - atDeath ? true : null,
  )
  const stored = new Set((await ask(store.url, '* | fields seq')).map(({ seq }) => Number(seq)))
  const forgotten = written.filter(({ seq }) => !stored.has(seq))
  const oldest = Math.max(0, ...forgotten.map(({ ts }) => dead - Date.parse(ts)))
  t.diagnostic(`the killed store forgot ${forgotten.length} lines, the oldest ${oldest / 1000} s old`)

  // they are still in the files: an agent that does not know how far it has read sends all again
  await agent.stop()
  rmSync(positions)
  agent = await started(programs.vlagent())
  await until('the store has all lines', 60_000, async () =>
    (await storedLines(store.url)).distinct === 2400 ? true : null,
  )
  const { rows } = await storedLines(store.url)
  t.diagnostic(`${rows - 2400} rows are duplicates`)
  assert.ok(rows > 2400, 'some lines were delivered twice')
  assert.deepEqual(await storedFigures(store.url), computedFigures(written.map(({ latency_ms }) => latency_ms)))
})

interface WrittenLine {
  readonly ts: string
  readonly seq: number
  readonly latency_ms: number
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => join(folder, name))

const readLines = (file: string): readonly WrittenLine[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as WrittenLine)

/** A process that writes lines until there are as many as `total`. */
function writing(t: TestContext, folder: string, total: number) {
  const program = fileURLToPath(new URL('./write-lines.ts', import.meta.url))
  const args = ['--import', 'tsx', program, join(folder, 'tb.jsonl'), '20k', String(total)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  let written = 0
  createInterface(child.stdout).on('line', (line) => {
    written = Number(line)
  })
  return {
    written: () => written,
    reaches: (count: number) =>
      until(`${count} lines are written`, 60_000, async () => (written >= Math.min(count, total) ? true : null)),
    ended: once(child, 'close').then(() => assert.equal(child.exitCode, 0)),
  }
}

async function kill(server: Server): Promise<void> {
  process.kill(server.pid, 'SIGKILL')
  await server.exited
}

/** How many of the first lines the store has. */
async function distinctUpTo({ url }: Server, seq: number): Promise<number> {
  const [answer] = await ask(url, `seq:range[1, ${seq}] | stats count_uniq(run, seq) as distinct`)
  return Number(answer?.['distinct'])
}
