import assert from 'node:assert/strict'
import { test } from 'node:test'
import { botwatch } from './runtime/botwatch.ts'
import { differences } from './runtime/equal.ts'
import { handMade } from './runtime/hand-made.ts'
import { promClient } from './runtime/prom-client.ts'

test('the libraries that the benchmark compares write the same lines', async () => {
  assert.deepEqual(await differences(botwatch, promClient), [])
  assert.deepEqual(await differences(botwatch, handMade), [])
})

test('a line that only one of them writes is reported', async () => {
  const short = {
    ...promClient,
    name: 'one that forgets',
    async counter() {
      const counter = await promClient.counter()
      let calls = 0
      return {
        ...counter,
        write: (...args: Parameters<typeof counter.write>) => (calls++ === 0 ? undefined : counter.write(...args)),
      }
    },
  }
  assert.deepEqual(await differences(botwatch, short), [
    'only botwatch: bench_orders_total{exchange="binance",side="buy",strategy="strategy_0",symbol="SYM0USDT"} 1',
  ])
})

test('a line that one of them writes twice is reported', async () => {
  const double = {
    ...promClient,
    name: 'one that repeats',
    async counter() {
      const counter = await promClient.counter()
      const page: typeof counter.page = (take) =>
        counter.page((piece) => {
          const text = Buffer.from(piece).toString()
          take(Buffer.from(`${text}${/^bench_orders_total.*\n/m.exec(text)?.[0]}`))
        })
      return { ...counter, page }
    },
  }
  assert.deepEqual(await differences(botwatch, double), [
    '1× in botwatch, 2× in one that repeats: bench_orders_total{exchange="binance",side="buy",strategy="strategy_0",symbol="SYM0USDT"} 1',
  ])
})
