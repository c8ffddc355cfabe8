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
import { nearest } from '../text/nearest.ts'
import { aggregations, functions, type Signature, type ValueType } from './functions.ts'
import { anchored, regexMistake } from './regex.ts'
import { meantBy } from './usual/words.ts'

interface Mistake {
  readonly message: string
  readonly fix: string
}
interface TypeMistake extends Mistake {
  readonly at: Node
}

const comparisons = new Set<Op>(['==', '!=', '>', '<', '>=', '<='])
const sets = new Set<Op>(['and', 'or', 'unless'])

type Flag = (at: Node, flag: string, what: string) => void

/** The mistakes of a tree found so far, and who hears of each feature flag that it needs. */
interface Typing {
  readonly mistakes: TypeMistake[]
  readonly flagged: Flag
}

/** What Prometheus' own parser refuses in a tree that is well formed: kinds of values, arity, matching, empty selectors. */
export function typeMistakes(root: Node, flagged: Flag = () => {}): readonly TypeMistake[] {
  const t: Typing = { mistakes: [], flagged }
  typeOf(t, root)
  return t.mistakes
}

const fail = (t: Typing, at: Node, message: string, fix = ''): void => void t.mistakes.push({ at, message, fix })

/** The kind of value that a tree yields; everything in it is checked on the way. */
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
      if (of !== 'scalar' && of !== 'vector') fail(t, node, `a sign stands before a number or a vector, not a ${of}`)
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
    fail(
      t,
      node,
      `${of} takes ${named(wanted)}, and was given ${article[given]}`,
      fix || insteadOf(node, given, wanted, of),
    )
}

function checkLength(t: Typing, at: Node, duration: string): void {
  const length = milliseconds(duration)
  if (length !== null && length <= 0) fail(t, at, `${duration} is no time at all`, 'give it a length')
}

function checkSelector(t: Typing, node: SelectorNode): void {
  checkMatchers(t, node)
  const anything = node.name === '' && node.matchers.every((m) => matchesEmpty(m.op, m.value))
  if (anything) fail(t, node, 'a selector must ask for something that is not empty', 'name a metric')
}

function checkMatchers(t: Typing, node: SelectorNode): void {
  if (node.range !== null) checkLength(t, node, node.range)
  const named = node.matchers.filter((m) => m.label === '__name__')
  if (node.name !== '' && named.length > 0)
    fail(t, node, `the metric's name is given twice: ${node.name} and ${named[0]?.value}`)
  for (const m of node.matchers) {
    if (m.op !== '=~' && m.op !== '!~') continue
    const wrong = regexMistake(m.value)
    if (wrong !== null) fail(t, node, `${m.label}: ${wrong}`)
  }
}

function typeOfCall(t: Typing, node: CallNode): ValueType {
  const known = functions.get(node.fn)
  if (known === undefined) {
    fail(t, node, `there is no function ${node.fn}`, meantBy(node.fn) || nearest(node.fn, functions.keys()))
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
  fail(t, node, `${node.fn}() takes ${wanted} arguments, and was given ${given}`)
}

/** The second argument of `info()`, which looks like a selector of everything. */
function checkFacts(t: Typing, facts: Node): void {
  if (facts.kind === 'selector' && facts.name === '' && facts.range === null) checkMatchers(t, facts)
  else fail(t, facts, 'info() takes matchers only, such as {version="1"}, and no metric')
}

function checkAggregate(t: Typing, node: AggregateNode): void {
  const { op, param, of } = node
  const known = aggregations.get(op)
  const swapped = known?.param === 'scalar' && param !== null && of.kind === 'number' ? numberFirst : ''
  if (known === undefined) fail(t, node, `there is no aggregation ${op}`, nearest(op, aggregations.keys()))
  else {
    if (known.flag !== null) t.flagged(node, known.flag, `${op}()`)
    if (known.param === null && param !== null) {
      fail(t, node, `${op}() takes a vector only, and was given two arguments`, oneOfTwo[op])
      return
    }
    if (known.param !== null && param === null) fail(t, node, `${op}() takes ${article[known.param]} first`)
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
  if (bool && !comparisons.has(op)) fail(t, node, `bool stands behind a comparison, not ${op}`)
  if (comparisons.has(op) && scalars && !bool) fail(t, node, 'numbers are compared with bool', `${op} bool`)
  if (sets.has(op) && (left === 'scalar' || right === 'scalar')) fail(t, node, `${op} stands between two vectors`)
  if (matching !== null) checkMatching(t, node, matching, left === 'vector' && right === 'vector')
  return scalars ? 'scalar' : 'vector'
}

function checkOperand(t: Typing, op: Op, side: Node, type: ValueType): void {
  if (type === 'scalar' || type === 'vector') return
  fail(
    t,
    side,
    `${op} stands between numbers and vectors, not ${article[type]}`,
    type === 'string' ? 'write a number without quotes; a label is compared between braces' : ofRange,
  )
}

function checkMatching(
  t: Typing,
  node: BinaryNode,
  { word, labels, group, include }: Matching,
  vectors: boolean,
): void {
  if (labels.length > 0 && !vectors) fail(t, node, `${word}() matches two vectors`)
  if (group !== null && sets.has(node.op)) fail(t, node, `${node.op} matches many to many, and takes no group_${group}`)
  const both = word === 'on' ? labels.filter((label) => include.includes(label)) : []
  if (both.length > 0) fail(t, node, `${both.join(', ')} stands in on() and in group_${group}()`, 'name it once')
}

const article: Readonly<Record<ValueType, string>> = {
  scalar: 'a number',
  string: 'a string',
  vector: 'a vector',
  matrix: 'a range of samples',
}
const numberFirst = 'write the number first'
const ofRange = 'take a function of it, such as rate() or avg_over_time()'
const oneOfTwo: Readonly<Record<string, string>> = {
  sum: 'write + between them',
  max: 'write clamp_min() for the larger of a vector and a number',
  min: 'write clamp_max() for the smaller of a vector and a number',
}

/** What to write where another kind of value is needed. */
function insteadOf(node: Node, given: ValueType, wanted: readonly ValueType[], of: string): string {
  if (given === 'vector' && wanted.includes('matrix')) {
    if (node.kind === 'selector') return 'give it a window, such as [5m]'
    return node.kind === 'aggregate' && (of === 'rate()' || of === 'increase()' || of === 'irate()')
      ? `take ${of} of the metric inside, and ${node.op} of that`
      : 'take a subquery of it, such as [5m:]'
  }
  if (given === 'matrix' && wanted.includes('vector')) return ofRange
  if (given === 'string' && wanted.includes('scalar')) return 'leave out the quotes'
  return wanted.includes('string') ? 'put it in quotes' : ''
}

const named = (types: readonly ValueType[]) => types.map((type) => article[type]).join(' or ')

function matchesEmpty(op: string, value: string): boolean {
  if (op === '=') return value === ''
  if (op === '!=') return value !== ''
  return anchored(value)?.test('') === (op === '=~')
}
