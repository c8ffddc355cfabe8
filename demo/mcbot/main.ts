import { botMetrics } from '../../definitions/mcbot/metrics.ts'
import { createMetrics, createRestartQuiet } from '../../runtime/index.ts'
import { createProcessFigures } from '../../runtime/process/index.ts'
import { createBot } from './bot.ts'
import { createClock } from './clock.ts'
import { drive, turnFault } from './drive.ts'
import { readEnvironment } from './environment.ts'
import { serveFaults } from './faults/server.ts'
import { createSwitches } from './faults/switches.ts'
import { serveMetrics } from './metrics-server.ts'

async function main(): Promise<void> {
  const { port, host, seed, faultsPort, state, warmUp, ...environment } = readEnvironment(process.env)
  const clock = createClock(environment.clock)
  const metrics = createMetrics(botMetrics)
  const switches = createSwitches((name, on) => console.log(`fault ${name} is ${on ? 'on' : 'off'}`))
  const figures = createProcessFigures({ observe: (seconds) => metrics.event_loop_delay_seconds.observe(seconds) })
  const bot = createBot({ metrics, switches, seed, now: Date.now, figures, state, clock })
  const quiet = createRestartQuiet(metrics)
  // Only a bot that has warmed up trades, has a heartbeat and hears from the exchange.
  let driven: { readonly end: () => void } | null = null
  const trade = () => {
    bot.step()
    driven = drive(bot.step, switches)
  }
  // At once if it does not warm up: a scrape must not find it warming up.
  const warming = warmUp === 0 ? trade() : setTimeout(trade, warmUp * 1000)
  const endpoint = await serveMetrics(metrics, switches, { port, host })
  const faults =
    faultsPort === null
      ? null
      : await serveFaults(switches, { port: faultsPort, turned: (turn) => turnFault(switches, turn) })
  console.log(`mcbot, a paper bot; rerun with SEED=${seed} to repeat this run`)
  console.log(
    environment.clock === 1
      ? 'clock:   that of an exchange: bars close every hour, about five fills a day'
      : `clock:   a market hour takes ${clock.secondsPerHour} s: bars, fills and days come faster than at an exchange; seconds, such as ages and bar intervals, are real; CLOCK=1 runs at the speed of an exchange`,
  )
  console.log(`metrics: ${endpoint.url}`)
  console.log(faults === null ? 'faults: off; FAULTS=1 turns them on' : `faults:  ${faults.url}`)

  const end = async () => {
    clearTimeout(warming ?? undefined)
    driven?.end()
    figures.end()
    await Promise.all([quiet.begin(), endpoint.close(), faults?.close(), bot.end()])
  }
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
}

try {
  await main()
} catch (error) {
  console.error(`mcbot: ${error instanceof Error ? error.message : error}`)
  // A server that already listens must not keep the process alive.
  process.exit(1)
}
