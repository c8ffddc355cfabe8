import { once } from 'node:events'
import { writeSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { humanLine } from './human.ts'

/** Log files, rotated by size and daily. */
export interface LogFile {
  /** Such as `logs/mybot.jsonl`; a date and a number are inserted before the extension. */
  readonly path: string
  /** The size at which a file is rotated, such as `20m`, the default. */
  readonly size?: string
  /** How many rotated files are kept besides the current one; default 14. */
  readonly keep?: number
}

/** The parts of sonic-boom, the stream under pino, that are used here; properties with an underscore are its internals. */
interface Stream {
  readonly fd: number
  readonly write: (text: string) => boolean
  readonly end: () => void
  flushSync: () => void
  readonly on: (event: string, listener: (value: unknown) => void) => unknown
  readonly _bufs?: (string | Buffer)[]
  /** Being written in another thread while `_writing`, otherwise the rest of a failed write. */
  _writingBuf: string | Buffer
  readonly _writing: boolean
}

type Roll = (options: object) => Promise<Stream>

export interface Destination {
  readonly write: (line: string) => void
  /** Flushes and closes. */
  readonly end: () => Promise<void>
}

/** Bytes waiting to be written before lines are dropped to protect the bot's memory. */
const mostWaiting = 16 * 2 ** 20
/** Milliseconds that a reader of the log gets for its last lines. */
const patience = 3000

export async function consoleDestination(form: 'human' | 'json', lost: (why: string) => void): Promise<Destination> {
  const { default: pino } = await library('pino', () => import('pino'))
  let full = false
  const retryEAGAIN = () => {
    full = true
    return true
  }
  const options = { dest: 1, sync: false, maxLength: mostWaiting, retryEAGAIN }
  const stream = pino.destination(options) as unknown as Stream
  stream.on('write', () => {
    full = false
  })
  const coloured = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined
  return destination(stream, form === 'json' ? (line) => line : (line) => humanLine(line, coloured), lost, () => full)
}

export async function fileDestination(file: LogFile, lost: (why: string) => void): Promise<Destination> {
  // @ts-expect-error the package has no types
  const { default: roll }: { default: Roll } = await library('pino-roll', () => import('pino-roll'))
  const path = isAbsolute(file.path) ? file.path : resolve(file.path)
  const stream = await roll({
    file: path,
    frequency: 'daily',
    dateFormat: 'yyyy-MM-dd',
    size: file.size ?? '20m',
    limit: { count: file.keep ?? 14, removeOtherLogFiles: true },
    mkdir: true,
    // Logs reveal what a bot owns: others may not read them.
    mode: 0o640,
    sync: false,
    maxLength: mostWaiting,
  })
  try {
    // Fail at the start if the folder is not writable, not at the first line.
    await once(stream as never, 'ready')
  } catch (error) {
    throw new Error(`createLog: cannot write ${path}: ${(error as Error).message}`)
  }
  return destination(stream, (line) => line, lost)
}

/** `full` returns whether a write is waiting to be retried because the pipe is full. */
function destination(
  stream: Stream,
  form: (line: string) => string,
  lost: (why: string) => void,
  full: () => boolean = () => false,
): Destination {
  let broken = false
  // An unhandled 'error' event would end the bot: a full disk must not.
  stream.on('error', (error) => {
    if (!broken) lost(unwritten(error))
    broken = true
  })
  stream.on('write', () => {
    broken = false
  })
  stream.on('drop', () => lost('log lines are lost: they arrive faster than they can be written'))
  const own = stream.flushSync.bind(stream)
  const flush = () => {
    try {
      // The original retries forever if the disk is full or the reader is gone; use it only if a release stores its lines elsewhere.
      if (stream._bufs === undefined) own()
      else writeLast(stream, stream._bufs, !stream._writing || full(), lost)
    } catch (error) {
      lost(unwritten(error))
    }
  }
  // Pino calls it when the process ends.
  stream.flushSync = flush
  // The last lines before a crash are the ones people need.
  process.once('exit', flush)
  return {
    write(line) {
      try {
        stream.write(form(line))
      } catch (error) {
        lost(`a log line was lost: ${(error as Error).message}`)
      }
    },
    async end() {
      await new Promise<void>((resolve) => {
        // If the reader stopped reading or is gone, no event will come: pino does not end then.
        const late = setTimeout(resolve, broken ? 0 : patience)
        const over = () => {
          clearTimeout(late)
          resolve()
        }
        stream.on('close', over)
        stream.on('error', over)
        stream.end()
      })
      process.off('exit', flush)
    },
  }
}

const unwritten = (error: unknown): string => `the log cannot be written: ${(error as Error).message}`

/** Writes what is waiting, in this thread; a line being written by another thread may end up after it, out of order. */
function writeLast(stream: Stream, buffers: (string | Buffer)[], begunToo: boolean, lost: (why: string) => void): void {
  const waiting = buffers.splice(0)
  if (begunToo) {
    waiting.unshift(stream._writingBuf)
    stream._writingBuf = ''
  }
  let left = Buffer.concat(waiting.map((part) => Buffer.from(part as string)))
  const until = performance.now() + patience
  while (left.length > 0) {
    try {
      left = left.subarray(writeSync(stream.fd, left))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if ((code !== 'EAGAIN' && code !== 'EBUSY') || performance.now() > until) {
        lost(unwritten(error))
        return
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}

/** Loads an optional package; the error says what to install. */
export async function library<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new Error(`createLog: ${name} is not installed; run npm install ${name}`)
  }
}
