import type { Play } from '../play.ts'
import { type Account, createAccount, exposedBy } from './account.ts'

/** A bot that scrapes are made up for: what it exposes follows from its account. */
export interface TradingRun {
  readonly account: Account
  /** What the exchange and the main loop do from now on. */
  readonly now: { answers: boolean; loops: boolean }
  /** Runs for this many seconds; `each` is called before every scrape with the seconds since the start. */
  readonly forSeconds: (seconds: number, each?: (seconds: number) => void) => Promise<void>
  /** The process ends, and another starts after this many seconds. */
  readonly restart: (seconds: number) => Promise<void>
}

/** Plays a scenario with such a bot. */
export const tradingPlay =
  (play: (run: TradingRun) => Promise<void>): Play =>
  async ({ every, scraped }) => {
    const account = createAccount()
    const now = { answers: true, loops: true }
    let seconds = 0
    const step = () => {
      if (now.loops) account.lastBeat = seconds
      if (now.loops && now.answers) account.lastRead = seconds
      // a call every five seconds
      if (now.loops && !now.answers) account.failedCalls += every / 5
    }
    await play({
      account,
      now,
      forSeconds: async (length, each = () => {}) => {
        for (const end = seconds + length; seconds < end; seconds += every) {
          step()
          each(seconds)
          account.peak = Math.max(account.peak, account.balance)
          await scraped(exposedBy(account, seconds))
        }
      },
      restart: async (length) => {
        for (const end = seconds + length; seconds < end; seconds += every) await scraped(null)
        Object.assign(account, { startedAt: seconds, fills: 0, failedCalls: 0 })
        Object.assign(now, { answers: true, loops: true })
      },
    })
    return []
  }
