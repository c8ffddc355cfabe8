import type { BinaryNode, Matching, Node, Op } from '../../definitions/language/node.ts'
import { functions } from './functions.ts'
import { type ParseState, withSpan } from './parse-state.ts'
import type { Span } from './tokens.ts'

/** The precedence of each operator; `^` is right-associative, all others are left-associative. */
export const level: Readonly<Record<Op, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '>': 3,
  '<': 3,
  '>=': 3,
  '<=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  atan2: 5,
  '^': 7,
}
/** A sign binds more weakly than a power and more strongly than a product. */
export const signLevel = 6

/** A tree and its place in the text, including its parentheses. */
export interface SpannedNode extends Span {
  readonly node: Node
  readonly parenthesised: boolean
}
/** A piece of an expression between parentheses, in the order of the text. */
export type ExpressionPart =
  | { readonly kind: 'operand'; readonly of: SpannedNode }
  | { readonly kind: 'sign'; readonly op: '-' | '+'; readonly from: number }
  | { readonly kind: 'operator'; readonly op: Op; readonly bool: boolean; readonly matching: Matching | null }
  /** What follows an operand and belongs to it alone: a range, an offset, an `@`. */
  | { readonly kind: 'behind'; readonly apply: (of: SpannedNode) => SpannedNode }

/** Joins pieces as Prometheus' grammar does: first what follows an operand, then operators by precedence. */
export const joinParts = (r: ParseState, parts: readonly ExpressionPart[]): SpannedNode =>
  expression({ r, parts, next: 0 }, 0)

interface Row {
  readonly r: ParseState
  readonly parts: readonly ExpressionPart[]
  next: number
}

function expression(row: Row, least: number): SpannedNode {
  let left = operand(row)
  for (;;) {
    const part = row.parts[row.next]
    if (part?.kind !== 'operator' || level[part.op] < least) return left
    row.next++
    const { op, bool } = part
    const right = expression(row, op === '^' ? level[op] : level[op] + 1)
    // on() without labels next to a number is accepted and means nothing
    const empty = part.matching?.labels.length === 0 && (isScalar(left.node) || isScalar(right.node))
    const matching = empty ? null : part.matching
    const span = { from: left.from, to: right.to }
    const node: BinaryNode = { kind: 'binary', op, bool, matching, left: left.node, right: right.node }
    left = { node: withSpan(row.r, node, span), ...span, parenthesised: false }
  }
}

function operand(row: Row): SpannedNode {
  const part = row.parts[row.next++]
  if (part?.kind === 'sign') {
    const of = expression(row, level['^'])
    const span = { from: part.from, to: of.to }
    return { node: withSpan(row.r, signed(part.op, of.node), span), ...span, parenthesised: false }
  }
  if (part?.kind !== 'operand') throw new Error('this is a bug in botwatch: an operator without an operand')
  let of = part.of
  for (let behind = row.parts[row.next]; behind?.kind === 'behind'; behind = row.parts[++row.next])
    of = behind.apply(of)
  return of
}

const signed = (op: '-' | '+', of: Node): Node =>
  of.kind === 'number' ? { kind: 'number', value: op === '-' ? -of.value : of.value } : { kind: 'unary', op, of }

function isScalar(node: Node): boolean {
  switch (node.kind) {
    case 'number':
      return true
    case 'call':
      return functions.get(node.fn)?.gives === 'scalar'
    case 'unary':
      return isScalar(node.of)
    case 'binary':
      return isScalar(node.left) && isScalar(node.right)
    default:
      return false
  }
}
