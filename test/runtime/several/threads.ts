// A bot with two threads that serve, and that serves in its main thread as well.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { createMetrics, serve } from '../../../runtime/index.ts'
import { twinMetrics } from './metrics.ts'

// In a thread, Node 20 does not apply the loader that this file was started with.
const bot = `import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))})
  .then(({ register }) => register())
  .then(() => import(${JSON.stringify(new URL('./bot.ts', import.meta.url).href)}))`

async function thread(NAME: string, ORDERS: string): Promise<Worker> {
  const worker = new Worker(bot, { eval: true, env: { ...process.env, NAME, ORDERS } })
  await once(worker, 'message')
  return worker
}
const first = await thread('first', '100')
const second = await thread('second', '20')
const metrics = createMetrics(twinMetrics, { mode: 'lenient', log: (line) => console.log(`main ${line}`) })
metrics.orders_total.inc(3)
const server = await serve(metrics, { port: Number(process.env['TWIN_PORT']) })
console.log('main runs')

process.on('message', async (order) => {
  switch (order) {
    case 'end the first':
      await first.terminate()
      break
    case 'end the second':
      await second.terminate()
      break
    case 'close':
      await server.close()
      console.log('main closed')
      process.disconnect()
  }
})
