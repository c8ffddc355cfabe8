import { readFileSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** A value captured for a day; times are milliseconds since 1970. */
export interface Opening {
  /** When the day began. */
  readonly start: number
  readonly value: number
  readonly capturedAt: number
}

/** A file that keeps a few openings across restarts. */
interface StateFile {
  /** Writes in the background. */
  readonly write: (openings: readonly Opening[]) => void
  /** Tries again what could not be written. */
  readonly retry: () => void
  /** Waits for the last write, for at most three seconds: a hung disk must not prevent the shutdown. */
  readonly end: () => Promise<void>
}

/** What a state file reports. */
export interface Reports {
  readonly failed: (what: string) => void
  readonly written: () => void
}

const endWithin = 3000

/** The openings that a file holds; none, with a report, if it cannot be read. */
export function readOpenings(path: string, { failed }: Reports): readonly Opening[] {
  try {
    const openings = openingsIn(readFileSync(path, 'utf8'))
    if (openings !== null) return openings
    failed(
      `${resolve(path)} is not a state file of an opening value and is replaced; the value is captured now instead`,
    )
  } catch (error) {
    // There is none before the first start.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      failed(`cannot read ${resolve(path)} (${reasonOf(error)}); the value is captured now instead`)
  }
  return []
}

/** Creates the writer of a state file; every failure is reported, and nothing is thrown. */
export function createStateFile(path: string, { failed, written }: Reports): StateFile {
  let wanted: string | null = null
  let writing: Promise<void> | null = null
  const save = async (): Promise<void> => {
    while (wanted !== null) {
      const text: string = wanted
      try {
        await replace(path, text)
        if (wanted === text) wanted = null
        written()
      } catch (error) {
        failed(
          `cannot write ${resolve(path)} (${reasonOf(error)}); it is tried again, but a restart before that loses the value`,
        )
        return
      }
    }
  }
  const retry = (): void => {
    if (wanted === null) return
    writing ??= save().finally(() => {
      writing = null
    })
  }
  return Object.freeze({
    write(openings: readonly Opening[]) {
      wanted = textOf(openings)
      retry()
    },
    retry,
    async end() {
      retry()
      if (writing === null) return
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<void>((done) => {
        timer = setTimeout(done, endWithin)
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

const iso = (ms: number): string => new Date(ms).toISOString()

const textOf = (openings: readonly Opening[]): string => {
  const days = openings.map(({ start, value, capturedAt }) => ({
    start: iso(start),
    value,
    capturedAt: iso(capturedAt),
  }))
  return `${JSON.stringify({ days }, null, 2)}\n`
}

/** The openings in the text of a state file; null if it is anything else. */
function openingsIn(text: string): readonly Opening[] | null {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return null
  }
  const days = (given as { readonly days?: unknown } | null)?.days
  if (!Array.isArray(days)) return null
  const openings = days.map((day: Partial<Record<string, unknown>> | null) => ({
    start: timeOf(day?.['start']),
    value: day?.['value'],
    capturedAt: timeOf(day?.['capturedAt']),
  }))
  return openings.every(({ start, value, capturedAt }) => [start, value, capturedAt].every(Number.isFinite))
    ? (openings as readonly Opening[])
    : null
}

const timeOf = (text: unknown): number => (typeof text === 'string' ? Date.parse(text) : Number.NaN)

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code === 'EBUSY' ? 'EBUSY: in a container, mount its folder instead of the file' : `${message}`
}
