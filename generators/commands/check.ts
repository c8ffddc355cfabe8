import { join } from 'node:path'
import type { CheckFinding } from '../checks/check.ts'
import { asGithub } from '../checks/report/github.ts'
import { asJson } from '../checks/report/json.ts'
import { countOf, type LocatedFinding } from '../checks/report/located.ts'
import { asSarif } from '../checks/report/sarif.ts'
import { asText } from '../checks/report/text.ts'
import { runChecks } from '../checks/run.ts'
import { command, type Streams } from '../command-line/command.ts'
import { choice, folder } from '../command-line/kinds.ts'
import { flagOption, option, type ParameterValues } from '../command-line/parameter.ts'
import { abort, type CommandResult, failure, success } from '../command-line/result.ts'
import type { Model } from '../model/model.ts'
import { containerTopology } from '../model/topology.ts'
import { resolve } from '../resolve/resolve.ts'
import { listText } from '../text/list-text.ts'
import { envFileFindings } from './check/env-file.ts'
import { latencyTable } from './check/latency-table.ts'
import { ownCheckers } from './check/tools.ts'
import { botOptions, chosenBots } from './chosen-bots.ts'
import { locate, sourceLines } from './locate.ts'
import { version } from './version.ts'

const parameters = {
  ...botOptions,
  format: option(choice('FORMAT', 'text', 'json', 'sarif', 'github'), 'report format', { otherwise: 'text' }),
  out: option(folder, 'output folder; the .env of each stack in it is checked as well', { otherwise: 'out' }),
  strict: flagOption('exit with 1 on warnings as well'),
}
type Choices = ParameterValues<typeof parameters>

/** `botwatch check`: everything that is wrong with the bots. */
export const checkCommand = command({
  parameters,
  exitCodes: {
    0: 'no errors, and with --strict no warnings',
    1: 'errors, or with --strict warnings',
    2: 'wrong usage, or the definitions cannot be loaded',
  },
  run,
})

async function run(given: Choices, streams: Streams): Promise<CommandResult> {
  const bots = await chosenBots(given)
  if ('wrong' in bots) return abort(bots.wrong)
  const today = new Date().toISOString().slice(0, 10)
  const done = await Promise.all(
    bots.map(async (bot) => {
      const resolution = resolve(bot, containerTopology)
      const found = runChecks(resolution, today)
      // with errors nothing is generated, so there are no files to check
      const aborted = resolution.findings.some(({ severity }) => severity === 'error')
      const own = aborted ? { findings: [], ran: [] } : await ownCheckers(bot)
      const all = [...found, ...own.findings].map((one) => located(one, bot.name))
      return {
        all: [...all, ...(await envFileFindings(bot, join(given.out, bot.name)))],
        looked: lookedAt(resolution.model, own.ran),
        table: aborted ? '' : latencyTable(resolution.model),
      }
    }),
  )
  const all = done.flatMap((one) => one.all)
  streams.out(report(given.format, all, done.map(({ looked }) => looked).join('; ')))
  if (given.format === 'text') for (const { table } of done) if (table !== '') streams.out(`\n${table}`)
  return countOf(all, 'error') > 0 || (given.strict && all.length > 0) ? failure() : success
}

function report(format: Choices['format'], all: readonly LocatedFinding[], looked: string): string {
  switch (format) {
    case 'json':
      return asJson(all)
    case 'sarif':
      return asSarif(all, version())
    case 'github':
      return asGithub(all)
    case 'text':
      return asText(all, looked)
  }
}

function located(found: CheckFinding, bot: string): LocatedFinding {
  const [, file = '', line = '1'] = /^(.*):(\d+)$/.exec(locate(found.where, found.key)) ?? []
  return { ...found, bot, file, line: Number(line), columns: columnsOf(file, Number(line), found.key) }
}

/** The column of a key in a line of a file; null if it is not there, for example because its group is reported instead. */
function columnsOf(file: string, line: number, key: string): LocatedFinding['columns'] {
  if (file === '' || key === '') return null
  const text = sourceLines(file)?.[line - 1] ?? ''
  const found = new RegExp(`(?<![\\w$])${key.replace(/[^\w]/g, '\\$&')}(?![\\w$])`).exec(text)
  return found === null ? null : [found.index + 1, found.index + 1 + key.length]
}

function lookedAt({ bot, alerts, records, dashboards }: Model, ran: readonly string[]): string {
  const panels = dashboards.flatMap(({ rows }) => rows.flatMap((row) => row.panels))
  const counts = [
    `${alerts.length} alerts`,
    `${records.length} recording rules`,
    `${panels.length} panels`,
    `${Object.keys(bot.metrics).length} metrics`,
  ]
  return `${counts.join(', ')} of ${bot.name}${ran.length === 0 ? ', without promtool and amtool' : `, with ${listText(ran)}`}`
}
