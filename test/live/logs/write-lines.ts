import { setTimeout as delay } from 'node:timers/promises'
import { createLog } from '../../../runtime/logs/index.ts'
import { events } from '../../fixtures/logs-bot.ts'

// A bot of its own that writes 200 lines a second with the runtime, into files that rotate: `write-lines.ts FILE SIZE LINES`.
// It prints how many lines it has written.

const [path = '', size = '', total = ''] = process.argv.slice(2)
const { log, end } = await createLog(events, { bot: 'tb', console: 'off', file: { path, size, keep: 50 } })
const start = performance.now()
for (let n = 1; n <= Number(total); n += 1) {
  // not in the order of its size, and each value several times
  log.order_filled({ symbol: n % 2 === 0 ? 'BTCUSDT' : 'ETHUSDT', side: 'buy', price: n, latency_ms: (n * 37) % 1000 })
  if (n % 20 !== 0) continue
  console.log(n)
  await delay(Math.max(0, start + n * 5 - performance.now()))
}
await end()
