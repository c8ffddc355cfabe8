import { botMetrics } from '../../definitions/mcbot/metrics.ts'
import { createBot } from '../../demo/mcbot/bot.ts'
import { createClock } from '../../demo/mcbot/clock.ts'
import { createConditions } from '../../demo/mcbot/conditions.ts'
import type { FaultName } from '../../demo/mcbot/faults/list.ts'
import { createSwitches } from '../../demo/paper/faults/switches.ts'
import { createMetrics } from '../../runtime/index.ts'

const noon = Date.UTC(2026, 0, 15, 12)

/** A paper bot whose clock advances only with its steps; strict unless given, unlike in production. */
export function paperRun(
  seed: string,
  start = noon,
  mode: 'strict' | 'lenient' = 'strict',
  clock = createClock(),
  { conditions = createConditions(), state = null as string | null } = {},
) {
  let ms = start
  const metrics = createMetrics(botMetrics, { mode, now: () => ms, ...(mode === 'lenient' ? { log: () => {} } : {}) })
  const switches = createSwitches<FaultName>()
  const figures = {
    eventLoopLagSeconds: () => 0.002,
    lastEventLoopLagSeconds: () => 0,
    activeTasks: () => 5,
    residentBytes: () => 90 * 2 ** 20,
    cpuPercent: () => 3,
    openFiles: () => 30,
    mostFiles: () => 20_000,
  }
  const bot = createBot({ metrics, switches, seed, now: () => ms, figures, state, clock, conditions })
  return {
    metrics,
    steps: (count: number) => {
      for (let i = 0; i < count; i++) {
        ms += 500
        bot.step()
        metrics.event_loop_delay_seconds.observe(0.002)
      }
    },
    /** The clock goes on, and the bot does nothing. */
    wait: (seconds: number) => {
      ms += seconds * 1000
    },
    turn: (name: FaultName, on: boolean) => switches.turn(name, on),
    end: bot.end,
    text: () => metrics.render(),
    samples: async () => samplesOf(await metrics.render()),
  }
}

/** Each series of an exposition in text, as written, with its value. */
export function samplesOf(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]))
}

/** Values of all series of a name. */
export const valuesOf = (samples: ReadonlyMap<string, number>, name: string): readonly number[] =>
  [...samples].filter(([series]) => series === name || series.startsWith(`${name}{`)).map(([, value]) => value)

export const totalOf = (samples: ReadonlyMap<string, number>, name: string): number =>
  valuesOf(samples, name).reduce((sum, value) => sum + value, 0)
