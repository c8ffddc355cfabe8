import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** A file that keeps a value while a paper bot is down. */
interface KeptFile<T> {
  /** Null if none is known. */
  readonly known: T | null
  readonly save: (value: T) => void
}

interface KeptFileOptions<T> {
  readonly bot: string
  /** What it keeps, such as 'the account'. */
  readonly what: string
  /** Null if it is anything else. */
  readonly read: (given: unknown) => T | null
}

/** Reads a value from a JSON file and writes it there; a file that cannot be used is reported once. */
export function createKeptFile<T>(path: string, { bot, what, read }: KeptFileOptions<T>): KeptFile<T> {
  let reported = false
  const attempt = <R>(use: () => R): R | null => {
    try {
      return use()
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (!reported && code !== 'ENOENT') console.error(`${bot}: ${what} is not kept: ${message}`)
      reported ||= code !== 'ENOENT'
      return null
    }
  }
  return Object.freeze({
    known: attempt(() => read(JSON.parse(readFileSync(path, 'utf8')))),
    save: (value: T) => {
      attempt(() => {
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(`${path}.tmp`, `${JSON.stringify(value)}\n`)
        renameSync(`${path}.tmp`, path)
      })
    },
  })
}
