import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import { durationText, milliseconds } from '../../definitions/language/duration.ts'
import type { At, Matcher, Matching, MatchOp, Node, Op } from '../../definitions/language/node.ts'
import { numberOf, withoutTrailingDots } from './number-text.ts'
import { unquoted } from './string-text.ts'
import { type Mistake, typeMistakes } from './value-types.ts'

export interface Span {
  readonly from: number
  readonly to: number
}

/** What a text says, or what is wrong with it; where each node stands in the text. */
export type Parsed =
  | {
      readonly ok: true
      readonly node: Node
      readonly spans: ReadonlyMap<Node, Span>
      readonly flags: readonly Flagged[]
    }
  | { readonly ok: false; readonly mistakes: readonly (Mistake & Span)[] }

/** A part of a query that Prometheus takes only with a feature flag. */
export interface Flagged extends Span {
  readonly what: string
  readonly flag: string
}

/** Reads PromQL as Prometheus 3 does; what only a feature flag allows is read and named. */
export function parse(text: string): Parsed {
  const reading = new Map<Node, Span>()
  const mistakes: (Mistake & Span)[] = []
  const flags: Flagged[] = []
  const source = withoutTrailingDots(text)
  const tree = parser.parse(source)
  const top = tree.topNode

  tree.iterate({
    enter(node) {
      if (node.type.isError && mistakes.length === 0) mistakes.push(unexpected(source, node.from, node.to))
    },
  })
  if (mistakes.length > 0) return { ok: false, mistakes }

  const fail = (at: SyntaxNode, message: string, fix = ''): void =>
    void mistakes.push({ message, fix, from: at.from, to: at.to })
  const words = (at: SyntaxNode) => source.slice(at.from, at.to)

  const put = <N extends Node>(at: SyntaxNode, node: N): N => {
    reading.set(node, { from: at.from, to: at.to })
    return Object.freeze(node)
  }

  const stringOf = (at: SyntaxNode): string => {
    const value = unquoted(words(at))
    if (value === null) fail(at, `${words(at)} is no string: it is not closed, or has an unknown escape`)
    return value ?? ''
  }

  const durationOf = (at: SyntaxNode): string => {
    const inner = only(at)
    if (inner !== null && inner.name !== 'NumberDurationLiteralInDurationContext') {
      flags.push({ what: 'arithmetic in a duration', flag: 'promql-duration-expr', from: at.from, to: at.to })
      return words(at)
    }
    return plainDuration(words(at))
  }
  const plainDuration = (given: string): string => {
    const bare = given.replace(/^\+/, '')
    if (milliseconds(bare.replace(/^-/, '')) !== null) return bare
    const seconds = numberOf(bare)
    return `${seconds < 0 ? '-' : ''}${durationText(Math.round(Math.abs(seconds) * 1000))}`
  }
  const signedDuration = (at: SyntaxNode): string => {
    const inner = only(at)
    if (at.name === 'OffsetDurationExpr' && at.getChild('UnaryOp') !== null) {
      const of = at.lastChild as SyntaxNode
      const rest = signedDuration(of)
      return words(at.getChild('UnaryOp') as SyntaxNode) === '-'
        ? rest.startsWith('-')
          ? rest.slice(1)
          : `-${rest}`
        : rest
    }
    return inner !== null && inner.name === 'OffsetDurationExpr' ? signedDuration(inner) : durationOf(at)
  }

  const read = (at: SyntaxNode): Node => {
    switch (at.name) {
      case 'ParenExpr':
        return read(at.firstChild as SyntaxNode)
      case 'NumberDurationLiteral':
        return put(at, { kind: 'number', value: numberOf(words(at)) })
      case 'StringLiteral':
        return put(at, { kind: 'string', value: stringOf(at) })
      case 'VectorSelector':
        return readSelector(at)
      case 'MatrixSelector':
        return readRange(at)
      case 'SubqueryExpr': {
        const [of, range, step] = children(at)
        return put(at, {
          kind: 'subquery',
          of: read(of as SyntaxNode),
          range: durationOf(range as SyntaxNode),
          step: step === undefined ? null : durationOf(step),
          offset: null,
          at: null,
        })
      }
      case 'OffsetExpr':
        return withModifier(at, 'offset', (of) => ({ offset: of }))
      case 'StepInvariantExpr':
        return readAt(at)
      case 'UnaryExpr': {
        const [op, of] = children(at)
        return put(at, { kind: 'unary', op: words(op as SyntaxNode) as '-' | '+', of: read(of as SyntaxNode) })
      }
      case 'BinaryExpr':
        return readBinary(at)
      case 'FunctionCall': {
        const [name, body] = children(at)
        return put(at, {
          kind: 'call',
          fn: words(name as SyntaxNode),
          args: Object.freeze(children(body as SyntaxNode).map(read)),
        })
      }
      case 'AggregateExpr':
        return readAggregate(at)
      case 'SmoothedExpr':
      case 'AnchoredExpr': {
        flags.push({
          what: words(at.lastChild as SyntaxNode),
          flag: 'promql-extended-range-selectors',
          from: at.from,
          to: at.to,
        })
        return read(at.firstChild as SyntaxNode)
      }
      default:
        fail(at, `unexpected ${words(at) || 'end'}`)
        return put(at, { kind: 'number', value: 0 })
    }
  }

  const readSelector = (at: SyntaxNode): Node => {
    const name = at.getChild('Identifier')
    let metric = name === null ? '' : words(name)
    const matchers: Matcher[] = []
    const list = at.getChild('LabelMatchers')
    for (const part of list === null ? [] : children(list)) {
      if (part.name === 'QuotedLabelName') {
        if (metric !== '') fail(part, `the metric's name is given twice: ${metric} and ${words(part)}`)
        metric = stringOf(part.firstChild as SyntaxNode)
        continue
      }
      const [label, op, value] = children(part)
      const spelt = label as SyntaxNode
      const named = spelt.name === 'QuotedLabelName' ? stringOf(spelt.firstChild as SyntaxNode) : words(spelt)
      matchers.push(
        Object.freeze({ label: named, op: words(op as SyntaxNode) as MatchOp, value: stringOf(value as SyntaxNode) }),
      )
    }
    return put(at, {
      kind: 'selector',
      name: metric,
      matchers: Object.freeze(matchers),
      range: null,
      offset: null,
      at: null,
    })
  }

  const readRange = (at: SyntaxNode): Node => {
    const [inner, range] = children(at)
    const of = read(inner as SyntaxNode)
    if (of.kind !== 'selector' || inner?.name === 'ParenExpr' || of.range !== null) {
      fail(at, 'a range stands behind a selector only', 'take a subquery: [5m:]')
      return of
    }
    if (of.offset !== null || of.at !== null)
      fail(at, `${of.at === null ? 'offset' : '@'} stands behind the range, not before it`)
    return put(at, { ...of, range: durationOf(range as SyntaxNode) })
  }

  const withModifier = (at: SyntaxNode, word: 'offset', change: (text: string) => { offset: string }): Node => {
    const [inner, , by] = children(at)
    const of = read(inner as SyntaxNode)
    if (of.kind !== 'selector' && of.kind !== 'subquery') {
      fail(at, `${word} stands behind a selector or a subquery only`, 'put it on the metrics inside')
      return of
    }
    if (of.offset !== null) fail(at, `${word} is given twice`)
    return put(at, { ...of, ...change(signedDuration(by as SyntaxNode)) })
  }

  const readAt = (at: SyntaxNode): Node => {
    const [inner, , when] = children(at)
    const of = read(inner as SyntaxNode)
    if (of.kind !== 'selector' && of.kind !== 'subquery') {
      fail(at, '@ stands behind a selector or a subquery only', 'put it on the metrics inside')
      return of
    }
    if (of.at !== null) fail(at, '@ is given twice')
    const moment = when as SyntaxNode
    const value: At =
      moment.name === 'AtModifierPreprocessors'
        ? words(moment).startsWith('start')
          ? 'start'
          : 'end'
        : numberOf(words(moment))
    if (typeof value === 'number' && !Number.isFinite(value)) fail(moment, `@ ${words(moment)} is no moment`)
    return put(at, { ...of, at: value })
  }

  const readBinary = (at: SyntaxNode): Node => {
    const parts = children(at)
    const op = words(parts[1] as SyntaxNode).toLowerCase() as Op
    const clause = at.getChild('MatchingModifierClause')
    if (at.getChild('FillModifier') !== null)
      flags.push({ what: 'fill', flag: 'promql-binop-fill-modifiers', from: at.from, to: at.to })
    return put(at, {
      kind: 'binary',
      op,
      bool: at.getChild('BoolModifier') !== null,
      matching: clause === null ? null : readMatching(clause),
      left: read(parts[0] as SyntaxNode),
      right: read(parts[parts.length - 1] as SyntaxNode),
    })
  }

  const labelsOf = (at: SyntaxNode | undefined): readonly string[] =>
    Object.freeze(
      (at === undefined ? [] : children(at))
        .map((label) => (label.name === 'QuotedLabelName' ? stringOf(label.firstChild as SyntaxNode) : words(label)))
        .sort(),
    )

  const readMatching = (at: SyntaxNode): Matching => {
    const lists = at.getChildren('GroupingLabels')
    const group = at.getChild('GroupLeft') !== null ? 'left' : at.getChild('GroupRight') !== null ? 'right' : null
    return Object.freeze({
      word: at.getChild('On') !== null ? 'on' : 'ignoring',
      labels: labelsOf(lists[0]),
      group,
      include: labelsOf(lists[1]),
    })
  }

  const readAggregate = (at: SyntaxNode): Node => {
    const modifier = at.getChild('AggregateModifier')
    const args = children(at.getChild('FunctionCallBody') as SyntaxNode).map(read)
    const op = words(at.getChild('AggregateOp') as SyntaxNode).toLowerCase()
    if (args.length === 0 || args.length > 2)
      fail(
        at,
        `${op} takes ${args.length === 0 ? 'a vector, and was given nothing' : `two arguments at most, and was given ${args.length}`}`,
      )
    const of = args[args.length - 1] ?? { kind: 'number', value: 0 }
    return put(at, {
      kind: 'aggregate',
      op,
      param: args.length === 2 ? (args[0] as Node) : null,
      of,
      word: modifier?.getChild('Without') ? 'without' : 'by',
      labels: labelsOf(modifier?.getChild('GroupingLabels') ?? undefined),
    })
  }

  const root = only(top)
  if (root === null)
    return { ok: false, mistakes: [{ message: 'there is no expression', fix: 'write one', from: 0, to: text.length }] }
  const node = read(root)
  for (const found of typeMistakes(node, (flagged, flag, what) =>
    flags.push({ what, flag, ...(reading.get(flagged) ?? whole(text)) }),
  ))
    mistakes.push({ message: found.message, fix: found.fix, ...(reading.get(found.at) ?? whole(text)) })
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, node, spans: reading, flags }
}

const whole = (text: string): Span => ({ from: 0, to: text.length })

/** Children that are no comments. */
function children(at: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = at.firstChild; child !== null; child = child.nextSibling)
    if (child.name !== 'LineComment') found.push(child)
  return found
}
const only = (at: SyntaxNode): SyntaxNode | null => children(at)[0] ?? null

function unexpected(text: string, from: number, to: number): Mistake & Span {
  const rest = text.slice(from)
  const word = to > from ? text.slice(from, to) : (/^\s*(\S+)/.exec(rest)?.[1] ?? '')
  const message = word === '' ? 'it ends too early' : `unexpected ${JSON.stringify(word)}`
  return { message, fix: 'see the caret', from, to: Math.max(to, Math.min(from + 1, text.length)) }
}
