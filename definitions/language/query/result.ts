import { type Defect, defect } from '../defect.ts'
import type { Metric } from '../metric.ts'
import { aggregate, binary, type Matching, type Node, number, type Op } from '../node.ts'
import { flag, items, type Quantity, type Unit } from '../unit.ts'
import { isPlain, mixed } from './dimension.ts'

// The results of operators and aggregations: the run-time counterpart of the rules for labels and units in the types.

/** The parts of an expression; labels are sorted. */
export interface ExpressionParts {
  readonly node: Node
  readonly unit: Unit<string>
  readonly labels: readonly string[]
  readonly kind: ExpressionKind
  readonly defects: readonly Defect[]
  readonly metric: Metric | null
  readonly name: string
  /** The aggregation that `.by()`, `.without()` and `.across()` can still change. */
  readonly pending: {
    readonly op: string
    readonly of: ExpressionParts
    readonly param: Node | null
    readonly keep: readonly string[]
  } | null
  readonly matching: Matching | null
}
export type ExpressionKind =
  | 'vector'
  | 'condition'
  | 'counter'
  | 'gauge'
  | 'histogram'
  | 'info'
  | 'stateSet'
  | 'recorded'
  | 'buckets'
  | 'range'
  | 'scalar'

type Parts = Pick<ExpressionParts, 'node' | 'unit' | 'labels' | 'kind' | 'defects'>

/** The right operand of an operator. */
export type Operand = ExpressionParts | Quantity<string> | number

export const comparisons = new Set<Op>(['==', '!=', '>', '<', '>=', '<='])
const sets = new Set<Op>(['and', 'or', 'unless'])
const isExpression = (right: Operand): right is ExpressionParts => typeof right === 'object' && 'node' in right

/** A binary operator, with the right side converted to the scale of the left. */
export function combine(op: Op, left: ExpressionParts, right: Operand, unit: Unit<string>): Parts {
  const vector = isExpression(right) ? right : null
  const [onLeft, onRight] = [left.kind === 'condition', vector?.kind === 'condition']
  // `a or b` also returns series of b, so both sides must be conditions; the others only remove series from the left.
  const isCondition = comparisons.has(op) || (op === 'or' ? onLeft && onRight : sets.has(op) && (onLeft || onRight))
  return {
    kind: isCondition ? 'condition' : 'vector',
    node: binary(op, leftNode(op, left, vector), operand(op, left, right), left.matching),
    unit,
    labels: resultLabels(left, vector, op),
    defects: [...left.defects, ...(isExpression(right) ? right.defects : numberDefects(right))],
  }
}

/** An amount that no comparison can use. */
export const numberDefects = (right: Quantity<string> | number): Defect[] => {
  const value = typeof right === 'number' ? right : right.value
  return Number.isFinite(value)
    ? []
    : [defect('number', `${value} cannot be used in a comparison or calculation`, 'use a finite number')]
}

/** The labels of the result of a binary operator (resultMetric in Prometheus). */
function resultLabels(left: ExpressionParts, right: ExpressionParts | null, op: Op): readonly string[] {
  const { matching } = left
  if (op === 'or' && right !== null) return [...left.labels, ...right.labels]
  if (sets.has(op) || matching === null || right === null) return left.labels
  if (matching.group === 'left') return [...left.labels, ...matching.include]
  if (matching.group === 'right') return [...right.labels, ...matching.include]
  return matching.word === 'on' ? matching.labels : left.labels.filter((label) => !matching.labels.includes(label))
}

/** The right side in the scale that the operator needs: the left side's if the dimensions are equal, base units for a plain number. */
function operand(op: Op, left: ExpressionParts, right: Operand): Node {
  if (!isExpression(right)) return literal(right, left.unit)
  if (op === '*' || (op === '/' && left.unit.dim !== right.unit.dim))
    return isPlain(right.unit.dim.replace(/\/s$/, '')) ? rescale(right.node, right.unit, items) : right.node
  const scales = comparisons.has(op) || op === '+' || op === '-' || op === '%' || op === '/'
  return scales && left.unit.dim === right.unit.dim ? rescale(right.node, right.unit, left.unit) : right.node
}

/** Converts a percentage to a ratio if it is multiplied by an amount, so that the product is an amount. */
const leftNode = (op: Op, left: ExpressionParts, right: ExpressionParts | null): Node =>
  op === '*' && right !== null && isPlain(left.unit.dim) && !isPlain(right.unit.dim)
    ? rescale(left.node, left.unit, items)
    : left.node

/** Converts a value to another scale of the same dimension, with integer factors where possible. */
export function rescale(node: Node, from: Unit<string>, to: Unit<string>): Node {
  const [times, by] = [from.num * to.den, from.den * to.num]
  if (times === by) return node
  if (times % by === 0) return binary('*', node, number(times / by))
  return by % times === 0 ? binary('/', node, number(by / times)) : binary('*', node, number(times / by))
}

function literal(quantity: Quantity<string> | number, to: Unit<string>): Node {
  if (typeof quantity === 'number') return number(quantity)
  const value = (quantity.value * quantity.unit.num * to.den) / (quantity.unit.den * to.num)
  return quantity.per > 1 ? binary('/', number(value), number(quantity.per)) : number(value)
}

/** An aggregation; buckets always keep `le`. */
export function aggregation(
  op: string,
  of: ExpressionParts,
  param: Node | null,
  word: 'by' | 'without',
  labels: readonly string[],
  keep: readonly string[],
): Parts & Pick<ExpressionParts, 'pending'> {
  const buckets = of.kind === 'buckets'
  const written = sortLabels([...labels, ...(buckets && word === 'by' ? ['le'] : [])])
  const all = op === 'topk' || op === 'bottomk'
  const kept = word === 'by' ? labels : of.labels.filter((label) => !labels.includes(label))
  const valued = op === 'count_values' && param?.kind === 'string' ? [param.value] : []
  return {
    kind: buckets ? 'buckets' : 'vector',
    node: aggregate(op, of.node, word, written, param),
    unit: op === 'count' || op === 'count_values' ? items : op === 'group' ? flag : op === 'stdvar' ? mixed : of.unit,
    labels: all ? of.labels : [...kept, ...valued],
    defects: [...of.defects, ...additiveDefects(op, of, kept)],
    pending: { op, of, param, keep },
  }
}

function additiveDefects(op: string, of: ExpressionParts, kept: readonly string[]): Defect[] {
  if (op !== 'sum' || of.metric === null || of.metric.additive) return []
  const lost = Object.keys(of.metric.labels).filter((label) => !kept.includes(label))
  if (lost.length === 0) return []
  return [
    defect(
      'sum-not-additive',
      `${of.metric.name} is not additive, but sum() adds it up over ${lost.join(', ')}`,
      `keep ${lost.join(', ')} with .by(), or use max() or avg()`,
    ),
  ]
}

/** The defects of the q of a quantile. */
export const shareDefects = (fn: string, q: number): Defect[] =>
  q >= 0 && q <= 1
    ? []
    : [defect('quantile', `${fn}: q is ${q}, expected a quantile between 0 and 1`, 'write the 95th percentile as 0.95')]

export const unitOf = (right: Operand): Unit<string> => (typeof right === 'number' ? items : right.unit)
export const sortLabels = (labels: readonly string[]): string[] => [...new Set(labels)].sort()
