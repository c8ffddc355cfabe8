import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

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
interface AccountFile {
  /** Null if none is known. */
  readonly known: KeptAccount | null
  readonly save: (account: KeptAccount) => void
}

/** Reads the account from a file and writes it there; a file that cannot be used is reported once. */
export function createAccountFile(path: string): AccountFile {
  let reported = false
  const attempt = <T>(use: () => T): T | null => {
    try {
      return use()
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (!reported && code !== 'ENOENT') console.error(`mcbot: the account is not kept: ${message}`)
      reported ||= code !== 'ENOENT'
      return null
    }
  }
  return Object.freeze({
    known: attempt(() => accountIn(JSON.parse(readFileSync(path, 'utf8')))),
    save: (account: KeptAccount) => {
      attempt(() => {
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(`${path}.tmp`, `${JSON.stringify(account)}\n`)
        renameSync(`${path}.tmp`, path)
      })
    },
  })
}

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
