import { readFileSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** A file that keeps a text across restarts. */
interface StateFile {
  /** Writes in the background. */
  readonly write: (text: string) => void
  /** Tries again what could not be written. */
  readonly retry: () => void
  /** Waits for the last write, for at most three seconds: a hung disk must not prevent the shutdown. */
  readonly end: () => Promise<void>
}

/** What a state file reports. */
export interface Reports {
  /** What it keeps, with its article. */
  readonly of: string
  readonly failed: (what: string) => void
  readonly written: () => void
}

const endWithin = 3000
/** A write that takes longer than this hangs, in milliseconds. */
const hangsAfter = 20_000

/** What a state file holds, as `read` makes it of its text; null, with a report unless there is none, if it cannot be used. */
export function readStateFile<T>(path: string, read: (text: string) => T | null, { failed, of }: Reports): T | null {
  try {
    const state = read(readFileSync(path, 'utf8'))
    if (state !== null) return state
    failed(`${resolve(path)} is not a state file of ${of} and is replaced; the value is captured now instead`)
  } catch (error) {
    // There is none before the first start.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      failed(`cannot read ${resolve(path)} (${reasonOf(error)}); the value is captured now instead`)
  }
  return null
}

/** Creates the writer of a state file; every failure is reported, and nothing is thrown. */
export function createStateFile(path: string, { failed, written }: Reports): StateFile {
  let wanted: string | null = null
  let writing: Promise<void> | null = null
  let begun = 0
  const lost = 'it is tried again, but a restart before that loses the value'
  const hangs = (): void => failed(`cannot write ${resolve(path)} (the disk does not answer); ${lost}`)
  const save = async (): Promise<void> => {
    while (wanted !== null) {
      const text: string = wanted
      try {
        await replace(path, text)
        if (wanted === text) wanted = null
        written()
      } catch (error) {
        failed(`cannot write ${resolve(path)} (${reasonOf(error)}); ${lost}`)
        return
      }
    }
  }
  const retry = (): void => {
    if (wanted === null) return
    if (writing !== null) {
      if (performance.now() - begun > hangsAfter) hangs()
      return
    }
    begun = performance.now()
    writing = save().finally(() => {
      writing = null
    })
  }
  return Object.freeze({
    write(text: string) {
      wanted = text
      retry()
    },
    retry,
    async end() {
      retry()
      if (writing === null) return
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<void>((done) => {
        timer = setTimeout(() => {
          hangs()
          done()
        }, endWithin)
      })
      await Promise.race([writing, late])
      clearTimeout(timer)
    },
  })
}

/** Replaces the file in one step, so that it holds either the old text or the new one, whenever the process or the machine stops. */
async function replace(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  // The old and the new process of a reload may write at the same time.
  const temporary = `${path}.${process.pid}.tmp`
  try {
    const file = await open(temporary, 'w', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw error
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code === 'EBUSY' ? 'EBUSY: in a container, mount its folder instead of the file' : `${message}`
}
