import { milliseconds } from '../../definitions/language/duration.ts'
import type { AggregateNode, BinaryNode, CallNode, Node, Op, SelectorNode } from '../../definitions/language/node.ts'
import { aggregations, functions, type ValueType } from './functions.ts'
import { nearest } from './nearest.ts'
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

/** What Prometheus' own parser rejects in a well-formed tree: value types, arity, matching, empty selectors. */
export function typeMistakes(root: Node, flagged: Flag = () => {}): readonly TypeMistake[] {
  const found: TypeMistake[] = []
  const fail = (at: Node, message: string, fix = ''): void => void found.push({ at, message, fix })

  const typeOf = (node: Node): ValueType => {
    switch (node.kind) {
      case 'number':
        return 'scalar'
      case 'string':
        return 'string'
      case 'text':
        return 'vector'
      case 'selector':
        selector(node)
        return node.range === null ? 'vector' : 'matrix'
      case 'subquery': {
        expect(node.of, ['vector'], 'a subquery')
        positive(node, node.range)
        if (node.step !== null) positive(node, node.step)
        return 'matrix'
      }
      case 'unary': {
        const of = typeOf(node.of)
        if (of !== 'scalar' && of !== 'vector')
          fail(node, `a sign applies to a number or an instant vector, not to ${article[of]}`)
        return of
      }
      case 'call':
        return call(node)
      case 'aggregate':
        return aggregate(node)
      case 'binary':
        return binary(node)
    }
  }

  const expect = (node: Node, wanted: readonly ValueType[], of: string, fix = ''): void => {
    const given = typeOf(node)
    if (!wanted.includes(given))
      fail(node, `${of} expects ${named(wanted)}, got ${article[given]}`, fix || insteadOf(node, given, wanted, of))
  }

  const positive = (at: Node, duration: string): void => {
    const length = milliseconds(duration)
    if (length !== null && length <= 0) fail(at, `${duration} is not a positive duration`, 'use a duration above 0')
  }

  const selector = (node: SelectorNode, asksNothing = false): void => {
    if (node.range !== null) positive(node, node.range)
    const named = node.matchers.filter((m) => m.label === '__name__')
    if (node.name !== '' && named.length > 0)
      fail(node, `the metric name is set twice: ${node.name} and ${named[0]?.value}`)
    for (const m of node.matchers) {
      if (m.op !== '=~' && m.op !== '!~') continue
      const wrong = regexMistake(m.value)
      if (wrong !== null) fail(node, `${m.label}: ${wrong}`)
    }
    const anything = node.name === '' && node.matchers.every((m) => matchesEmpty(m.op, m.value))
    if (anything && !asksNothing)
      fail(node, 'a selector needs at least one matcher that does not match the empty string', 'name a metric')
  }

  const call = (node: CallNode): ValueType => {
    const known = functions.get(node.fn)
    if (known === undefined) {
      fail(node, `unknown function ${node.fn}`, meantBy(node.fn) || nearest(node.fn, functions.keys()))
      return 'vector'
    }
    if (known.flag !== null) flagged(node, known.flag, `${node.fn}()`)
    const least = known.takes.length - (known.optional === Infinity ? 1 : known.optional)
    const most = known.optional === Infinity ? Infinity : known.takes.length
    if (node.args.length < least || node.args.length > most)
      fail(
        node,
        `${node.fn}() takes ${least === most ? least : most === Infinity ? `at least ${least}` : `${least} to ${most}`} ${most === 1 ? 'argument' : 'arguments'}, got ${node.args.length}`,
      )
    const facts = node.fn === 'info' ? node.args[1] : undefined
    if (facts !== undefined) {
      if (facts.kind !== 'selector' || facts.name !== '' || facts.range !== null)
        fail(facts, 'the second argument of info() is a selector without a metric name, such as {version="1"}')
      else selector(facts, true)
    }
    const swapped = known.takes[0] === 'scalar' && node.args[1]?.kind === 'number' ? numberFirst : ''
    for (const [i, arg] of node.args.entries())
      if (arg !== facts)
        expect(arg, [known.takes[Math.min(i, known.takes.length - 1)] ?? 'vector'], `${node.fn}()`, swapped)
    return known.gives
  }

  const aggregate = (node: AggregateNode): ValueType => {
    const known = aggregations.get(node.op)
    const swapped = known?.param === 'scalar' && node.param !== null && node.of.kind === 'number' ? numberFirst : ''
    if (known === undefined) fail(node, `unknown aggregation ${node.op}`, nearest(node.op, aggregations.keys()))
    else {
      if (known.flag !== null) flagged(node, known.flag, `${node.op}()`)
      if (known.param === null && node.param !== null) {
        fail(node, `${node.op}() takes one instant vector, got two arguments`, oneOfTwo[node.op])
        return 'vector'
      }
      if (known.param !== null && node.param === null)
        fail(node, `${node.op}() expects ${article[known.param]} as its first argument`)
      if (known.param !== null && node.param !== null) expect(node.param, [known.param], `${node.op}()`, swapped)
    }
    expect(node.of, ['vector'], `${node.op}()`, swapped)
    return 'vector'
  }

  const binary = (node: BinaryNode): ValueType => {
    const [left, right] = [typeOf(node.left), typeOf(node.right)]
    for (const [side, type] of [
      [node.left, left],
      [node.right, right],
    ] as const)
      if (type !== 'scalar' && type !== 'vector')
        fail(
          side,
          `${node.op} works on numbers and instant vectors, not on ${article[type]}`,
          type === 'string' ? 'write numbers without quotes; labels are matched inside braces' : ofRange,
        )
    const scalars = left === 'scalar' && right === 'scalar'
    if (node.bool && !comparisons.has(node.op))
      fail(node, `bool is only allowed after a comparison, not after ${node.op}`)
    if (comparisons.has(node.op) && scalars && !node.bool)
      fail(node, 'comparing two numbers needs bool', `write ${node.op} bool`)
    if (sets.has(node.op) && (left === 'scalar' || right === 'scalar'))
      fail(node, `${node.op} needs an instant vector on both sides`)
    if (node.matching !== null) {
      const { word, labels, group, include } = node.matching
      if (labels.length > 0 && (left !== 'vector' || right !== 'vector'))
        fail(node, `${word}() needs an instant vector on both sides`)
      if (group !== null && sets.has(node.op))
        fail(node, `${node.op} matches many to many and does not take group_${group}`)
      const both = word === 'on' ? labels.filter((label) => include.includes(label)) : []
      if (both.length > 0) fail(node, `${both.join(', ')} is in both on() and group_${group}()`, 'list it once')
    }
    return scalars ? 'scalar' : 'vector'
  }

  typeOf(root)
  return found
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

const named = (types: readonly ValueType[]) => types.map((type) => article[type]).join(' or ')

function matchesEmpty(op: string, value: string): boolean {
  if (op === '=') return value === ''
  if (op === '!=') return value !== ''
  return anchored(value)?.test('') === (op === '=~')
}
