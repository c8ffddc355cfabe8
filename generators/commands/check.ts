import { z } from 'zod'
import type { CheckFinding } from '../checks/check.ts'
import { asGithub } from '../checks/report/github.ts'
import { asJson } from '../checks/report/json.ts'
import { countOf, type Located } from '../checks/report/located.ts'
import { asSarif } from '../checks/report/sarif.ts'
import { asText } from '../checks/report/text.ts'
import { checked } from '../checks/run.ts'
import type { Model } from '../model/model.ts'
import { container } from '../model/places.ts'
import { resolve } from '../resolve/resolve.ts'
import { ownCheckers } from './check/tools.ts'
import type { Choices } from './choices.ts'
import { chosen } from './chosen.ts'
import { linesOf, locate } from './locate.ts'

const schema = z.object({
  format: z
    .enum(['text', 'json', 'sarif', 'github'], { error: 'expected text, json, sarif or github' })
    .default('text'),
  strict: z.boolean().default(false),
  /** Asked only where a report names it. */
  version: z.custom<() => string>((value) => typeof value === 'function').default(() => () => '0'),
})

/** `botwatch check`: everything that is wrong with the bots; 1 where there is an error, with `strict` also for a warning. */
export async function check(choices: Choices, options: object): Promise<number> {
  const read = schema.safeParse(options)
  if (!read.success) {
    process.stderr.write(
      `botwatch check: ${read.error.issues.map((one) => `--${one.path.join('.')}: ${one.message}`).join('; ')}\n`,
    )
    return 2
  }
  const { format, strict, version } = read.data
  const bots = await chosen(choices)
  if ('wrong' in bots) {
    process.stderr.write(`${bots.wrong}\n`)
    return 2
  }
  const today = new Date().toISOString().slice(0, 10)
  const done = await Promise.all(
    bots.map(async (bot) => {
      const resolved = resolve(bot, container)
      const found = checked(resolved, today)
      // what generation refuses makes no files that a checker could read
      const refused = resolved.findings.some(({ severity }) => severity === 'error')
      const own = refused ? { findings: [], ran: [] } : await ownCheckers(bot)
      const all = [...found, ...own.findings].map((one) => located(one, bot.name))
      return { all, looked: lookedAt(resolved.model, own.ran) }
    }),
  )
  const all = done.flatMap((one) => one.all)
  process.stdout.write(report(format, all, done.map(({ looked }) => looked).join('; '), version))
  return countOf(all, 'error') > 0 || (strict && all.length > 0) ? 1 : 0
}

function report(format: string, all: readonly Located[], looked: string, version: () => string): string {
  switch (format) {
    case 'json':
      return asJson(all)
    case 'sarif':
      return asSarif(all, version())
    case 'github':
      return asGithub(all)
    default:
      return asText(all, looked)
  }
}

function located(found: CheckFinding, bot: string): Located {
  const [, file = '', line = '1'] = /^(.*):(\d+)$/.exec(locate(found.where, found.key)) ?? []
  return { ...found, bot, file, line: Number(line), columns: columnsOf(file, Number(line), found.key) }
}

/** Where a key stands in a line of a file; null where it does not, as where its group stands for it. */
function columnsOf(file: string, line: number, key: string): Located['columns'] {
  if (file === '' || key === '') return null
  const text = linesOf(file)?.[line - 1] ?? ''
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
  return `${counts.join(', ')} of ${bot.name}${ran.length === 0 ? ', without promtool and amtool' : `, with ${ran.join(' and ')}`}`
}
