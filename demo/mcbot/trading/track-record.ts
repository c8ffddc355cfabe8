import { sharpe } from '../../paper/sharpe.ts'

/** The performance of a strategy in its days and trades. */
export interface TrackRecord {
  /** Closes a market day with that equity of the strategy, in USDT. */
  readonly closeDay: (equity: number) => void
  /** Records the realized profit of a closing fill. */
  readonly close: (realized: bigint) => void
  /** Fraction of the last 20 closing fills that made a profit; undefined before the first. */
  readonly winRate: () => number | undefined
  /** Annualized, over the last 30 daily returns; undefined below two returns, or if they are all equal. */
  readonly sharpe: () => number | undefined
  /** Daily returns, oldest first; at most 200. */
  readonly returns: () => readonly number[]
}

const kept = 200

/** Starts with the returns of the days before this process, so that daily figures exist from the start. */
export function createTrackRecord(start: number, before: readonly number[]): TrackRecord {
  let yesterday = start
  let returns = before.slice(-kept)
  let wins: readonly boolean[] = []
  return Object.freeze({
    closeDay: (now: number) => {
      returns = [...returns, (now - yesterday) / start].slice(-kept)
      yesterday = now
    },
    close: (realized: bigint) => {
      wins = [...wins, realized > 0n].slice(-20)
    },
    winRate: () => (wins.length === 0 ? undefined : wins.filter(Boolean).length / wins.length),
    sharpe: () => sharpe(returns.slice(-30)),
    returns: () => returns,
  })
}
