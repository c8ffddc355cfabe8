import { milliseconds } from '../../definitions/language/duration.ts'
import type { Node } from '../../definitions/language/node.ts'
import { caret } from '../checks/caret.ts'
import type { CheckedExpression, ExpressionFinding } from '../checks/checked-expression.ts'
import type { ExpressionUse } from '../checks/expression.ts'
import { expressionChecker } from '../checks/expressions.ts'
import { worldOfModel } from '../checks/run.ts'
import { command, type Streams } from '../command-line/command.ts'
import { checkedText, duration, urlOrFile } from '../command-line/kinds.ts'
import { argumentList, flagOption, option, optionList, type ParameterValues } from '../command-line/parameter.ts'
import { abort, type CommandResult, failure, misuse, success } from '../command-line/result.ts'
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
import { containerTopology } from '../model/topology.ts'
import { print } from '../promql/print.ts'
import { resolve } from '../resolve/resolve.ts'
import { listText } from '../text/list-text.ts'
import { botOptions, chosenBots } from './chosen-bots.ts'
import { checkerFromEvidence, type ExpressionChecker } from './explain/evidence.ts'

interface ExplainOptions {
  /** One or more expressions; empty lines are left out. */
  readonly expressions: readonly string[]
  readonly json: boolean
  readonly write: (text: string) => void
}

const parameters = {
  expressions: argumentList(
    checkedText('PROMQL', 'an expression', () => true),
    'expressions to explain; without any, they are read from standard input, one per line',
  ),
  ...botOptions,
  bot: { ...botOptions.bot, about: 'whose metrics to use, if the definitions have several bots' },
  metrics: optionList(
    urlOrFile,
    'use these metrics, not the definitions: a /metrics URL, a saved scrape, a contract.json or a Prometheus URL',
  ),
  for: option(duration('0s or 5m', 0), 'treat the expression as an alert with this `for`'),
  json: flagOption('print the report as JSON'),
}
type Choices = ParameterValues<typeof parameters>

/** `botwatch explain`: what is known about expressions before anything runs, given as arguments or line by line on standard input. */
export const explainCommand = command({
  parameters,
  exitCodes: {
    0: 'no errors in the expressions',
    1: 'an expression has an error',
    2: 'wrong usage, or the definitions or metrics cannot be read',
  },
  examples: ["'sum by (symbol) (rate(mcbot_fills_total[5m])) > 3'", "--for 5m --metrics metrics.txt 'up == 0'"],
  run,
})

async function run(given: Choices, streams: Streams): Promise<CommandResult> {
  const expressions = given.expressions.length > 0 ? given.expressions : await lines()
  if (expressions.every((line) => line.trim() === ''))
    return misuse("missing expression, e.g. botwatch explain 'sum(up)'")
  const place: Partial<ExpressionUse> = given.for === undefined ? {} : { role: 'alert', for: given.for }
  const look =
    given.metrics.length > 0
      ? await checkerFromEvidence(given.metrics, expressions, place)
      : await lookAtBot(given, place)
  if ('wrong' in look) return abort(look.wrong)
  return told(look, { expressions, json: given.json, write: streams.out })
}

async function lookAtBot(
  given: Choices,
  place: Partial<ExpressionUse>,
): Promise<ExpressionChecker | { readonly wrong: string }> {
  const bots = await chosenBots(given)
  if ('wrong' in bots) return bots
  const [bot, ...others] = bots
  if (bot === undefined) return { wrong: 'there is no bot' }
  if (others.length > 0)
    return {
      wrong: `${given.definitions} has several bots: choose one with --bot ${listText(
        bots.map(({ name }) => name),
        'or',
      )}`,
    }
  const look = expressionChecker(worldOfModel(resolve(bot, containerTopology).model))
  const retention = milliseconds(bot.stack.retention)
  return (text) => look(text, { retention, identity: ['bot', 'env'], ...place })
}

async function lines(): Promise<readonly string[]> {
  process.stdin.setEncoding('utf8')
  let text = ''
  for await (const more of process.stdin) text += more
  return text.split('\n')
}

/** The same in a given world. */
export const explainIn = (world: World, options: ExplainOptions): CommandResult =>
  told(expressionChecker(world), options)

function told(look: ExpressionChecker, { expressions, json, write }: ExplainOptions): CommandResult {
  const all = expressions
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => look(line))
  write(json ? `${JSON.stringify(all.map(asData), null, 2)}\n` : all.map(explanationText).join('\n'))
  return all.some(({ findings }) => findings.some(({ severity }) => severity === 'error')) ? failure() : success
}

/** What is known about an expression, as text. */
function explanationText({ text, expression, findings }: CheckedExpression): string {
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
function asData({ text, expression, findings }: CheckedExpression): object {
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
