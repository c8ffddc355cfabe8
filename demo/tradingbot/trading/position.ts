import { fee } from '../setting.ts'

/** A position; its size in coins is negative if it is short. */
export interface Position {
  readonly size: number
  readonly entry: number
}

/** What a fill makes of a position; null if it is closed. */
interface Booked {
  readonly position: Position | null
  /** PnL of what it closed. */
  readonly realized: number
  readonly fee: number
}

/** What a fill did to a position. */
export type Change =
  | { readonly kind: 'opened' }
  | { readonly kind: 'closed'; readonly pnl: number; readonly pnlPercent: number }

/** Coins that are left over by the arithmetic of floating point. */
const dust = 1e-9

/** Books a fill of `size` coins, negative for a sale. */
export function bookedFill(before: Position | null, size: number, price: number): Booked {
  const cost = Math.abs(size) * price * fee
  if (before === null || before.size * size > 0) {
    const total = (before?.size ?? 0) + size
    const entry = ((before?.size ?? 0) * (before?.entry ?? 0) + size * price) / total
    return { position: { size: total, entry }, realized: 0, fee: cost }
  }
  const closed = Math.min(Math.abs(size), Math.abs(before.size)) * Math.sign(before.size)
  const left = before.size + size
  const realized = closed * (price - before.entry)
  if (Math.abs(left) < dust) return { position: null, realized, fee: cost }
  return { position: { size: left, entry: left * before.size > 0 ? before.entry : price }, realized, fee: cost }
}

/** What a fill of `size` coins did to the position that was there before. */
export function changeOf(before: Position | null, size: number, { realized, fee: paid }: Booked): Change {
  if (before === null || before.size * size > 0) return { kind: 'opened' }
  const pnl = realized - paid
  return { kind: 'closed', pnl, pnlPercent: (100 * pnl) / (Math.abs(size) * before.entry) }
}

export const unrealizedOf = ({ size, entry }: Position, price: number): number => size * (price - entry)
