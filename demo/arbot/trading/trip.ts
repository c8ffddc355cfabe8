import { type Fill, fromMicros, type Micros } from '../amount.ts'
import { isCoin } from '../market/market.ts'
import type { Plan, Signal } from './strategies.ts'

/** A leg of a round trip, and what became of it. */
export interface Leg {
  readonly plan: Plan
  id: string
  /** What is sent; null until the leg that decides it is filled. */
  amount: Micros | null
  state: 'waiting' | 'sent' | 'filled'
  /** The first step in which it may be sent again after it failed. */
  retryAt: number
  attempts: number
  fill: Fill | null
  /** When it was filled, in milliseconds since 1970. */
  filledAt: number
  /** Whether the log says that it has no counter-leg. */
  isReported: boolean
}

/** A round trip that is under way. */
export interface Trip {
  readonly id: string
  readonly signal: Signal
  readonly legs: readonly (readonly Leg[])[]
  /** The step in which the group that is under way began. */
  since: number
}

export function tripOf(id: string, signal: Signal, step: number): Trip {
  const legs = signal.groups.map((group) =>
    group.map(
      (plan): Leg => ({
        plan,
        id: '',
        amount: typeof plan.amount === 'number' ? plan.amount : null,
        state: 'waiting',
        retryAt: 0,
        attempts: 0,
        fill: null,
        filledAt: 0,
        isReported: false,
      }),
    ),
  )
  return { id, signal, legs, since: step }
}

export const isFilled = ({ state }: Leg): boolean => state === 'filled'

/** The legs that are filled while what hedges them is not. */
export function unhedgedIn({ legs }: Trip): readonly Leg[] {
  const group = legs.find((one) => !one.every(isFilled)) ?? []
  const all = legs.flat()
  // one after another: what the last one bought is still held
  if (group.length === 1) return all.filter(isFilled).slice(-1)
  return group.filter(isFilled)
}

/** What a round trip earned in USD after fees, given what one unit of each cash is worth. */
export function resultOf({ legs }: Trip, usd: (cash: Fill['cash']) => number) {
  const fills = legs.flat().flatMap(({ fill }) => (fill === null ? [] : [fill]))
  const sum = (of: (fill: Fill) => number) => fills.reduce((total, fill) => total + of(fill), 0)
  const fees = sum(({ fee, cash }) => fromMicros(fee) * usd(cash))
  const cash = sum(({ side, quote, cost }) =>
    isCoin(quote) ? 0 : (side === 'sell' ? 1 : -1) * fromMicros(cost) * usd(quote),
  )
  return { pnl: cash - fees, fees }
}
