import type { Bot } from '../../../definitions/language/bot.ts'
import type { Contract } from '../../../generators/contract/schema.ts'
import { contractOf } from '../../../generators/outputs/contract/contract.ts'
import { createLogCheck, type LogReport } from '../../../generators/verify/log/check-log.ts'
import { rawLines } from '../../../generators/verify/log/lines.ts'
import { events } from '../../fixtures/log-pipeline/log-events.ts'
import { smallBot } from '../../fixtures/small-bot.ts'

const bot: Bot = { ...smallBot(), name: 'tradingbot', events }

/** A contract with the events of the log pipeline. */
export const logContract: Contract = contractOf({ bot })

/** When the checks of these tests run. */
const today = Date.parse('2026-11-30T12:00:00Z')

type Fields = Readonly<Record<string, unknown>>
const filled: Fields = { symbol: 'BTCUSDT', side: 'buy', price: 65_000, amount: 0.01, latency_ms: 45.2 }

/** A line as the runtime writes it, of an order that was filled; undefined leaves a key out. */
export const line = (seq: number, changed: Fields = {}): string =>
  JSON.stringify({
    level: 'info',
    ts: new Date(today - 3_600_000 + seq * 100).toISOString(),
    bot: 'tradingbot',
    run: 'r1',
    seq,
    event: 'order_filled',
    ...filled,
    msg: 'order_filled: BTCUSDT',
    ...changed,
  })

interface ReportOptions {
  readonly strict?: boolean
  /** Bytes that are read at a time. */
  readonly chunk?: number
  readonly now?: number
}

/** The report on a file with this content. */
export const reportOf = (content: string | Uint8Array, options: ReportOptions = {}): Promise<LogReport> =>
  reportOfFiles({ 'bot.jsonl': content }, options)

/** The report on several files, one after the other. */
export async function reportOfFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  { strict = false, chunk = 1000, now = today }: ReportOptions = {},
): Promise<LogReport> {
  const check = createLogCheck(logContract, { strict, now: () => now })
  for (const [file, content] of Object.entries(files)) {
    check.open(file)
    for await (const lines of rawLines(chunksOf(content, chunk))) for (const one of lines) check.add(one)
  }
  return check.end()
}

async function* chunksOf(content: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content as Uint8Array)
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

/** Findings as `[event code, line × count, given, expected, fix]`; a code in parentheses is only noted. */
export const rowsIn = ({ findings }: Pick<LogReport, 'findings'>): readonly (readonly string[])[] =>
  findings.map(({ code, refused, event, line: at, count, given, expected, fix }) => [
    `${event === null ? '' : `${event} `}${refused ? code : `(${code})`}`,
    `${at} × ${count}`,
    given,
    expected,
    fix,
  ])

/** The findings about a file with these lines. */
export const findingRows = async (lines: readonly string[]): Promise<readonly (readonly string[])[]> =>
  rowsIn(await reportOf(lines.map((one) => `${one}\n`).join('')))
