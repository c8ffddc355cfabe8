import { join } from 'node:path'
import { mcbot } from '../../../definitions/mcbot/index.ts'
import { createClock } from '../../../demo/mcbot/clock.ts'
import { type Conditions, createConditions } from '../../../demo/mcbot/conditions.ts'
import type { FaultName } from '../../../demo/mcbot/faults/list.ts'
import { loudAlerts } from '../../../generators/commands/quiet-silences.ts'
import { stepsPerSecond } from '../../alerts/mcbot/paper.ts'
import { target } from '../../alerts/mcbot/target.ts'
import { collectScrapes, scrapeEvery } from '../../alerts/scrapes.ts'
import { paperRun } from '../../demo/paper-run.ts'
import type { SilentTime } from '../messages.ts'
import type { Play } from '../play.ts'

/** A paper bot at the speed of an exchange, scraped every ten seconds of its own clock, which starts in 1970, like promtool's. */
interface Run {
  readonly forSeconds: (seconds: number) => Promise<void>
  readonly turn: (name: FaultName, on: boolean) => void
  /** The process ends, and another starts after this many seconds. */
  readonly restart: (seconds: number) => Promise<void>
  /** Announces a maintenance; the result ends it. */
  readonly quiet: () => () => void
}

const attempts = 4

/**
 * A scenario under these conditions. The runtime's timeouts for what it reads follow the machine's clock, not the bot's: a run that
 * a busy machine delayed is repeated.
 */
export const paperPlay =
  (conditions: Partial<Conditions>, play: (run: Run) => Promise<void>): Play =>
  async (metrics, folder) => {
    for (let left = attempts; ; left--) {
      const { run, end, wasHeldUp, result } = begun(metrics, join(folder, String(left)), createConditions(conditions))
      await play(run)
      await end()
      if (left === 1 || !wasHeldUp()) return result()
    }
  }

function begun(metrics: ReadonlySet<string>, state: string, conditions: Conditions) {
  const collected = collectScrapes(target)
  const silences: SilentTime[] = []
  const started = (at: number) => paperRun('day', at * 1000, 'strict', createClock(1), { conditions, state })
  let bot = started(0)
  let seconds = 0
  let heldUp = false
  const scrape = async () => {
    const samples = await bot.samples()
    heldUp ||= [...samples].some(([series, value]) => value > 0 && series.startsWith(failures))
    collected.add(new Map([...samples].filter(([series]) => metrics.has(series.replace(/\{.*/, '')))))
  }
  const run: Run = {
    forSeconds: async (length) => {
      for (const end = seconds + length; seconds < end; seconds += scrapeEvery) {
        await scrape()
        bot.steps(scrapeEvery * stepsPerSecond)
      }
    },
    turn: (name, on) => bot.turn(name, on),
    restart: async (length) => {
      await bot.end()
      for (const end = seconds + length; seconds < end; seconds += scrapeEvery) collected.add(null)
      bot = started(seconds)
    },
    quiet: () => {
      const from = seconds
      return () => silences.push({ from, to: seconds, except: loudAlerts(mcbot) })
    },
  }
  const result = () => ({ scrapes: collected.scrapes(), silences })
  return { run, end: () => bot.end(), wasHeldUp: () => heldUp, result }
}

const failures = 'mcbot_contract_collector_failures_total{'
