import { once } from 'node:events'
import { isAbsolute, resolve } from 'node:path'
import { humanLine } from './human.ts'

/** Where lines go beside the console: files that are turned over by size and by day. */
export interface LogFile {
  /** Such as `logs/mybot.jsonl`: a date and a number come before its ending. */
  readonly path: string
  /** A file is turned over at so many bytes, such as `20m`. */
  readonly size?: string
  /** So many old files are kept beside the one that is written. */
  readonly keep?: number
}

/** As much as is asked of sonic-boom, the stream under pino. */
interface Stream {
  readonly write: (text: string) => boolean
  readonly end: () => void
  readonly flushSync: () => void
  readonly on: (event: string, listener: (value: unknown) => void) => unknown
}

type Roll = (options: object) => Promise<Stream>

export interface Destination {
  readonly write: (line: string) => void
  /** Writes what is left and closes. */
  readonly end: () => Promise<void>
}

/** Bytes that may wait to be written before lines are lost rather than the bot's memory. */
const mostWaiting = 16 * 2 ** 20

export async function consoleDestination(form: 'human' | 'json', lost: (why: string) => void): Promise<Destination> {
  const { default: pino } = await library('pino', () => import('pino'))
  const stream = pino.destination({ dest: 1, sync: false, maxLength: mostWaiting }) as unknown as Stream
  const coloured = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined
  return destination(stream, form === 'json' ? (line) => line : (line) => humanLine(line, coloured), lost)
}

export async function fileDestination(file: LogFile, lost: (why: string) => void): Promise<Destination> {
  // @ts-expect-error it has no types of its own
  const { default: roll }: { default: Roll } = await library('pino-roll', () => import('pino-roll'))
  const path = isAbsolute(file.path) ? file.path : resolve(file.path)
  const stream = await roll({
    file: path,
    frequency: 'daily',
    dateFormat: 'yyyy-MM-dd',
    size: file.size ?? '20m',
    limit: { count: file.keep ?? 14, removeOtherLogFiles: true },
    mkdir: true,
    // What a bot owns is nobody else's business.
    mode: 0o640,
    sync: false,
    maxLength: mostWaiting,
  })
  try {
    // The folder may not be ours: that is to be known at the start, not at the first line.
    await once(stream as never, 'ready')
  } catch (error) {
    throw new Error(`createLog: cannot write ${path}: ${(error as Error).message}`)
  }
  return destination(stream, (line) => line, lost)
}

function destination(stream: Stream, form: (line: string) => string, lost: (why: string) => void): Destination {
  let broken = false
  // An error that nobody listens to would end the bot: a full disk must not.
  stream.on('error', (error) => {
    if (!broken) lost(`a log cannot be written: ${(error as Error).message}`)
    broken = true
  })
  stream.on('write', () => {
    broken = false
  })
  stream.on('drop', () => lost('lines are lost: they come faster than they can be written'))
  const flush = () => {
    // A line whose write is under way in another thread may come behind these; it has its time in it.
    try {
      stream.flushSync()
    } catch {
      // Not open yet, or no longer: there is nothing to save.
    }
  }
  // The last lines before a crash are those that are wanted.
  process.once('exit', flush)
  return {
    write(line) {
      try {
        stream.write(form(line))
      } catch (error) {
        lost(`a line is lost: ${(error as Error).message}`)
      }
    },
    async end() {
      process.off('exit', flush)
      const closed = new Promise<void>((resolve) => {
        stream.on('close', () => resolve())
        stream.on('error', () => resolve())
      })
      stream.end()
      await closed
    },
  }
}

/** Loads a package that is needed only here; the error says what to install. */
export async function library<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new Error(`createLog: ${name} is not installed: npm install ${name}`)
  }
}
