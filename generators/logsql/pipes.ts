import type { ParseError, Span } from '../promql/tokens.ts'
import { groupedBy, knownPipes, pipeFields, statsFunctions } from './pipe-fields.ts'
import { type LogsToken, logsTokens, splitAt } from './tokens.ts'

/** A pipe of LogsQL text, such as `extract "after <waited>ms" from error`. */
interface LogsPipe extends Span {
  readonly name: LogsToken
  /** What follows its name. */
  readonly rest: readonly LogsToken[]
  readonly text: string
}

/** The pipes of a figure: those before its last `stats`, that one, and those after it. */
export interface FigurePipes {
  readonly before: readonly LogsPipe[]
  readonly stats: LogsPipe
  readonly after: readonly LogsPipe[]
  /** The columns of its result besides the figure. */
  readonly others: readonly string[]
}

/** The name of the figure in a result. */
export const figureName = 'value'

/** The pipes of a figure; what is wrong with them if it is null, or if they would make it false. */
export function readPipes(text: string): {
  readonly pipes: FigurePipes | null
  readonly faults: readonly ParseError[]
} {
  const { tokens, faults } = logsTokens(text)
  if (faults.length > 0) return { pipes: null, faults }
  const all = splitAt(tokens, '|').flatMap((part): LogsPipe[] => {
    const [name] = part
    const to = part.at(-1)?.to ?? 0
    return name === undefined
      ? []
      : [{ name, rest: part.slice(1), from: name.from, to, text: text.slice(name.from, to) }]
  })
  const at = all.findLastIndex(({ name }) => name.text === 'stats')
  const stats = all[at]
  if (stats === undefined)
    return {
      pipes: null,
      faults: [
        whole(text, 'it has no `stats`, so it yields lines and no figure', 'end it with one, such as | stats count()'),
      ],
    }
  const pipes = { before: all.slice(0, at), stats, after: all.slice(at + 1), others: [] }
  const made = pipes.after.flatMap(({ name, rest }) => pipeFields(name.text, rest)?.makes ?? [])
  const functions = statsFunctions(stats.rest)
  const columns = new Set([...functions.map(({ as }) => as ?? ''), ...made])
  const isNamed = columns.has(figureName)
  columns.delete(figureName)
  columns.delete('')
  return {
    pipes: { ...pipes, others: [...columns] },
    faults: [
      ...all.filter(({ name }) => !knownPipes.includes(name.text)).map(({ name }) => unknownPipe(name)),
      ...(groupedBy(stats.rest) === null ? [] : [grouped(stats)]),
      ...(isNamed || (functions.length === 1 && columns.size === 0) ? [] : [unnamed(stats)]),
      ...pipes.after
        .filter(({ name }) => knownPipes.includes(name.text) && !afterStats.includes(name.text))
        .map(({ name }) => tooLate(name)),
    ],
  }
}

/** The text of a figure's pipes, with the labels that it is grouped by. */
export function printPipes({ before, stats, after, others }: FigurePipes, labels: readonly string[]): string {
  const functions = stats.text.slice(stats.name.text.length).trim()
  const [only] = statsFunctions(stats.rest)
  const isNamed = only?.as !== null || after.length > 0
  return [
    ...before.map(({ text }) => text),
    `stats by (${labels.join(', ')}) ${functions}${isNamed ? '' : ` as ${figureName}`}`,
    ...after.map(({ text }) => text),
    ...(others.length === 0 ? [] : [`delete ${others.join(', ')}`]),
  ].join(' | ')
}

const afterStats = ['math', 'eval', 'filter', 'where']

const whole = (text: string, message: string, fix: string): ParseError => ({ from: 0, to: text.length, message, fix })

const unknownPipe = ({ from, to, text }: LogsToken): ParseError => ({
  from,
  to,
  message: `the pipe '${text}' does not exist, or a figure with it would be false or empty in a panel`,
  fix: `use one of ${knownPipes.join(', ')}`,
})
const grouped = ({ from, to }: Span): ParseError => ({
  from,
  to,
  message: 'its last `stats` has a `by`, but the labels of the figure are those of .as(…), with bot, env and instance',
  fix: 'remove the `by`, and name its fields in .as(unit, [...])',
})
const unnamed = ({ from, to }: Span): ParseError => ({
  from,
  to,
  message: `its last \`stats\` has several results, and none is named ${figureName}`,
  fix: `name the figure: … as ${figureName}`,
})
const tooLate = ({ from, to, text }: LogsToken): ParseError => ({
  from,
  to,
  message: `'${text}' comes after the last \`stats\`, when there is only the figure left`,
  fix: `use only ${afterStats.join(', ')} there`,
})
