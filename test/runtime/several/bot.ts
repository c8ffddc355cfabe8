// A bot that runs several times with the same port: as a worker of a cluster, an instance of pm2, or a thread.
import { parentPort } from 'node:worker_threads'
import { createMetrics, serve } from '../../../runtime/index.ts'
import { twinMetrics } from './metrics.ts'

const { NAME: name, ORDERS: orders, TWIN_PORT: port } = process.env
const say = (what: string) => console.log(`${name} ${what}`)
const metrics = createMetrics(twinMetrics, { mode: 'lenient', log: say })
metrics.orders_total.inc(Number(orders))
const server = await serve(metrics, { port: Number(port) })
say('runs')
parentPort?.postMessage('runs')

const orderer = parentPort ?? process
orderer.on('message', async (order: unknown) => {
  if (order !== 'close') return
  await server.close()
  say('closed')
  // Nothing else keeps it alive.
  if (parentPort === null) process.disconnect()
  else parentPort.close()
})
