import { constants, createReadStream } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { addAbortSignal } from 'node:stream'
import type { Streams } from '../../command-line/command.ts'
import { abort, type CommandResult, failure, success } from '../../command-line/result.ts'
import type { Contract } from '../../contract/schema.ts'
import { createLogCheck, type LogCheck } from '../../verify/log/check-log.ts'
import { rawLines } from '../../verify/log/lines.ts'
import { logFits, logText } from '../../verify/log/log-text.ts'

interface LogOptions {
  /** Paths; `-` is stdin. */
  readonly files: readonly string[]
  readonly strict: boolean
  readonly json: boolean
}

/** Checks structured logs against the events of a contract; Ctrl-C ends reading, and what was read is reported. */
export async function verifyLog(
  contract: Contract,
  { files, strict, json }: LogOptions,
  streams: Streams,
): Promise<CommandResult> {
  if (contract.events.length === 0) return abort(`${contract.bot} declares no log events: nothing can be compared`)
  const unreadable = (await Promise.all(files.map(fileProblem))).filter((problem) => problem !== null)
  if (unreadable.length > 0) return abort(...unreadable)
  const check = createLogCheck(contract, { strict, now: Date.now })
  const problem = await readAll(files, check)
  if (problem !== null) return abort(problem)
  const report = check.end()
  if (report.lines === 0) return abort(`${files.map(shownFile).join(', ')}: it is empty: nothing can be compared`)
  const fits = logFits(report)
  streams.out(json ? `${JSON.stringify({ fits, ...report }, null, 2)}\n` : logText(report))
  if (!fits) return failure()
  return report.events === 0 ? abort('no line has an event: nothing was compared') : success
}

const shownFile = (file: string) => (file === '-' ? 'stdin' : file)

/** Why a file cannot be read; it is not opened, since it may be a pipe. */
async function fileProblem(file: string): Promise<string | null> {
  if (file === '-') return null
  try {
    if ((await stat(file)).isDirectory()) return `${file}: it is a folder, expected a log file`
    await access(file, constants.R_OK)
    return null
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why: Readonly<Record<string, string>> = {
      ENOENT: 'no such file, expected a log with one JSON object per line',
      EACCES: 'permission denied',
    }
    return `${file}: ${why[code ?? ''] ?? message}`
  }
}

/** Reads all files, one after the other; null, or why one could not be read to its end. */
async function readAll(files: readonly string[], check: LogCheck): Promise<string | null> {
  const stop = new AbortController()
  const end = () => stop.abort()
  process.once('SIGINT', end)
  try {
    for (const file of files) {
      check.open(shownFile(file))
      try {
        for await (const lines of rawLines(chunksOf(file, stop.signal))) for (const line of lines) check.add(line)
      } catch (error) {
        return `${shownFile(file)}: ${(error as Error).message}`
      }
      if (stop.signal.aborted) break
    }
    return null
  } finally {
    process.removeListener('SIGINT', end)
  }
}

/** The content of a file until its end, or until it is interrupted. */
async function* chunksOf(file: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const stream = addAbortSignal(signal, file === '-' ? process.stdin : createReadStream(file))
  let isFirst = true
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      if (isFirst && chunk[0] === 0x1f && chunk[1] === 0x8b)
        throw new Error('it is compressed with gzip: zcat FILE | botwatch verify --log -')
      isFirst = false
      yield chunk
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
