import { setTimeout as sleep } from 'node:timers/promises'
import { command, type Streams } from '../command-line/command.ts'
import { choice, duration, file, urlOrFile } from '../command-line/kinds.ts'
import { argumentList, flagOption, option, optionName, type ParameterValues } from '../command-line/parameter.ts'
import { abort, type CommandResult, failure, misuse, success } from '../command-line/result.ts'
import type { Contract } from '../contract/schema.ts'
import { compare, fits, type VerifyReport } from '../verify/compare.ts'
import { verifyText } from '../verify/verify-text.ts'
import { listOrNone } from '../verify/violation.ts'
import { mergeReports, unseen } from '../verify/watch.ts'
import { botOptions } from './chosen-bots.ts'
import { authorizationFrom, secretOptions } from './verify/authorization.ts'
import { contractIn, contractOfBot } from './verify/contract.ts'
import { verifyLog } from './verify/log.ts'
import { readSource, type SourceOptions, shownTarget } from './verify/source.ts'

const parameters = {
  targets: argumentList(urlOrFile, 'a /metrics URL, or a file with a saved scrape; with --log, log files'),
  ...botOptions,
  bot: { ...botOptions.bot, about: 'whose contract, if the definitions have several bots' },
  contract: option(file, 'check against this contract.json, not the definitions'),
  log: flagOption('check structured logs against the declared events; - is stdin'),
  format: option(choice('FORMAT', 'text', 'openmetrics'), 'exposition format to request, instead of negotiating it'),
  strict: flagOption('also reject what libraries expose or log on their own'),
  watch: flagOption('scrape every second until every metric has been seen'),
  within: option(duration('30s or 5m'), 'with --watch: give up after this long', { otherwise: '5m', needs: 'watch' }),
  json: flagOption('print the report as JSON'),
  ...secretOptions,
}
type Choices = ParameterValues<typeof parameters>
type ScrapeChoices = Choices & { readonly target: string }

/** Milliseconds between two scrapes of --watch. */
const pause = 1000

/** `botwatch verify`: checks what a process exposes or logs against its contract. */
export const verifyCommand = command({
  parameters,
  exitCodes: {
    0: 'it fits, and with --watch every metric was seen',
    1: 'it does not fit, or with --watch a metric was never seen',
    2: 'wrong usage, or nothing could be compared',
  },
  examples: [
    'http://127.0.0.1:8000/metrics --bot mcbot',
    'metrics.txt --contract out/mcbot/contract.json',
    'http://127.0.0.1:8000/metrics --watch --within 10m',
    '--log logs/bot.jsonl --contract contract.json',
  ],
  run,
})

async function run(given: Choices, streams: Streams): Promise<CommandResult> {
  if (given.contract !== undefined && given.bot !== undefined)
    return misuse('--bot and --contract cannot be used together: each names a contract')
  const [target, ...more] = given.targets
  const problem = given.log ? logMisuse(given) : scrapeMisuse(target, more)
  if (problem !== null) return misuse(problem)
  const contract = given.contract === undefined ? await contractOfBot(given) : await contractIn(given.contract)
  if ('wrong' in contract) return abort(contract.wrong)
  const { strict, json } = given
  if (given.log || target === undefined) return verifyLog(contract, { files: given.targets, strict, json }, streams)
  const { tokenFile, loginFile } = given
  const authorization = await authorizationFrom({ tokenFile, loginFile, env: process.env })
  if (authorization !== null && typeof authorization !== 'string') return abort(authorization.wrong)
  const source = { format: given.format, authorization }
  return given.watch
    ? watch(contract, { ...given, target }, source, streams)
    : once(contract, { ...given, target }, source, streams)
}

/** What is wrong with a call without --log; null if nothing is. */
function scrapeMisuse(target: string | undefined, more: readonly string[]): string | null {
  if (target === undefined) return 'missing URL or file, e.g. botwatch verify http://127.0.0.1:8000/metrics'
  return more.length === 0
    ? null
    : `unexpected argument ${more[0]?.replace(/\s/g, ' ')}: only with --log may there be several files`
}

/** What is wrong with a call with --log; null if nothing is. */
function logMisuse({ targets, watch, format, tokenFile, loginFile }: Choices): string | null {
  const ofScrapes = Object.entries({ watch: watch || undefined, format, tokenFile, loginFile })
  const [wrong] = ofScrapes.flatMap(([name, value]) => (value === undefined ? [] : [optionName(name)]))
  if (wrong !== undefined) return `${wrong} and --log cannot be used together: it is about a scrape`
  if (targets.length === 0) return 'missing file, e.g. botwatch verify --log logs/bot.jsonl, or - for stdin'
  const twice = targets.find((file, i) => targets.indexOf(file) !== i)
  return twice === undefined ? null : `${twice} is given twice: its lines would count as duplicates`
}

async function once(
  contract: Contract,
  given: ScrapeChoices,
  source: SourceOptions,
  streams: Streams,
): Promise<CommandResult> {
  const read = await readSource(given.target, source)
  if ('wrong' in read) return abort(read.wrong)
  const report = compare(contract, read, given.strict)
  print(report, given, streams)
  return fits(report) ? success : failure()
}

/** Scrapes repeatedly until everything was seen, the deadline has passed, or Ctrl-C. */
async function watch(
  contract: Contract,
  given: ScrapeChoices,
  source: SourceOptions,
  streams: Streams,
): Promise<CommandResult> {
  const stop = new AbortController()
  const end = () => stop.abort()
  process.once('SIGINT', end)
  const timer = setTimeout(end, given.within)
  const { signal } = stop
  let report: VerifyReport | null = null
  let wrong: string | null = null
  let told = -1
  while (!signal.aborted) {
    const read = await readSource(given.target, { ...source, signal })
    if ('wrong' in read) wrong = signal.aborted ? wrong : read.wrong
    else {
      wrong = null
      report = mergeReports(report, compare(contract, read, given.strict))
      const left = unseen(report)
      if (left.length === 0) break
      if (left.length !== told)
        streams.err(`${report.seen.length} of ${report.declared} seen; waiting for ${listOrNone(left, 5)}\n`)
      told = left.length
    }
    await sleep(pause, undefined, { signal }).catch(() => {})
  }
  clearTimeout(timer)
  process.removeListener('SIGINT', end)
  if (report === null) return abort(wrong ?? `${shownTarget(given.target)}: nothing was read before the deadline`)
  print(report, given, streams)
  if (wrong !== null) return abort(`${wrong} (earlier scrapes succeeded)`)
  const left = unseen(report)
  if (left.length > 0) return failure(`no series was ever seen for ${listOrNone(left, 20)}`)
  return fits(report) ? success : failure()
}

function print(report: VerifyReport, given: ScrapeChoices, streams: Streams): void {
  const where = shownTarget(given.target)
  const text = given.json
    ? `${JSON.stringify({ where, fits: fits(report), ...report, unseen: unseen(report) }, null, 2)}\n`
    : verifyText(report, where)
  streams.out(text)
}
