import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** What the exchange is for a real bot: it remembers the equity of the account while the bot is down. */
interface AccountFile {
  /** In USDT; null if none is known. */
  readonly equity: number | null
  readonly save: (equity: number) => void
}

/** Reads the account's equity from a file and writes it there; a file that cannot be used is reported once. */
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
  const known = attempt(() => JSON.parse(readFileSync(path, 'utf8')) as { readonly equity?: unknown } | null)
  return Object.freeze({
    equity: typeof known?.equity === 'number' ? known.equity : null,
    save: (equity: number) => {
      attempt(() => {
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(`${path}.tmp`, `${JSON.stringify({ equity })}\n`)
        renameSync(`${path}.tmp`, path)
      })
    },
  })
}
