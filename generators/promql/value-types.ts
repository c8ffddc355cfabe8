import { milliseconds } from '../../definitions/language/duration.ts'
import type {
  AggregateNode,
  BinaryNode,
  CallNode,
  Matching,
  Node,
  Op,
  SelectorNode,
} from '../../definitions/language/node.ts'
import { listText } from '../text/list-text.ts'
import { nearest } from '../text/nearest.ts'
import { meantBy } from './common-errors/words.ts'
import { aggregations, functions, type Signature, type ValueType } from './functions.ts'
import { anchoredRegex, regexError } from './regex.ts'

interface ErrorText {
  readonly message: string
  readonly fix: string
}
interface ValueTypeError extends ErrorText {
  readonly at: Node
}

const comparisons = new Set<Op>(['==', '!=', '>', '<', '>=', '<='])
const sets = new Set<Op>(['and', 'or', 'unless'])

type Flag = (at: Node, flag: string, what: string) => void

/** The errors found in a tree so far, and the callback for each feature flag it needs. */
interface Typing {
  readonly errors: ValueTypeError[]
  readonly flagged: Flag
}

/** What Prometheus' own parser rejects in a well-formed tree: value types, arity, matching, empty selectors. */
export function valueTypeErrors(root: Node, flagged: Flag = () => {}): readonly ValueTypeError[] {
  const t: Typing = { errors: [], flagged }
  typeOf(t, root)
  return t.errors
}

const fail = (t: Typing, at: Node, message: string, fix = ''): void => void t.errors.push({ at, message, fix })

/** The value type of a tree; everything in it is checked on the way. */
function typeOf(t: Typing, node: Node): ValueType {
  switch (node.kind) {
    case 'number':
      return 'scalar'
    case 'string':
      return 'string'
    case 'text':
      return 'vector'
    case 'selector':
      checkSelector(t, node)
      return node.range === null ? 'vector' : 'matrix'
    case 'subquery':
      expect(t, node.of, ['vector'], 'a subquery')
      checkLength(t, node, node.range)
      if (node.step !== null) checkLength(t, node, node.step)
      return 'matrix'
    case 'unary': {
      const of = typeOf(t, node.of)
      if (of !== 'scalar' && of !== 'vector')
        fail(t, node, `a sign applies to a number or an instant vector, not to ${article[of]}`)
      return of
    }
    case 'call':
      return typeOfCall(t, node)
    case 'aggregate':
      checkAggregate(t, node)
      return 'vector'
    case 'binary':
      return typeOfBinary(t, node)
  }
}

function expect(t: Typing, node: Node, wanted: readonly ValueType[], of: string, fix = ''): void {
  const given = typeOf(t, node)
  if (!wanted.includes(given))
    fail(t, node, `${of} expects ${named(wanted)}, got ${article[given]}`, fix || insteadOf(node, given, wanted, of))
}

function checkLength(t: Typing, at: Node, duration: string): void {
  const length = milliseconds(duration)
  if (length !== null && length <= 0) fail(t, at, `${duration} is not a positive duration`, 'use a duration above 0')
}

function checkSelector(t: Typing, node: SelectorNode): void {
  checkMatchers(t, node)
  const anything = node.name === '' && node.matchers.every((m) => matchesEmpty(m.op, m.value))
  if (anything)
    fail(t, node, 'a selector needs at least one matcher that does not match the empty string', 'name a metric')
}

function checkMatchers(t: Typing, node: SelectorNode): void {
  if (node.range !== null) checkLength(t, node, node.range)
  const named = node.matchers.filter((m) => m.label === '__name__')
  if (node.name !== '' && named.length > 0)
    fail(t, node, `the metric name is set twice: ${node.name} and ${named[0]?.value}`)
  for (const m of node.matchers) {
    if (m.op !== '=~' && m.op !== '!~') continue
    const wrong = regexError(m.value)
    if (wrong !== null) fail(t, node, `${m.label}: ${wrong}`)
  }
}

function typeOfCall(t: Typing, node: CallNode): ValueType {
  const known = functions.get(node.fn)
  if (known === undefined) {
    fail(t, node, `unknown function ${node.fn}`, meantBy(node.fn) || nearest(node.fn, functions.keys()))
    return 'vector'
  }
  if (known.flag !== null) t.flagged(node, known.flag, `${node.fn}()`)
  checkCount(t, node, known)
  const facts = node.fn === 'info' ? node.args[1] : undefined
  if (facts !== undefined) checkFacts(t, facts)
  const swapped = known.takes[0] === 'scalar' && node.args[1]?.kind === 'number' ? numberFirst : ''
  for (const [i, arg] of node.args.entries())
    if (arg !== facts)
      expect(t, arg, [known.takes[Math.min(i, known.takes.length - 1)] ?? 'vector'], `${node.fn}()`, swapped)
  return known.gives
}

function checkCount(t: Typing, node: CallNode, { takes, optional }: Signature): void {
  const given = node.args.length
  const least = takes.length - (optional === Infinity ? 1 : optional)
  const most = optional === Infinity ? Infinity : takes.length
  if (given >= least && given <= most) return
  const wanted = least === most ? least : most === Infinity ? `at least ${least}` : `${least} to ${most}`
  fail(t, node, `${node.fn}() takes ${wanted} ${most === 1 ? 'argument' : 'arguments'}, got ${given}`)
}

/** Checks the second argument of `info()`, which looks like a selector without a name. */
function checkFacts(t: Typing, facts: Node): void {
  if (facts.kind === 'selector' && facts.name === '' && facts.range === null) checkMatchers(t, facts)
  else fail(t, facts, 'the second argument of info() is a selector without a metric name, such as {version="1"}')
}

function checkAggregate(t: Typing, node: AggregateNode): void {
  const { op, param, of } = node
  const known = aggregations.get(op)
  const swapped = known?.param === 'scalar' && param !== null && of.kind === 'number' ? numberFirst : ''
  if (known === undefined) fail(t, node, `unknown aggregation ${op}`, nearest(op, aggregations.keys()))
  else {
    if (known.flag !== null) t.flagged(node, known.flag, `${op}()`)
    if (known.param === null && param !== null) {
      fail(t, node, `${op}() takes one instant vector, got two arguments`, oneOfTwo[op])
      return
    }
    if (known.param !== null && param === null)
      fail(t, node, `${op}() expects ${article[known.param]} as its first argument`)
    if (known.param !== null && param !== null) expect(t, param, [known.param], `${op}()`, swapped)
  }
  expect(t, of, ['vector'], `${op}()`, swapped)
}

function typeOfBinary(t: Typing, node: BinaryNode): ValueType {
  const { op, bool, matching } = node
  const [left, right] = [typeOf(t, node.left), typeOf(t, node.right)]
  checkOperand(t, op, node.left, left)
  checkOperand(t, op, node.right, right)
  const scalars = left === 'scalar' && right === 'scalar'
  if (bool && !comparisons.has(op)) fail(t, node, `bool is only allowed after a comparison, not after ${op}`)
  if (comparisons.has(op) && scalars && !bool) fail(t, node, 'comparing two numbers needs bool', `write ${op} bool`)
  if (sets.has(op) && (left === 'scalar' || right === 'scalar'))
    fail(t, node, `${op} needs an instant vector on both sides`)
  if (matching !== null) checkMatching(t, node, matching, left === 'vector' && right === 'vector')
  return scalars ? 'scalar' : 'vector'
}

function checkOperand(t: Typing, op: Op, side: Node, type: ValueType): void {
  if (type === 'scalar' || type === 'vector') return
  fail(
    t,
    side,
    `${op} works on numbers and instant vectors, not on ${article[type]}`,
    type === 'string' ? 'write numbers without quotes; labels are matched inside braces' : ofRange,
  )
}

function checkMatching(
  t: Typing,
  node: BinaryNode,
  { word, labels, group, include }: Matching,
  vectors: boolean,
): void {
  if (labels.length > 0 && !vectors) fail(t, node, `${word}() needs an instant vector on both sides`)
  if (group !== null && sets.has(node.op))
    fail(t, node, `${node.op} matches many to many and does not take group_${group}`)
  const both = word === 'on' ? labels.filter((label) => include.includes(label)) : []
  if (both.length > 0) fail(t, node, `${both.join(', ')} is in both on() and group_${group}()`, 'list it once')
}

const article: Readonly<Record<ValueType, string>> = {
  scalar: 'a number',
  string: 'a string',
  vector: 'an instant vector',
  matrix: 'a range vector',
}
const numberFirst = 'put the number first'
const ofRange = 'apply a function such as rate() or avg_over_time()'
const oneOfTwo: Readonly<Record<string, string>> = {
  sum: 'use + between them',
  max: 'use clamp_min() for the larger of a vector and a number',
  min: 'use clamp_max() for the smaller of a vector and a number',
}

/** What to write to get the value type that is needed. */
function insteadOf(node: Node, given: ValueType, wanted: readonly ValueType[], of: string): string {
  if (given === 'vector' && wanted.includes('matrix')) {
    if (node.kind === 'selector') return 'add a window, such as [5m]'
    return node.kind === 'aggregate' && (of === 'rate()' || of === 'increase()' || of === 'irate()')
      ? `apply ${of} to the metric first, then ${node.op}`
      : 'use a subquery, such as [5m:]'
  }
  if (given === 'matrix' && wanted.includes('vector')) return ofRange
  if (given === 'string' && wanted.includes('scalar')) return 'remove the quotes'
  return wanted.includes('string') ? 'put it in quotes' : ''
}

const named = (types: readonly ValueType[]) =>
  listText(
    types.map((type) => article[type]),
    'or',
  )

function matchesEmpty(op: string, value: string): boolean {
  if (op === '=') return value === ''
  if (op === '!=') return value !== ''
  return anchoredRegex(value)?.test('') === (op === '=~')
}
