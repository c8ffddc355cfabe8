import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { createMetrics, serve } from '../../../runtime/index.ts'
import { catalogue, counter } from '../../../runtime/metrics.ts'
import { createHeartbeat } from '../../../runtime/watchdog/index.ts'

test('/healthz reports how long the main loop has sent no heartbeat, until it does again', async (t) => {
  const metrics = createMetrics(catalogue('own', { turns_total: counter({ help: 'Turns of the main loop.' }) }))
  let now = 0
  t.mock.method(performance, 'now', () => now)
  const heartbeat = createHeartbeat({ staleAfter: 90_000 })
  const server = await serve(metrics, { port: 0, live: heartbeat.live })
  t.after(server.close)
  const asked = async () => {
    const response = await fetch(`${server.url}/healthz`)
    return [response.status, await response.text()]
  }
  heartbeat.beat()
  assert.deepEqual(await asked(), [200, 'ok\n'])
  now += 90_000
  assert.deepEqual(await asked(), [200, 'ok\n'])
  now += 1000
  assert.deepEqual(await asked(), [503, 'no heartbeat from the main loop for 91 s\n'])
  heartbeat.beat()
  assert.deepEqual(await asked(), [200, 'ok\n'])
})

test('a busy loop sends two heartbeats per second, not one per iteration', async (t) => {
  const child = fork(join(import.meta.dirname, 'busy.ts'), { execArgv: ['--import', import.meta.resolve('tsx')] })
  t.after(() => child.kill('SIGKILL'))
  const said: object[] = []
  child.on('message', (message: object) => said.push(message))
  await once(child, 'disconnect')
  const beat = { botwatch: 'beat' }
  assert.deepEqual(said, [beat, beat, beat, beat, { turns: 2000 }], 'at 0, 500, 1000 and 1500 ms')
})

test('an invalid limit is refused', () => {
  for (const staleAfter of [0, -1, Number.NaN])
    assert.throws(() => createHeartbeat({ staleAfter }), {
      message: `createHeartbeat: staleAfter is ${staleAfter}, expected a number of milliseconds above 0`,
    })
})
