import type { Node, Op } from '../../definitions/language/node.ts'
import { numberOf } from './number-text.ts'
import { addFlag, fail, type ParseState, sourceText, withSpan } from './parse-state.ts'
import { type ExpressionPart, joinParts, type SpannedNode } from './precedence.ts'
import { readDuration, readMoment, readOffset } from './read-duration.ts'
import { readLabels, readMatching, readSelector, readString } from './read-selector.ts'
import { child, type Syntax } from './syntax.ts'
import type { Span } from './tokens.ts'

/** Converts the grammar's syntax tree of a text into ours. */
export const readSyntax = (r: ParseState, at: Syntax): Node => placed(r, at).node

function placed(r: ParseState, at: Syntax): SpannedNode {
  if (isOpen(at)) {
    const parts: ExpressionPart[] = []
    collect(r, at, parts)
    return joinParts(r, parts)
  }
  const parenthesised = at.name === 'ParenExpr'
  return { node: operand(r, at), from: at.from, to: at.to, parenthesised }
}

/** Whether precedence decides what belongs to it: the grammar gets that wrong for some, so only the order of the parts is taken from it. */
const isOpen = ({ name }: Syntax) =>
  name === 'BinaryExpr' ||
  name === 'UnaryExpr' ||
  name === 'OffsetExpr' ||
  name === 'StepInvariantExpr' ||
  name === 'MatrixSelector' ||
  name === 'SubqueryExpr' ||
  name === 'SmoothedExpr' ||
  name === 'AnchoredExpr'

function collect(r: ParseState, at: Syntax, parts: ExpressionPart[]): void {
  if (!isOpen(at)) {
    collectOperand(r, at, parts)
    return
  }
  const [first, second, third] = at.children as [Syntax, Syntax, Syntax | undefined]
  if (at.name === 'UnaryExpr') {
    parts.push({ kind: 'sign', op: sourceText(r, first) as '-' | '+', from: first.from })
    collect(r, second, parts)
    return
  }
  collect(r, first, parts)
  if (at.name === 'BinaryExpr') {
    parts.push(operator(r, at, second))
    collect(r, at.children[at.children.length - 1] as Syntax, parts)
  } else
    parts.push({ kind: 'behind', apply: (of) => behind(r, at.name, of, { from: of.from, to: at.to }, second, third) })
}

function collectOperand(r: ParseState, at: Syntax, parts: ExpressionPart[]): void {
  const sign = at.name === 'NumberDurationLiteral' ? r.text[at.from] : undefined
  if (sign !== '-' && sign !== '+') {
    parts.push({ kind: 'operand', of: placed(r, at) })
    return
  }
  const span = {
    from: at.from + 1 + (/^(?:\s|#[^\r\n]*)*/.exec(r.text.slice(at.from + 1))?.[0].length ?? 0),
    to: at.to,
  }
  const node = withSpan(r, { kind: 'number', value: numberOf(sourceText(r, span)) }, span)
  parts.push(
    { kind: 'sign', op: sign, from: at.from },
    { kind: 'operand', of: { node, ...span, parenthesised: false } },
  )
}

function operand(r: ParseState, at: Syntax): Node {
  switch (at.name) {
    case 'ParenExpr':
      return readSyntax(r, at.children[0] as Syntax)
    case 'NumberDurationLiteral':
      return withSpan(r, { kind: 'number', value: numberOf(sourceText(r, at)) }, at)
    case 'StringLiteral':
      return withSpan(r, { kind: 'string', value: readString(r, at) }, at)
    case 'VectorSelector':
      return readSelector(r, at)
    case 'FunctionCall': {
      const [name, body] = at.children as [Syntax, Syntax]
      const args = Object.freeze(body.children.map((arg) => readSyntax(r, arg)))
      return withSpan(r, { kind: 'call', fn: sourceText(r, name), args }, at)
    }
    case 'AggregateExpr':
      return aggregate(r, at)
    default:
      fail(r, at, `unexpected ${sourceText(r, at) || 'end'}`)
      return withSpan(r, { kind: 'number', value: 0 }, at)
  }
}

function behind(
  r: ParseState,
  what: string,
  given: SpannedNode,
  span: Span,
  second: Syntax,
  third?: Syntax,
): SpannedNode {
  const made = (node: Node): SpannedNode => ({ node: withSpan(r, node, span), ...span, parenthesised: false })
  const of = given.node
  const bare = !given.parenthesised && (of.kind === 'selector' || of.kind === 'subquery') ? of : null
  switch (what) {
    case 'SubqueryExpr': {
      const step = third === undefined ? null : readDuration(r, third)
      return made({ kind: 'subquery', of, range: readDuration(r, second), step, offset: null, at: null })
    }
    case 'MatrixSelector':
      if (bare?.kind !== 'selector' || bare.range !== null) {
        fail(r, span, 'a range is only allowed after a selector', rangeInstead(of))
        if (of.kind === 'selector') return given
        return made({ kind: 'subquery', of, range: readDuration(r, second), step: null, offset: null, at: null })
      }
      if (bare.offset !== null || bare.at !== null)
        fail(r, span, `${bare.at === null ? 'offset' : '@'} comes after the range, not before it`)
      return made({ ...bare, range: readDuration(r, second) })
    case 'OffsetExpr':
      if (bare === null) return misplaced(r, 'offset', given, span)
      if (bare.offset !== null) fail(r, span, 'offset is set twice')
      return made({ ...bare, offset: readOffset(r, third as Syntax) })
    case 'StepInvariantExpr':
      if (bare === null) return misplaced(r, '@', given, span)
      if (bare.at !== null) fail(r, span, '@ is set twice')
      return made({ ...bare, at: readMoment(r, third as Syntax) })
    default: {
      const name = 'promql-extended-range-selectors'
      addFlag(r, span, sourceText(r, second), name)
      fail(r, span, `${sourceText(r, second)} needs the feature flag ${name}, and botwatch does not support it`)
      return given
    }
  }
}

/** What to write instead of a range after something that is not a selector. */
function rangeInstead(of: Node): string {
  const bare = of.kind === 'call' && of.args.some((arg) => arg.kind === 'selector' && arg.range === null)
  if (bare) return `write it after the metric, inside ${of.fn}(…)`
  if (of.kind === 'aggregate') return `write it after the metric, such as ${of.op}(rate(…[5m]))`
  return 'use a subquery, such as [5m:]'
}

function misplaced(r: ParseState, what: string, given: SpannedNode, span: Span): SpannedNode {
  fail(r, span, `${what} is only allowed after a selector or a subquery`, 'apply it to the metrics inside')
  return given
}

function operator(r: ParseState, at: Syntax, op: Syntax): ExpressionPart {
  const clause = child(at, 'MatchingModifierClause')
  const fill = child(at, 'FillModifier')
  if (fill !== null) {
    addFlag(r, fill, 'fill', 'promql-binop-fill-modifiers')
    fail(r, fill, 'fill needs the feature flag promql-binop-fill-modifiers, and botwatch does not support it')
  }
  const word = sourceText(r, op).toLowerCase()
  if (word === '</' || word === '>/') fail(r, op, `${word} trims native histograms, which botwatch does not support`)
  const matching = clause === null ? null : readMatching(r, clause)
  return { kind: 'operator', op: word as Op, bool: child(at, 'BoolModifier') !== null, matching }
}

function aggregate(r: ParseState, at: Syntax): Node {
  const modifier = child(at, 'AggregateModifier')
  const args = (child(at, 'FunctionCallBody') as Syntax).children.map((arg) => readSyntax(r, arg))
  const op = sourceText(r, child(at, 'AggregateOp') as Syntax).toLowerCase()
  if (args.length === 0) fail(r, at, `${op}() expects an instant vector, got nothing`)
  if (args.length > 2) fail(r, at, `${op}() takes at most two arguments, got ${args.length}`)
  return withSpan(
    r,
    {
      kind: 'aggregate',
      op,
      param: args.length === 2 ? (args[0] as Node) : null,
      of: args[args.length - 1] ?? { kind: 'number', value: 0 },
      word: modifier !== null && child(modifier, 'Without') !== null ? 'without' : 'by',
      labels: readLabels(r, modifier && child(modifier, 'GroupingLabels')),
    },
    at,
  )
}
