import { join } from 'node:path'
import { day } from '../../../definitions/arbot/day.ts'
import { createDay } from '../../../runtime/day/index.ts'
import { createKeptFile } from '../../paper/kept-file.ts'
import { random } from '../../paper/random.ts'
import { sharpe } from '../../paper/sharpe.ts'
import type { BotMetrics } from '../metrics.ts'

/** What the bot earned on each day and with each round trip, across restarts. */
export interface TrackRecord {
  /** Records that a round trip ended. */
  readonly closed: (won: boolean) => void
  /** Takes what today's PnL in USD is now, of a capital in USD. */
  readonly earned: (daily: number, capital: number) => void
  /** What was deposited in USD, from which PnL counts; an account that was never looked at is worth `worth`. */
  readonly deposited: (worth: number) => number
  readonly save: () => void
}

interface Kept {
  /** PnL of the completed days, oldest first, and the return of each. */
  readonly days: readonly { readonly pnl: number; readonly return: number }[]
  readonly wins: readonly boolean[]
  /** The current day: when it began, and its PnL and return so far. */
  readonly today: { readonly start: number; readonly pnl: number; readonly return: number } | null
  readonly deposited: number | null
}

const [mostDays, mostTrips, leastTrips, sharpeDays, leastDays] = [60, 100, 20, 30, 10]
/** Days that the paper account has traded before it is looked at, and what such a day earns of which capital. */
const past = { days: 14, mean: 1_800, deviation: 900, capital: 320_000 } as const
const daysAgo = ['1', '2', '3', '4', '5', '6', '7'] as const

export function createTrackRecord(
  seed: string,
  metrics: BotMetrics,
  now: () => number,
  folder: string | null,
): TrackRecord {
  const options = { bot: 'arbot', what: 'the track record', read: keptIn }
  const file = folder === null ? null : createKeptFile(join(folder, 'track-record.json'), options)
  const days = createDay(day)
  let kept = file?.known ?? freshRecord(seed)

  const record = () => {
    for (const [i, days_ago] of daysAgo.entries()) {
      const one = kept.days.at(-1 - i)
      if (one !== undefined) metrics.pnl_by_day_usd.set({ days_ago }, one.pnl)
    }
    const returns = kept.days.slice(-sharpeDays).map((one) => one.return)
    const ratio = returns.length < leastDays ? undefined : sharpe(returns)
    if (ratio !== undefined) metrics.sharpe_ratio.set(ratio)
    if (kept.wins.length >= leastTrips) metrics.win_rate.set(kept.wins.filter(Boolean).length / kept.wins.length)
  }
  record()
  return Object.freeze({
    deposited: (worth: number) => {
      const earnedBefore = kept.days.reduce((sum, one) => sum + one.pnl, 0)
      const deposited = kept.deposited ?? worth - earnedBefore
      kept = { ...kept, deposited }
      return deposited
    },
    closed: (won: boolean) => {
      kept = { ...kept, wins: [...kept.wins, won].slice(-mostTrips) }
      record()
    },
    earned: (daily: number, capital: number) => {
      const start = days.startOf(now())
      const { today } = kept
      const ended = today !== null && today.start < start ? [{ pnl: today.pnl, return: today.return }] : []
      const changed = { start, pnl: daily, return: daily / (capital - daily) }
      kept = { ...kept, days: [...kept.days, ...ended].slice(-mostDays), today: changed }
      if (ended.length > 0) record()
    },
    save: () => file?.save(kept),
  })
}

function freshRecord(seed: string): Kept {
  const draw = random(seed, 'days before')
  const pnls = Array.from({ length: past.days }, () => past.mean + past.deviation * draw.normal())
  return {
    days: pnls.map((pnl) => ({ pnl, return: pnl / past.capital })),
    wins: [],
    today: null,
    deposited: null,
  }
}

function keptIn(given: unknown): Kept | null {
  const { days, wins, deposited, today } = (given ?? {}) as Partial<Kept>
  const fits =
    Array.isArray(days) &&
    days.every((one) => typeof one?.pnl === 'number' && typeof one.return === 'number') &&
    Array.isArray(wins) &&
    (deposited === null || typeof deposited === 'number') &&
    (today === null || typeof today?.start === 'number')
  return fits ? (given as Kept) : null
}
