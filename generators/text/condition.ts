import type { AnyAlert } from '../../definitions/language/alert.ts'
import { type BinaryNode, binary, isConstant, type Node, number, type Op } from '../../definitions/language/node.ts'
import { type Unit, unit } from '../../definitions/language/unit.ts'
import { constantOf } from '../promql/constant.ts'
import { print } from '../promql/print.ts'
import { eachOf, linesText } from './lines.ts'
import { code } from './markdown.ts'
import { quantityText } from './quantity.ts'
import { queryText, seriesText, sharedGroup, windowText } from './value.ts'

/** A condition as a part of a Markdown sentence. */
interface ConditionText {
  readonly words: string
  /** The labels whose values are compared separately; empty if nothing is aggregated. */
  readonly each: readonly string[]
}

/** When an alert fires, in words; what has no words is shown as PromQL. */
export function conditionText({
  of,
  when,
  lines,
  unit,
}: Pick<AnyAlert, 'of' | 'when' | 'lines' | 'unit'>): ConditionText {
  switch (of) {
    case 'watchdog':
      return { words: 'always', each: [] }
    case 'posted':
      return { words: 'nothing has evaluated alerts for longer than a restart takes', each: [] }
    case 'absence':
      return { words: `there is no series ${queryText(when, [])} for a target that should exist`, each: [] }
    case 'logs':
      return lines === null ? { words: 'never', each: [] } : { words: linesText(lines, unit), each: eachOf(lines) }
    case 'condition':
    case 'quiet': {
      const each = sharedGroup(when)
      return { words: condition(when, unit, each), each }
    }
  }
}

/** `said` are the labels that were named already. */
function condition(node: Node, of: Unit<string> | null, said: readonly string[]): string {
  if (node.kind !== 'binary') return presence(node, said)
  const { op, left, right } = node
  const join = joins[op]
  if (join !== undefined) {
    // Further comparisons have other units, except for alternatives of the same value.
    const [one, two] = [condition(left, of, said), condition(right, op === 'or' ? of : null, said)]
    return `${apart(left, op, one)}${join} ${apart(right, op, two)}`
  }
  const turned = withoutSign(node)
  if (turned !== null) return condition(turned, of, said)
  const verb = verbs[op]
  if (verb === undefined || node.bool) return presence(node, said)
  return `${queryText(left, said)} ${verb} ${isConstant(right) ? limit(right, of) : queryText(right, said)}`
}

/** `x * -1 > 5` as `x < -5`. */
function withoutSign({ op, left, right, bool, matching }: BinaryNode): BinaryNode | null {
  const turned = opposite[op]
  const limit = constantOf(right)
  if (turned === undefined || limit === null || bool || left.kind !== 'binary' || left.op !== '*') return null
  return constantOf(left.right) === -1 ? binary(turned, left.left, number(-limit), matching) : null
}
const opposite: Readonly<Partial<Record<Op, Op>>> = { '>': '<', '>=': '<=', '<': '>', '<=': '>=' }

/** In parentheses if another word joins the parts of a part. */
const apart = (part: Node, op: Op, words: string) =>
  part.kind === 'binary' && part.op in joins && part.op !== op ? `(${words})` : words

const joins: Readonly<Partial<Record<Op, string>>> = { and: ', and', or: ', or', unless: ', unless' }
const verbs: Readonly<Partial<Record<Op, string>>> = {
  '>': 'is above',
  '>=': 'is at least',
  '<': 'is below',
  '<=': 'is at most',
  '==': 'is',
  '!=': 'is not',
}

function presence(node: Node, said: readonly string[]): string {
  const [of] = node.kind === 'call' ? node.args : []
  if (node.kind === 'call' && of?.kind === 'selector') {
    if (node.fn === 'absent') return `there is no series ${seriesText(of)}`
    if (node.fn === 'absent_over_time') return `there was no series ${seriesText(of)} for ${windowText(of)}`
  }
  return `there is ${queryText(node, said)}`
}

function limit(node: Node, of: Unit<string> | null): string {
  const found = constantOf(node)
  if (found === null) return code(print(node))
  if (of === null) return String(found)
  return of.dim.endsWith('/s') && found !== 0 ? rateText(node, found, of) : quantityText(found, counted(of))
}

/** A rate as it was written: `1 / 60` of a count per second is 1 per minute. */
function rateText(node: Node, found: number, of: Unit<string>): string {
  const { left, right } = node.kind === 'binary' && node.op === '/' ? node : { left: node, right: number(1) }
  const span = spans.find(([seconds]) => seconds === constantOf(right))
  const written = span === undefined ? null : constantOf(left)
  return written === null
    ? `${quantityText(found, counted(of))} per second`
    : `${quantityText(written, counted(of))} per ${span?.[1]}`
}
const spans = [
  [1, 'second'],
  [60, 'minute'],
  [3600, 'hour'],
] as const

/** The unit that a rate counts. */
const counted = (of: Unit<string>): Unit<string> =>
  of.dim.endsWith('/s') ? unit(of.dim.slice(0, -2), of.suffix, of.symbol.replace(/\/s$/, ''), of.num, of.den) : of
