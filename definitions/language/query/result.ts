import { type Fault, fault } from '../fault.ts'
import type { Metric } from '../metric.ts'
import { aggregate, binary, type Matching, type Node, number, type Op } from '../node.ts'
import { flag, items, type Quantity, type Unit } from '../unit.ts'
import { isPlain, mixed } from './dimension.ts'

// The results of operators and aggregations: the run-time counterpart of the rules for labels and units in the types.

/** The parts of an expression; labels are sorted. */
export interface Made {
  readonly node: Node
  readonly unit: Unit<string>
  readonly labels: readonly string[]
  readonly kind: Kind
  readonly faults: readonly Fault[]
  readonly metric: Metric | null
  readonly name: string
  /** The aggregation that `.by()`, `.without()` and `.across()` can still change. */
  readonly pending: {
    readonly op: string
    readonly of: Made
    readonly param: Node | null
    readonly keep: readonly string[]
  } | null
  readonly matching: Matching | null
}
export type Kind =
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

type Parts = Pick<Made, 'node' | 'unit' | 'labels' | 'kind' | 'faults'>

/** The right operand of an operator. */
export type Operand = Made | Quantity<string> | number

export const comparisons = new Set<Op>(['==', '!=', '>', '<', '>=', '<='])
const sets = new Set<Op>(['and', 'or', 'unless'])
const isMade = (right: Operand): right is Made => typeof right === 'object' && 'node' in right

/** A binary operator, with the right side converted to the scale of the left. */
export function combined(op: Op, left: Made, right: Operand, unit: Unit<string>): Parts {
  const vector = isMade(right) ? right : null
  const [onLeft, onRight] = [left.kind === 'condition', vector?.kind === 'condition']
  // `a or b` also returns series of b, so both sides must be conditions; the others only remove series from the left.
  const isCondition = comparisons.has(op) || (op === 'or' ? onLeft && onRight : sets.has(op) && (onLeft || onRight))
  return {
    kind: isCondition ? 'condition' : 'vector',
    node: binary(op, leftNode(op, left, vector), operand(op, left, right), left.matching),
    unit,
    labels: resultLabels(left, vector, op),
    faults: [...left.faults, ...(isMade(right) ? right.faults : numberFaults(right))],
  }
}

const numberFaults = (right: Quantity<string> | number): Fault[] => {
  const value = typeof right === 'number' ? right : right.value
  return Number.isFinite(value)
    ? []
    : [fault('number', `${value} cannot be used in a comparison or calculation`, 'use a finite number')]
}

/** The labels of the result of a binary operator (resultMetric in Prometheus). */
function resultLabels(left: Made, right: Made | null, op: Op): readonly string[] {
  const { matching } = left
  if (op === 'or' && right !== null) return [...left.labels, ...right.labels]
  if (sets.has(op) || matching === null || right === null) return left.labels
  if (matching.group === 'left') return [...left.labels, ...matching.include]
  if (matching.group === 'right') return [...right.labels, ...matching.include]
  return matching.word === 'on' ? matching.labels : left.labels.filter((label) => !matching.labels.includes(label))
}

/** The right side in the scale that the operator needs: the left side's if the dimensions are equal, base units for a plain number. */
function operand(op: Op, left: Made, right: Operand): Node {
  if (!isMade(right)) return literal(right, left.unit)
  if (op === '*' || (op === '/' && left.unit.dim !== right.unit.dim))
    return isPlain(right.unit.dim.replace(/\/s$/, '')) ? scaled(right.node, right.unit, items) : right.node
  const scales = comparisons.has(op) || op === '+' || op === '-' || op === '%' || op === '/'
  return scales && left.unit.dim === right.unit.dim ? scaled(right.node, right.unit, left.unit) : right.node
}

/** Converts a percentage to a ratio if it is multiplied by an amount, so that the product is an amount. */
const leftNode = (op: Op, left: Made, right: Made | null): Node =>
  op === '*' && right !== null && isPlain(left.unit.dim) && !isPlain(right.unit.dim)
    ? scaled(left.node, left.unit, items)
    : left.node

/** Converts a value to another scale of the same dimension, with integer factors where possible. */
export function scaled(node: Node, from: Unit<string>, to: Unit<string>): Node {
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
  of: Made,
  param: Node | null,
  word: 'by' | 'without',
  labels: readonly string[],
  keep: readonly string[],
): Parts & Pick<Made, 'pending'> {
  const buckets = of.kind === 'buckets'
  const written = sorted([...labels, ...(buckets && word === 'by' ? ['le'] : [])])
  const all = op === 'topk' || op === 'bottomk'
  const kept = word === 'by' ? labels : of.labels.filter((label) => !labels.includes(label))
  const valued = op === 'count_values' && param?.kind === 'string' ? [param.value] : []
  return {
    kind: buckets ? 'buckets' : 'vector',
    node: aggregate(op, of.node, word, written, param),
    unit: op === 'count' || op === 'count_values' ? items : op === 'group' ? flag : op === 'stdvar' ? mixed : of.unit,
    labels: all ? of.labels : [...kept, ...valued],
    faults: [...of.faults, ...additiveFaults(op, of, kept)],
    pending: { op, of, param, keep },
  }
}

function additiveFaults(op: string, of: Made, kept: readonly string[]): Fault[] {
  if (op !== 'sum' || of.metric === null || of.metric.additive) return []
  const lost = Object.keys(of.metric.labels).filter((label) => !kept.includes(label))
  if (lost.length === 0) return []
  return [
    fault(
      'sum-not-additive',
      `${of.metric.name} is not additive, but sum() adds it up over ${lost.join(', ')}`,
      `keep ${lost.join(', ')} with .by(), or use max() or avg()`,
    ),
  ]
}

/** The faults of the q of a quantile. */
export const shareFaults = (fn: string, q: number): Fault[] =>
  q >= 0 && q <= 1
    ? []
    : [fault('quantile', `${fn}: q is ${q}, expected a quantile between 0 and 1`, 'write the 95th percentile as 0.95')]

export const unitOf = (right: Operand): Unit<string> => (typeof right === 'number' ? items : right.unit)
export const sorted = (labels: readonly string[]): string[] => [...new Set(labels)].sort()
