import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Bot } from '../../definitions/language/bot.ts'
import { logLevels } from '../../definitions/language/log-event.ts'
import type { LineFilter } from '../../definitions/language/log-query.ts'
import { command, type Streams } from '../command-line/command.ts'
import { checkedText, choice, duration, httpUrl, name, wholeNumber } from '../command-line/kinds.ts'
import { flagOption, option, optionList, type ParameterValues } from '../command-line/parameter.ts'
import { type CommandResult, failure, success } from '../command-line/result.ts'
import { printLines } from '../logsql/print.ts'
import { keepsLogs } from '../stack/logs.ts'
import { settingsOf } from '../stack/settings.ts'
import { countText } from '../text/count-text.ts'
import { durationWords } from '../text/duration-words.ts'
import { listText } from '../text/list-text.ts'
import { chosenBots, outputOptions } from './chosen-bots.ts'
import { readEnvFile } from './env-file.ts'
import { filterOf } from './logs/filter.ts'
import { identityOf, lineText, originOf, type StoredLine } from './logs/line-text.ts'
import { newestLines } from './logs/store.ts'

const parameters = {
  event: optionList(name, 'only lines of this event (default: all)'),
  where: optionList(
    checkedText('FIELD=VALUE', 'a field and its value, such as symbol=BTCUSDT', (word) => /^\w+=/.test(word)),
    'only lines in which the field has this value',
  ),
  level: option(choice('LEVEL', ...logLevels), 'only lines at this level or a more severe one'),
  env: option(name, 'only lines of this environment (default: all)'),
  since: option(duration('15m or 1d'), 'how far back', { otherwise: '1h' }),
  limit: option(wholeNumber('N', 1, 100_000), 'at most this many of the newest lines', { otherwise: '200' }),
  follow: flagOption('go on with new lines until Ctrl-C'),
  store: option(httpUrl('http://127.0.0.1:9428'), 'VictoriaLogs (default: the one of the stack)'),
  ...outputOptions,
}
type Choices = ParameterValues<typeof parameters>

/** `botwatch logs`: prints a bot's log lines from the store, each once. */
export const logsCommand = command({
  parameters,
  examples: ['--bot tradingbot --event order_failed --since 1d', '--bot tradingbot --level warn --follow'],
  run: async (given, streams) => {
    const bots = await chosenBots(given)
    if ('wrong' in bots) return failure(bots.wrong)
    const withLog = bots.filter(keepsLogs)
    const [bot] = withLog
    if (bot === undefined)
      return failure(
        `${listText(bots.map(({ name }) => name))} ${bots.length === 1 ? 'declares' : 'declare'} no log events, so no log is stored: declare them with logEvents() and pass them to bot({ events })`,
      )
    if (withLog.length > 1)
      return failure(
        `${listText(withLog.map(({ name }) => name))} have logs, and each has its own store: choose one with --bot`,
      )
    const { event, where, level, env } = given
    const filter = filterOf(bot, { event, where, level, env })
    if ('wrong' in filter) return failure(...filter.wrong)
    return printLog(bot, filter, given, streams)
  },
})

async function printLog(
  bot: Bot,
  filter: LineFilter,
  { since, limit, follow, env, store, out }: Choices,
  { out: write, err }: Streams,
): Promise<CommandResult> {
  const at = (store ?? (await storeOf(bot, out))).replace(/\/+$/, '')
  const query = printLines(filter, { bot: bot.name, ...(env === undefined ? {} : { env }) })
  const isNew = createSeen()
  const origins = new Set<string>()
  const recent = () => newestLines(at, `_time:${lateness} ${query}`, followed)
  // before the lines that are printed, so that none can come between the two
  const older = follow ? await recent() : []
  if ('wrong' in older) return failure(older.wrong)
  const print = (lines: readonly StoredLine[]) => {
    for (const line of lines) origins.add(originOf(line))
    for (const line of lines)
      if (isNew(line)) write(`${lineText(line, bot.events, origins.size > 1 ? originOf(line) : null)}\n`)
  }
  const found = await newestLines(at, `_time:${since}ms ${query}`, limit)
  if ('wrong' in found) return failure(found.wrong)
  print(found)
  if (found.length === limit) err(`only the newest ${countText(limit, 'line')}: more with --limit\n`)
  else if (found.length === 0) err(`no such line in the last ${durationWords(since)}\n`)
  if (!follow) return success
  for (const line of older) isNew(line)
  let isOver = false
  process.once('SIGINT', () => {
    isOver = true
  })
  let isSilent = false
  // The store's own tail leaves out lines that reach it more than five seconds late.
  while (!isOver) {
    const next = await recent()
    if (!('wrong' in next)) print(next)
    else if (!isSilent) err(`${next.wrong} Trying again until it answers.\n`)
    isSilent = 'wrong' in next
    await delay(pollEvery)
  }
  return success
}

/** How late a line may reach the store to be printed, and how many lines of that time are read. */
const lateness = '10m'
const followed = 5000
const pollEvery = 1000

/** Whether a line has not been asked about before, among the latest. */
function createSeen(): (line: StoredLine) => boolean {
  const seen = new Set<string>()
  return (line) => {
    const identity = identityOf(line)
    if (seen.has(identity)) return false
    seen.add(identity)
    const [oldest] = seen
    if (seen.size > 4 * followed && oldest !== undefined) seen.delete(oldest)
    return true
  }
}

/** The store of a bot's stack, on the port that its `.env` says. */
async function storeOf(bot: Bot, out: string): Promise<string> {
  const { logsPort } = settingsOf(bot)
  const file = await readEnvFile(join(out, bot.name, '.env'), {})
  const given =
    file === null || 'wrong' in file ? undefined : file.entries.findLast((one) => one.name === logsPort.name)
  return `http://127.0.0.1:${given?.value || logsPort.otherwise}`
}
