import { join } from 'node:path'
import { events } from '../../definitions/tradingbot/log-events.ts'
import { botMetrics } from '../../definitions/tradingbot/metrics.ts'
import { status } from '../../definitions/tradingbot/status.ts'
import { createMetrics } from '../../runtime/index.ts'
import { createLog } from '../../runtime/logs/index.ts'
import { createHeartbeat } from '../../runtime/watchdog/index.ts'
import { drive } from '../paper/drive.ts'
import { createSwitches } from '../paper/faults/switches.ts'
import { runPaperBot, runProgram } from '../paper/run.ts'
import { createBot } from './bot.ts'
import { readEnvironment } from './environment.ts'
import { type FaultName, faults } from './faults/list.ts'
import { updatesOf } from './record/log.ts'
import { createTrades } from './record/trades.ts'
import { stepSeconds } from './setting.ts'

/** Seconds without a heartbeat until the bot itself says that it is not alive: as long as its watchdog waits. */
const staleAfter = 240

await runProgram('tradingbot', async () => {
  const environment = readEnvironment(process.env)
  const { seed, state, logs, warmUp } = environment
  const metrics = createMetrics(botMetrics)
  const ready = warmUp === 0 ? () => {} : metrics.warmUp({ limit: '5m' })
  const switches = createSwitches<FaultName>((name, on) => console.log(`fault ${name} is ${on ? 'on' : 'off'}`))
  const trades = createTrades(metrics, Date.now, state)
  const { log, logger, end } = await createLog(events, {
    bot: 'tradingbot',
    updates: updatesOf(metrics, trades),
    errors: metrics.log_errors_total,
    ...(logs === null ? {} : { file: { path: join(logs, 'tradingbot.jsonl') } }),
  })
  // If the watchdog dies, another one starts a second bot: this one stops as if it was asked to.
  const orphaned = () => process.kill(process.pid, 'SIGTERM')
  const heartbeat = createHeartbeat({ staleAfter: (staleAfter + warmUp) * 1000, orphaned })
  const bot = createBot({ metrics, log, logger, trades, switches, seed, now: Date.now, state, beat: heartbeat.beat })
  await runPaperBot({
    name: 'tradingbot',
    environment,
    metrics,
    page: status,
    faults,
    switches,
    says: [
      logs === null ? 'log:     printed only; LOGS=FOLDER keeps it' : `log:     ${join(logs, 'tradingbot.*.jsonl')}`,
    ],
    trade: () => {
      const driven = drive(bot.step, stepSeconds)
      ready()
      return driven
    },
    live: heartbeat.live,
    end: async () => {
      await bot.end()
      await end()
    },
  })
})
