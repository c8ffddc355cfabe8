import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics, serve } from '../../runtime/index.ts'
import { catalogue, counter, gauge } from '../../runtime/metrics.ts'
import { expectContract } from '../../runtime/testing/index.ts'
import { clock, linesOf } from './fixture.ts'

const declared = catalogue('tb', {
  bars_total: counter({ help: 'Bars.' }),
  equity: gauge({ help: 'Equity.', mustBeSetWithin: '1m' }),
})
const minute = 60_000

/** A bot with a clock of its own, and what it exposes about its warm-up: warming up, overdue, never set. */
function warming() {
  const time = clock()
  const said: string[] = []
  const metrics = createMetrics(declared, { mode: 'lenient', log: (line) => said.push(line), now: time.now })
  const flags = async () => {
    const text = await metrics.render()
    return ['warming_up', 'warm_up_overdue', 'never_set'].map((about) =>
      Number(linesOf(text, `tb_contract_${about}`)[0]?.split(' ')[1]),
    )
  }
  return { time, said, metrics, flags }
}

test('a bot without a warm-up is ready, and its deadlines count from its start', async () => {
  const { time, flags } = warming()
  assert.deepEqual(await flags(), [0, 0, 0])
  time.ms = minute
  assert.deepEqual(await flags(), [0, 0, 1])
})

test('a bot warms up until it is ready, and its deadlines count from then', async () => {
  const { time, metrics, flags } = warming()
  const ready = metrics.warmUp({ limit: '5m' })
  assert.deepEqual(await flags(), [1, 0, 0])
  time.ms = 3 * minute
  assert.deepEqual(await flags(), [1, 0, 0], 'no deadline passes meanwhile')
  ready()
  assert.deepEqual(await flags(), [0, 0, 0])
  time.ms = 4 * minute - 1
  assert.deepEqual(await flags(), [0, 0, 0])
  time.ms = 4 * minute
  assert.deepEqual(await flags(), [0, 0, 1])
  metrics.equity.set(1)
  ready()
  assert.deepEqual(await flags(), [0, 0, 0])
})

test('a bot that is not ready within its limit is overdue until it is, and its deadlines count from the limit', async () => {
  const { time, metrics, flags } = warming()
  const ready = metrics.warmUp({ limit: '5m' })
  time.ms = 5 * minute - 1
  assert.deepEqual(await flags(), [1, 0, 0])
  time.ms = 5 * minute
  assert.deepEqual(await flags(), [0, 1, 0])
  time.ms = 6 * minute
  assert.deepEqual(await flags(), [0, 1, 1])
  ready()
  assert.deepEqual(await flags(), [0, 0, 1])
})

test('a second warm-up and a limit that is too long are refused, so that alerts are not held back forever', async () => {
  const { time, said, metrics, flags } = warming()
  const ready = metrics.warmUp({ limit: '2h' as never })
  metrics.warmUp({ limit: '5m' })()
  assert.deepEqual(
    said.map((line) => line.replace(/ \([^()]*\)(?=; repeats)/, '')),
    [
      "botwatch: warmUp: the limit is '2h', expected a duration such as '5m', at most '30m', since alerts are held back meanwhile: 30m are used; repeats are counted, not logged",
    ],
  )
  assert.deepEqual(metrics.refused(), [{ metric: 'warmUp', reason: 'number', count: 2 }])
  time.ms = 30 * minute - 1
  assert.deepEqual(await flags(), [1, 0, 0], 'the second neither began nor ended one')
  time.ms = 30 * minute
  assert.deepEqual(await flags(), [0, 1, 0])
  ready()
  metrics.warmUp({ limit: '5m' })
  assert.deepEqual(await flags(), [0, 0, 0])
  const strict = createMetrics(declared, { mode: 'strict' })
  assert.throws(() => strict.warmUp({} as never), {
    message:
      "warmUp: the limit is undefined, expected a duration such as '5m', at most '30m', since alerts are held back meanwhile: 30m are used",
  })
  strict.warmUp({ limit: '5m' })
  assert.throws(() => strict.warmUp({ limit: '5m' }), {
    message: 'warmUp: it was called before, and a bot warms up once, at its start',
  })
})

test('the bot’s own tests can begin again after a warm-up', async () => {
  const { metrics, flags } = warming()
  metrics.warmUp({ limit: '5m' })
  expectContract(metrics).reset()
  assert.deepEqual(await flags(), [0, 0, 0])
  metrics.warmUp({ limit: '5m' })
  assert.deepEqual(await flags(), [1, 0, 0])
  assert.deepEqual(metrics.refused(), [])
})

test('/readyz waits for the end of the warm-up, then for the metrics that must be set', async (t) => {
  const { time, metrics } = warming()
  const ready = metrics.warmUp({ limit: '5m' })
  const server = await serve(metrics, { port: 0 })
  t.after(server.close)
  const said = async () => {
    const response = await fetch(`${server.url}/readyz`)
    return [response.status, await response.text()]
  }
  assert.deepEqual(await said(), [503, 'not ready: warming up\n'])
  time.ms = 5 * minute
  assert.deepEqual(await said(), [503, 'not ready: still warming up, for longer than its limit\n'])
  ready()
  assert.deepEqual(await said(), [503, 'not ready: metrics not set yet: tb_equity\n'])
  metrics.equity.set(1)
  assert.deepEqual(await said(), [200, 'ready\n'])
})
