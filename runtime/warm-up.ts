import { type Duration, milliseconds } from '../definitions/language/duration.ts'
import type { Mistake } from '../definitions/language/mistake.ts'
import { display } from './display.ts'
import type { Refusals } from './refusals.ts'

type Long = `${string}h${string}` | `${string}d${string}` | `${string}w${string}` | `${string}y${string}`
type Limit<L> = L extends Long
  ? Mistake<'a bot that warms up holds back its alerts, so the limit is 30m at most'>
  : Duration

/** Begins the warm-up of a bot, for at most `limit`; the function that it returns says that the bot is ready. */
export type BeginWarmUp = <const L>(options: { readonly limit: L & Limit<L> }) => () => void

/** A bot that did not call `warmUp` is ready from the start. */
type Phase = 'ready' | 'warming up' | 'overdue'

/** The warm-up of one bot. */
export interface WarmUp {
  readonly begin: BeginWarmUp
  readonly phase: () => Phase
  /** When the bot was ready or its limit passed, on the clock of the metrics; null while it warms up. */
  readonly endedAt: () => number | null
  /** Calls `then` once the bot has said that it is ready: at once if it is. */
  readonly whenReady: (then: () => void) => void
  /** Returns to the state after creation. */
  readonly reset: () => void
}

const longest = 30 * 60_000

/** Keeps whether the bot warms up; a second warm-up is refused, so that a bot cannot hold back its alerts forever. */
export function createWarmUp(refusals: Refusals, now: () => number): WarmUp {
  let created = now()
  let run: { readonly began: number; readonly limit: number } | null = null
  let readyAt: number | null = null
  let waiting: (() => void)[] = []

  const isReady = () => run === null || readyAt !== null
  const begin = (options: unknown): (() => void) => {
    const wrong = run === null ? limitProblem(options) : 'it was called before, and a bot warms up once, at its start'
    if (wrong !== null) refusals.refuse('warmUp', 'number', () => `warmUp: ${wrong}`)
    if (run !== null) return () => {}
    const mine = { began: now(), limit: limitOf(options) }
    run = mine
    return () => {
      if (run !== mine || readyAt !== null) return
      readyAt = now()
      for (const then of waiting.splice(0)) then()
    }
  }
  return Object.freeze({
    begin,
    phase: () =>
      run === null || readyAt !== null ? 'ready' : now() - run.began < run.limit ? 'warming up' : 'overdue',
    endedAt: () => {
      if (run === null) return created
      const latest = run.began + run.limit
      if (readyAt !== null) return Math.min(readyAt, latest)
      return now() < latest ? null : latest
    },
    whenReady: (then: () => void) => {
      if (isReady()) then()
      else waiting.push(then)
    },
    reset: () => {
      created = now()
      run = null
      readyAt = null
      waiting = []
    },
  })
}

const millisIn = (options: unknown): number | null => {
  const limit: unknown = (options as { readonly limit?: unknown } | null | undefined)?.limit
  return typeof limit === 'string' ? milliseconds(limit) : null
}

/** The longest for a limit that is refused. */
const limitOf = (options: unknown): number => Math.min(millisIn(options) || longest, longest)

function limitProblem(options: unknown): string | null {
  const millis = millisIn(options)
  if (millis !== null && millis > 0 && millis <= longest) return null
  const given = display((options as { readonly limit?: unknown } | null | undefined)?.limit)
  return `the limit is ${given}, expected a duration such as '5m', at most '30m', since alerts are held back meanwhile: 30m are used`
}

/** The property that holds it; a registered symbol, so that two copies of this package agree. */
export const warmUpOf = Symbol.for('@botwatch/runtime warm-up')

/** The warm-up of what `createMetrics` returned; undefined if an older copy of this package created it. */
export const warmUpIn = (metrics: object): WarmUp | undefined => (metrics as { readonly [warmUpOf]?: WarmUp })[warmUpOf]
