// A bot that serves from a server of its own, which the workers of a cluster share.
import { createServer } from 'node:http'
import { createMetrics, requestHandler } from '../../../runtime/index.ts'
import { twinMetrics } from './metrics.ts'

const { NAME: name, ORDERS: orders, TWIN_PORT: port } = process.env
const say = (what: string) => console.log(`${name} ${what}`)
const metrics = createMetrics(twinMetrics, { mode: 'lenient', log: say })
metrics.orders_total.inc(Number(orders))
const handle = requestHandler(metrics, { auth: { token: 'secret' } })
createServer((request, response) => {
  if (!handle(request, response)) response.end(`${name}\n`)
}).listen(Number(port), '127.0.0.1', () => say('runs'))
