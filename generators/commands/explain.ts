import { z } from 'zod'
import { milliseconds } from '../../definitions/language/duration.ts'
import type { Node } from '../../definitions/language/node.ts'
import { caret } from '../checks/caret.ts'
import type { Setting } from '../checks/expression.ts'
import { expressionChecker } from '../checks/expressions.ts'
import type { ExpressionFinding, Looked } from '../checks/looked.ts'
import { worldOfModel } from '../checks/run.ts'
import {
  describeAbsence,
  describeDomain,
  describeType,
  describeUnit,
  describeValues,
  labelNames,
} from '../meaning/describe.ts'
import type { Meaning } from '../meaning/meaning.ts'
import type { World } from '../meaning/world.ts'
import { container } from '../model/places.ts'
import { print } from '../promql/print.ts'
import { resolve } from '../resolve/resolve.ts'
import type { Choices } from './choices.ts'
import { chosen } from './chosen.ts'
import { type Look, lookBy } from './explain/evidence.ts'

interface ExplainOptions {
  /** One or more expressions; empty lines are left out. */
  readonly expressions: readonly string[]
  readonly json: boolean
  readonly write: (text: string) => void
}

const schema = z.object({
  expressions: z.array(z.string()),
  json: z.boolean().default(false),
  metrics: z.array(z.string().min(1, 'it may not be empty')).default([]),
  for: z
    .string()
    .refine((text) => milliseconds(text) !== null, 'expected a duration such as 0s or 5m')
    .optional(),
})

/**
 * `botwatch explain`: what is known of expressions before anything runs, from the command line or by lines from standard input;
 * as an alert with `for`; 1 where one cannot be read or has an error, 2 where nothing was asked.
 */
export async function explain(choices: Choices, options: object): Promise<number> {
  const read = schema.safeParse(options)
  if (!read.success)
    return refuse(read.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('; '))
  const { expressions: given, json, metrics } = read.data
  const expressions = given.length > 0 ? given : await lines()
  if (expressions.every((line) => line.trim() === ''))
    return refuse("explain what? Write an expression behind it, such as 'sum(up)', or lines of them to standard input")
  const held = milliseconds(read.data.for ?? '')
  const place: Partial<Setting> = held === null ? {} : { role: 'alert', for: held }
  const look = metrics.length > 0 ? await lookBy(metrics, expressions, place) : await lookAtBot(choices, place)
  if ('wrong' in look) return refuse(look.wrong)
  return told(look, { expressions, json, write: (text) => process.stdout.write(text) })
}

async function lookAtBot(choices: Choices, place: Partial<Setting>): Promise<Look | { readonly wrong: string }> {
  const bots = await chosen(choices)
  if ('wrong' in bots) return bots
  const [bot, ...others] = bots
  if (bot === undefined) return { wrong: 'there is no bot' }
  if (others.length > 0)
    return {
      wrong: `there are several bots: say which one, with --bot ${bots.map(({ name }) => name).join(' or --bot ')}`,
    }
  const look = expressionChecker(worldOfModel(resolve(bot, container).model))
  const retention = milliseconds(bot.stack.retention)
  return (text) => look(text, { retention, identity: ['bot', 'env'], ...place })
}

async function lines(): Promise<readonly string[]> {
  process.stdin.setEncoding('utf8')
  let text = ''
  for await (const more of process.stdin) text += more
  return text.split('\n')
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`)
  return 2
}

/** The same in a given world. */
export const explainIn = (world: World, options: ExplainOptions): number => told(expressionChecker(world), options)

function told(look: Look, { expressions, json, write }: ExplainOptions): number {
  const all = expressions
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => look(line))
  write(json ? `${JSON.stringify(all.map(asData), null, 2)}\n` : all.map(asText).join('\n'))
  return all.some(({ findings }) => findings.some(({ severity }) => severity === 'error')) ? 1 : 0
}

/** What is known about an expression, as text. */
function asText({ text, expression, findings }: Looked): string {
  const lines = [expression === null ? text : print(expression.node), '']
  if (expression !== null)
    lines.push(...facts(expression.meaning), '', ...columns(rows(expression.meaning, '', '')), '')
  for (const finding of findings) lines.push(...findingText(finding, text), '')
  return lines.join('\n')
}

function facts(meaning: Meaning): readonly string[] {
  const said = (word: string, what: string) => `  ${word.padEnd(8)}${what}`
  if (meaning.never !== null) return [said('yields', `nothing, ever: ${meaning.never}`)]
  const labels = [...meaning.labels].filter(([label]) => label !== '__name__')
  return [
    said('yields', describeType(meaning)),
    ...labels.map(([label, domain], i) => said(i === 0 ? 'labels' : '', `${label} = ${describeDomain(domain)}`)),
    said('unit', describeUnit(meaning)),
    said('values', describeValues(meaning.values)),
    said('absent', describeAbsence(meaning)),
  ]
}

/** A finding, with carets under the part of the text it is about. */
const findingText = (finding: ExpressionFinding, text: string): readonly string[] => [
  `${finding.severity}: ${finding.code} ${finding.name}: ${finding.message}`,
  ...caret(text, finding).map((line) => `  ${line}`),
  ...(finding.fix === '' ? [] : [`  ${finding.fix}`]),
]

type Row = readonly [string, string, string, string]

function rows(meaning: Meaning, first: string, rest: string): readonly Row[] {
  const shown = meaning.of.filter(({ type, node }) => type !== 'string' && node.kind !== 'number')
  const own: Row = [
    first + nameOf(meaning.node),
    meaning.type === 'scalar' ? '' : `{${labelNames(meaning).join(', ')}}`,
    describeUnit(meaning),
    meaning.never === null ? describeValues(meaning.values) : 'nothing, ever',
  ]
  return [
    own,
    ...shown.flatMap((of, i) =>
      i === shown.length - 1 ? rows(of, `${rest}└ `, `${rest}  `) : rows(of, `${rest}├ `, `${rest}│ `),
    ),
  ]
}

function nameOf(node: Node): string {
  switch (node.kind) {
    case 'number':
    case 'string':
    case 'selector':
    case 'text':
      return print(node)
    case 'subquery':
      return `[${node.range}:${node.step ?? ''}]`
    case 'call':
      return `${node.fn}()`
    case 'aggregate':
      return node.word === 'by' && node.labels.length === 0
        ? node.op
        : `${node.op} ${node.word} (${node.labels.join(', ')})`
    case 'unary':
      return node.op
    case 'binary': {
      const { matching: how } = node
      const simple = (side: Node) => (side.kind === 'number' ? ` ${print(side)}` : '')
      const group = how?.group == null ? '' : ` group_${how.group} (${how.include.join(', ')})`
      return `${simple(node.left).trimStart()}${node.left.kind === 'number' ? ' ' : ''}${node.op}${node.bool ? ' bool' : ''}${how === null ? '' : ` ${how.word} (${how.labels.join(', ')})${group}`}${simple(node.right)}`
    }
  }
}

function columns(all: readonly Row[]): readonly string[] {
  const widths = [0, 1, 2].map((i) => Math.min(60, Math.max(...all.map((row) => (row[i] as string).length))))
  return all.map((row) =>
    `  ${row.map((cell, i) => (i < 3 ? cell.padEnd(widths[i] as number) : cell)).join('  ')}`.trimEnd(),
  )
}

/** What is known about an expression, as data. */
function asData({ text, expression, findings }: Looked): object {
  const canonical = expression === null ? null : print(expression.node)
  return { text, canonical, meaning: expression === null ? null : meaningData(expression.meaning), findings }
}
function meaningData(meaning: Meaning): object {
  const { node, type, labels, unit, toScale, values, absent, never, series, samples, of } = meaning
  const bound = (value: number) => (Number.isFinite(value) ? value : null)
  return {
    expression: print(node),
    type,
    labels: Object.fromEntries(
      [...labels].map(([label, { values: all, seen, empty, max }]) => [
        label,
        { values: all, seen, mayBeMissing: empty, max: bound(max) },
      ]),
    ),
    unit: unit === null ? null : { dimension: unit.dim, numerator: unit.num, denominator: unit.den, toScale },
    values: { lo: bound(values.lo), hi: bound(values.hi), mayBeInfinite: values.infinite, mayBeNaN: values.nan },
    mayBeAbsent: absent,
    never,
    series: bound(series),
    samples: bound(samples),
    of: of.map(meaningData),
  }
}
