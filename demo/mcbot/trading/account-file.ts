import { createKeptFile } from '../../paper/kept-file.ts'

/** What is known of the account while the bot is down, in USDT. */
interface KeptAccount {
  readonly equity: number
  /** Deposits less withdrawals. */
  readonly transferred: number
  /** What was withdrawn and is to be deposited again. */
  readonly withdrawn: number
  /** What each strategy has earned so far: an exchange knows none, so a real bot keeps it itself. */
  readonly profits: Readonly<Record<string, number>>
}

/** What the exchange is for a real bot: it remembers the account while the bot is down. */
export const createAccountFile = (path: string) =>
  createKeptFile(path, { bot: 'mcbot', what: 'the account', read: accountIn })

/** The first accounts were kept as their equity alone, and later ones without their strategies. */
function accountIn(given: unknown): KeptAccount | null {
  const { equity, transferred = 0, withdrawn = 0, profits } = (given ?? {}) as Partial<Record<string, unknown>>
  return typeof equity === 'number' && typeof transferred === 'number' && typeof withdrawn === 'number'
    ? Object.freeze({ equity, transferred, withdrawn, profits: profitsIn(profits) })
    : null
}

const profitsIn = (given: unknown): Readonly<Record<string, number>> =>
  Object.freeze(
    Object.fromEntries(
      Object.entries(given ?? {}).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
    ),
  )
