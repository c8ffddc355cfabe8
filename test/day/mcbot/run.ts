import { mcbot } from '../../../definitions/mcbot/index.ts'
import { createClock } from '../../../demo/mcbot/clock.ts'
import { type Conditions, createConditions, startedLater } from '../../../demo/mcbot/conditions.ts'
import type { FaultName } from '../../../demo/mcbot/faults/list.ts'
import { loudAlerts } from '../../../generators/commands/quiet-silences.ts'
import { stepsPerSecond } from '../../alerts/stepped-scrapes.ts'
import { paperRun } from '../../demo/paper-run.ts'
import type { SilentTime } from '../messages.ts'
import type { Play } from '../play.ts'

/** A paper bot at the speed of an exchange, scraped by its own clock, which starts in 1970. */
export interface PaperRun {
  readonly forSeconds: (seconds: number) => Promise<void>
  /** Runs until this many seconds after the start. */
  readonly until: (seconds: number) => Promise<void>
  readonly turn: (name: FaultName, on: boolean) => void
  /** The process ends, and another starts after this many seconds. */
  readonly restart: (seconds: number) => Promise<void>
  /** Announces a maintenance; the result ends it. */
  readonly quiet: () => () => void
}

/** A scenario under these conditions. */
export const paperPlay =
  (conditions: Partial<Conditions>, play: (run: PaperRun) => Promise<void>): Play =>
  async (stage) => {
    const { run, end, silences } = begun(stage, createConditions(conditions))
    await play(run)
    await end()
    return silences
  }

function begun({ metrics, folder, every, scraped }: Parameters<Play>[0], conditions: Conditions) {
  const silences: SilentTime[] = []
  const started = (at: number) =>
    paperRun('day', at * 1000, 'strict', createClock(1), { conditions: startedLater(conditions, at), state: folder })
  let bot = started(0)
  let seconds = 0
  const isRead = new Map<string, boolean>()
  /** Whether a rule reads a series. */
  const reads = (series: string) => {
    const known = isRead.get(series) ?? metrics.has(series.replace(/\{.*/, ''))
    isRead.set(series, known)
    return known
  }
  const scrape = async () => scraped(new Map([...(await bot.samples())].filter(([series]) => reads(series))))
  const runUntil = async (end: number) => {
    for (; seconds < end; seconds += every) {
      await scrape()
      bot.steps(every * stepsPerSecond)
    }
  }
  const run: PaperRun = {
    forSeconds: (length) => runUntil(seconds + length),
    until: runUntil,
    turn: (name, on) => bot.turn(name, on),
    restart: async (length) => {
      await bot.end()
      for (const end = seconds + length; seconds < end; seconds += every) await scraped(null)
      bot = started(seconds)
    },
    quiet: () => {
      const from = seconds
      return () => silences.push({ from, to: seconds, except: loudAlerts(mcbot) })
    },
  }
  return { run, end: () => bot.end(), silences }
}
