import { auto } from '../../definitions/language/duration.ts'
import type { Node } from '../../definitions/language/node.ts'
import { analyser } from '../meaning/analyse.ts'
import {
  describeAbsence,
  describeDomain,
  describeType,
  describeUnit,
  describeValues,
  labelNames,
} from '../meaning/describe.ts'
import { type Explained, explained, type Remark } from '../meaning/explained.ts'
import type { Meaning } from '../meaning/meaning.ts'
import { type World, worldOf } from '../meaning/world.ts'
import { print } from '../promql/print.ts'
import type { Choices } from './choices.ts'
import { chosen } from './chosen.ts'

export interface ExplainOptions {
  /** One or more expressions; empty lines are left out. */
  readonly expressions: readonly string[]
  readonly json: boolean
  readonly write: (text: string) => void
  readonly complain: (text: string) => void
}

/** `botwatch explain`: what is known of expressions before anything runs; 1 where one cannot be read or has an error. */
export async function explain(choices: Pick<Choices, 'bot' | 'definitions'>, options: ExplainOptions): Promise<number> {
  const bots = await chosen(choices)
  const [bot, ...others] = 'wrong' in bots ? [] : bots
  if ('wrong' in bots || bot === undefined) {
    options.complain(`${'wrong' in bots ? bots.wrong : 'there is no bot'}\n`)
    return 1
  }
  if (others.length > 0) {
    options.complain(`there are several bots: say which one, such as --bot ${bot.name}\n`)
    return 1
  }
  return explainIn(worldOf(bot), options)
}

/** The same in a world that is already there. */
export function explainIn(world: World, { expressions, json, write }: Omit<ExplainOptions, 'complain'>): number {
  const meaningOf = analyser(world)
  const all = expressions
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => explained(line.replaceAll(auto, '5m'), meaningOf))
  write(json ? `${JSON.stringify(all.map(asData), null, 2)}\n` : all.map(asText).join('\n'))
  return all.some(({ remarks }) => remarks.some(({ severity }) => severity === 'error')) ? 1 : 0
}

/** What is known of an expression, as a person reads it. */
export function asText({ text, canonical, meaning, remarks }: Explained): string {
  const lines = [canonical ?? text, '']
  if (meaning !== null) lines.push(...facts(meaning), '', ...columns(rows(meaning, '', '')), '')
  for (const remark of remarks) lines.push(...remarkText(remark, text), '')
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

/** A mistake, and below its line of the text a caret. */
function remarkText({ severity, message, fix, from, to }: Remark, text: string): readonly string[] {
  const start = text.lastIndexOf('\n', from - 1) + 1
  const end = text.indexOf('\n', from)
  const line = text.slice(start, end < 0 ? text.length : end)
  const width = Math.max(1, Math.min(to, start + line.length) - from)
  return [
    `${severity}: ${message}${fix === '' ? '' : `: ${fix}`}`,
    `  ${line}`,
    `  ${' '.repeat(from - start)}${'^'.repeat(width)}`,
  ]
}

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

/** What is known of an expression, as a program reads it. */
function asData({ text, canonical, meaning, remarks }: Explained): object {
  return { text, canonical, meaning: meaning === null ? null : meaningData(meaning), findings: remarks }
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
