import type { scenarios } from '../../../definitions/arbot/scenarios.ts'
import type { Play } from '../play.ts'
import { createVenues, exposedBy, loopOnce, restartAt, type Venues } from './venues.ts'

const minute = 60
const hour = 60 * minute
/** Before something happens, and after it: until all that it causes is resolved. */
const [before, after] = [10 * minute, 20 * minute]

interface ArbitrageRun {
  readonly venues: Venues
  /** What the main loop does from now on. */
  readonly now: { loops: boolean }
  /** Runs for this many seconds; `each` is called before every scrape with the seconds since the start. */
  readonly forSeconds: (seconds: number, each?: (seconds: number) => void) => Promise<void>
  /** The process ends, and another starts after this many seconds. */
  readonly restart: (seconds: number) => Promise<void>
}

/** Plays a scenario with a bot that scrapes are made up for. */
const arbitragePlay =
  (play: (run: ArbitrageRun) => Promise<void>): Play =>
  async ({ every, scraped }) => {
    const venues = createVenues()
    const now = { loops: true }
    let seconds = 0
    await play({
      venues,
      now,
      forSeconds: async (length, each = () => {}) => {
        for (const end = seconds + length; seconds < end; seconds += every) {
          if (now.loops) loopOnce(venues, seconds, every)
          each(seconds)
          await scraped(exposedBy(venues, seconds))
        }
      },
      restart: async (length) => {
        for (const end = seconds + length; seconds < end; seconds += every) await scraped(null)
        restartAt(venues, seconds)
        now.loops = true
      },
    })
    return []
  }

/** How each scenario of arbot is played. */
export const plays: Readonly<Record<keyof typeof scenarios, Play>> = Object.freeze({
  ordinaryNight: arbitragePlay(({ venues: { counted }, forSeconds }) =>
    forSeconds(8 * hour, (seconds) => {
      if (seconds % minute === 0) counted.trips += 1
      if (seconds % hour === 0) counted.errors += 1
      // the exchange closes its sockets, and the bot is connected again before the next scrape
      if (seconds === 3 * hour) counted.reconnects += 1
      counted.spreads += 7
    }),
  ),
  restart: arbitragePlay(async (run) => {
    await run.forSeconds(before)
    await run.restart(20)
    await run.forSeconds(after)
  }),
  maintenance: arbitragePlay(async ({ venues, forSeconds }) => {
    await forSeconds(before)
    venues.answers = false
    await forSeconds(hour)
    venues.answers = true
    venues.counted.reconnects += 1
    await forSeconds(after)
  }),
  unhedged: arbitragePlay(async ({ venues, forSeconds }) => {
    await forSeconds(before)
    venues.unhedgedSince = before
    await forSeconds(10 * minute)
    venues.unhedgedSince = null
    await forSeconds(after)
  }),
  loss: arbitragePlay(async ({ venues, forSeconds }) => {
    await forSeconds(before)
    Object.assign(venues, { pnlToday: -512, isHalted: true })
    await forSeconds(20 * minute)
    venues.pnlToday = 0
    await forSeconds(20 * minute)
    venues.isHalted = false
    await forSeconds(after)
  }),
  freeze: arbitragePlay(async (run) => {
    await run.forSeconds(before)
    run.now.loops = false
    await run.forSeconds(2 * minute)
    await run.restart(10)
    await run.forSeconds(after)
  }),
  down: arbitragePlay(async (run) => {
    await run.forSeconds(before)
    await run.restart(30 * minute)
    await run.forSeconds(after)
  }),
})
