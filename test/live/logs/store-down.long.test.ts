import assert from 'node:assert/strict'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { logsBot } from '../../fixtures/logs-bot.ts'
import { needs } from '../../servers/skipped.ts'
import { until } from '../prometheus-api.ts'
import { logPipeline } from './log-stage.ts'
import { storedLines } from './store.ts'

/** In seconds. */
const outage = 3600
const linesASecond = 20

test('what is written while the store is down for an hour is stored once, also if the agent is restarted meanwhile', async (t) => {
  if ((await needs(t, 'victoria-logs', 'vlagent')) === undefined) return
  const { lines, programs, started } = await logPipeline(t, logsBot)
  let agent = await started(programs.vlagent())
  let seq = 0
  for (let second = 1; second <= outage; second += 1) {
    const ts = new Date().toISOString()
    const written = Array.from({ length: linesASecond }, () => {
      seq += 1
      return `${JSON.stringify({ level: 'info', ts, event: 'heartbeat', msg: 'heartbeat', run: 'r', seq })}\n`
    })
    appendFileSync(join(lines, 'tb.jsonl'), written.join(''))
    if (second === outage / 2) {
      await agent.stop()
      agent = await started(programs.vlagent())
    }
    await delay(1000)
  }
  const store = await started(programs.victoriaLogs())
  await until('the store has all lines', 120_000, async () =>
    (await storedLines(store.url)).distinct === seq ? true : null,
  )
  assert.deepEqual(await storedLines(store.url), { distinct: seq, rows: seq })
})
