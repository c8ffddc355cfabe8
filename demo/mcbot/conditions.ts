import { symbols } from './setting.ts'

/** The conditions that the paper bot runs under: what a scenario changes apart from faults. */
export interface Conditions {
  /** The symbols whose market data the bot reads; it trades only some of them. */
  readonly watched: readonly string[]
  /** Seconds from the start until the last stream is connected: one after another, evenly. */
  readonly warmUp: number
  /** How long it says that it may take until then; null if it does not say that it warms up. */
  readonly warmUpLimit: '2m' | '5m' | null
  /** The share of its decisions that a strategy acts on; null if it follows from the clock. */
  readonly activity: number | null
  /** The value of the long positions that the bot starts with, as a multiple of its equity. */
  readonly held: number
  /** How much is traded, as a share of what is usual, by the seconds since the start. */
  readonly turnover: (seconds: number) => number
  /** A factor on all prices, by the seconds since the start. */
  readonly shock: (seconds: number) => number
}

/** Conditions that are as usual except for these. */
export const createConditions = (unusual: Partial<Conditions> = {}): Conditions =>
  Object.freeze({
    watched: symbols,
    warmUp: 0,
    warmUpLimit: '5m',
    activity: null,
    held: 0,
    turnover: () => 1,
    shock: () => 1,
    ...unusual,
  })

/** Conditions of a process that starts this many seconds after they began. */
export const startedLater = ({ turnover, shock, ...same }: Conditions, later: number): Conditions =>
  Object.freeze({
    ...same,
    turnover: (seconds: number) => turnover(later + seconds),
    shock: (seconds: number) => shock(later + seconds),
  })

/** A fall of all prices by a share, from one time to another, in seconds since the start. */
export const fall =
  (share: number, from: number, to: number): Conditions['shock'] =>
  (seconds) =>
    1 - share * Math.min(1, Math.max(0, (seconds - from) / (to - from)))
