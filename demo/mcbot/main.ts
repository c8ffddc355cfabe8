import { botMetrics } from '../../definitions/mcbot/metrics.ts'
import { status } from '../../definitions/mcbot/status.ts'
import { createMetrics } from '../../runtime/index.ts'
import { createProcessFigures } from '../../runtime/process/index.ts'
import { drive } from '../paper/drive.ts'
import { createSwitches } from '../paper/faults/switches.ts'
import { runPaperBot, runProgram } from '../paper/run.ts'
import { createBot } from './bot.ts'
import { createClock } from './clock.ts'
import { readEnvironment } from './environment.ts'
import { type FaultName, faults } from './faults/list.ts'
import { createLag } from './lag.ts'
import { stepSeconds } from './setting.ts'

await runProgram('mcbot', async () => {
  const environment = readEnvironment(process.env)
  const clock = createClock(environment.clock)
  const metrics = createMetrics(botMetrics)
  const switches = createSwitches<FaultName>((name, on) => console.log(`fault ${name} is ${on ? 'on' : 'off'}`))
  const figures = createProcessFigures({ observe: (seconds) => metrics.event_loop_delay_seconds.observe(seconds) })
  const { seed, state } = environment
  const bot = createBot({ metrics, switches, seed, now: Date.now, figures, state, clock })
  await runPaperBot({
    name: 'mcbot',
    environment,
    metrics,
    page: status,
    faults,
    switches,
    says: [
      environment.clock === 1
        ? 'clock:   that of an exchange: bars close every hour, about five fills a day'
        : `clock:   a market hour takes ${clock.secondsPerHour} s: bars, fills and days come faster than at an exchange; seconds, such as ages and bar intervals, are real; CLOCK=1 runs at the speed of an exchange`,
    ],
    trade: () => {
      const [driven, lag] = [drive(bot.step, stepSeconds), createLag(switches)]
      return {
        end: () => {
          driven.end()
          lag.end()
        },
      }
    },
    end: () => {
      figures.end()
      return bot.end()
    },
  })
})
