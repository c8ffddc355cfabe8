import { once } from 'node:events'
import { writeSync } from 'node:fs'
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

/** As much as is asked of sonic-boom, the stream under pino; what begins with a line is its own business. */
interface Stream {
  readonly fd: number
  readonly write: (text: string) => boolean
  readonly end: () => void
  flushSync: () => void
  readonly on: (event: string, listener: (value: unknown) => void) => unknown
  readonly _bufs?: (string | Buffer)[]
  /** Under way in another thread while `_writing`, else what is left of a write that failed. */
  _writingBuf: string | Buffer
  readonly _writing: boolean
}

type Roll = (options: object) => Promise<Stream>

export interface Destination {
  readonly write: (line: string) => void
  /** Writes what is left and closes. */
  readonly end: () => Promise<void>
}

/** Bytes that may wait to be written before lines are lost rather than the bot's memory. */
const mostWaiting = 16 * 2 ** 20
/** Milliseconds that whoever reads the log may take over its last lines. */
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

/** `full` says whether a write waits to be tried again, since the reader has not read. */
function destination(
  stream: Stream,
  form: (line: string) => string,
  lost: (why: string) => void,
  full: () => boolean = () => false,
): Destination {
  let broken = false
  // An error that nobody listens to would end the bot: a full disk must not.
  stream.on('error', (error) => {
    if (!broken) lost(unwritten(error))
    broken = true
  })
  stream.on('write', () => {
    broken = false
  })
  stream.on('drop', () => lost('lines are lost: they come faster than they can be written'))
  const own = stream.flushSync.bind(stream)
  const flush = () => {
    try {
      // Its own tries for ever where a disk is full or a reader gone; a release of it that keeps its lines elsewhere has no other.
      if (stream._bufs === undefined) own()
      else writeLast(stream, stream._bufs, !stream._writing || full(), lost)
    } catch (error) {
      lost(unwritten(error))
    }
  }
  // Pino calls it at the end of the process.
  stream.flushSync = flush
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
      await new Promise<void>((resolve) => {
        // Nothing else comes where the reader has stopped to read, or is gone: pino ends nothing then.
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

const unwritten = (error: unknown): string => `a log cannot be written: ${(error as Error).message}`

/** Writes what waits, in this thread; a line whose write is under way in another may come behind it, and has its time in it. */
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

/** Loads a package that is needed only here; the error says what to install. */
export async function library<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new Error(`createLog: ${name} is not installed: npm install ${name}`)
  }
}
