// A bot that logs, run as a separate process; its arguments are options as JSON, how it ends, and how many lines it writes.
import { setTimeout } from 'node:timers/promises'
import { createMetrics } from '../../../runtime/index.ts'
import { createLog } from '../../../runtime/logs/index.ts'
import { events } from '../../fixtures/log-pipeline/log-events.ts'
import { botMetrics } from '../../fixtures/log-pipeline/metrics.ts'

const [options = '{}', ending = 'end', times = '1'] = process.argv.slice(2)
const metrics = createMetrics(botMetrics, { mode: 'lenient', log: () => {} })
const { log, logger, end } = await createLog(events, {
  bot: 'tradingbot',
  mode: 'lenient',
  updates: {
    order_filled: ({ symbol, latency_ms }) => metrics.order_latency_ms.observe({ symbol }, latency_ms),
    balance_update: ({ balance }) => metrics.balance_usdt.set(balance),
    risk_alert: () => {
      throw new Error('it throws')
    },
  },
  ...JSON.parse(options),
})
for (let i = 1; i <= Number(times); i++) {
  log.order_filled({ symbol: 'BTCUSDT', side: 'buy', price: 65_000, amount: 0.01, latency_ms: 45.2 })
  // Pause like a real bot, which does other work between orders.
  if (i % 50 === 0) await setTimeout(5)
}
log.balance_update({ balance: 10_523.5, pnl: -120.3, pnl_pct: -1.13 })
log.heartbeat({ uptime: 5, open_positions: 3, balance: 10_523.5 })
log.risk_alert({ symbol: 'ETHUSDT', limit: 'drawdown', error: 'apiKey=abcdef123 was used' })
log.api_error({ endpoint: '/order', error: 'my-own-secret', latency_ms: Number.NaN })
logger.info({ password: 'hunter22' }, 'of another library')
if (ending === 'crash') {
  console.error('all is logged')
  throw new Error('crash')
}
await end()
const text = await metrics.render()
console.error(
  text
    .split('\n')
    .filter((line) => /^tradingbot_(balance_usdt|order_latency_ms_count)/.test(line))
    .join('\n'),
)
