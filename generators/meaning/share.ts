import type { AggregateNode, BinaryNode, Matcher, Node, SelectorNode } from '../../definitions/language/node.ts'
import { anchoredRegex } from '../promql/regex.ts'
import { closedDomain, knownValues, matchingDomain } from './domain.ts'
import { type Interval, interval } from './interval.ts'
import type { Meaning } from './meaning.ts'

/** Functions whose result for a series depends on that series alone. */
const ofEach = new Set(
  'rate increase irate changes resets sum_over_time avg_over_time min_over_time max_over_time last_over_time count_over_time'.split(
    ' ',
  ),
)
/** A sum in several steps is rounded in each. */
const whole = 1 + 1e-9

/** A part divided by its whole is between 0 and 1: some series of a selector by all series they are among. */
export function shareInterval(node: BinaryNode, left: Meaning, right: Meaning, found: Interval): Interval {
  if (node.op !== '/' || left.type !== 'vector' || right.type !== 'vector' || !isPart(node, left, right)) return found
  return interval(Math.max(0, found.lo), Math.min(whole, found.hi), { nan: found.nan })
}

function isPart({ matching: how }: BinaryNode, left: Meaning, right: Meaning): boolean {
  const [part, all] = [left.node, right.node]
  if (all.kind !== 'aggregate') return (how === null || isBare(how)) && isNotNegative(right) && isAmong(part, all)
  if (all.op !== 'sum' && all.op !== 'count') return false
  const of = right.of.at(-1)
  if (of === undefined || (all.op === 'sum' && !isNotNegative(of))) return false
  if (part.kind !== 'aggregate') return all.op === 'sum' && keepsGroups(how, all, null) && isAmong(part, all.of)
  return part.op === all.op && keepsGroups(how, all, part) && isAmong(part.of, all.of)
}

const isBare = ({ word, labels, group }: NonNullable<BinaryNode['matching']>) =>
  word === 'ignoring' && labels.length === 0 && group === null

const isNotNegative = ({ values }: Meaning) => values.lo >= 0 && !values.nan && !values.infinite

/** Whether everything that matches a group of the whole was part of that group: it agrees on every label the whole is grouped by. */
function keepsGroups(how: BinaryNode['matching'], all: AggregateNode, part: AggregateNode | null): boolean {
  if (all.word === 'without')
    return part?.word === 'without' && sameList(part.labels, all.labels) && (how === null || isBare(how))
  if (part !== null && !(part.word === 'by' && all.labels.every((label) => part.labels.includes(label)))) return false
  // the name is never matched on implicitly
  if (all.labels.includes('__name__')) return false
  return how === null || all.labels.every((label) => (how.word === 'on') === how.labels.includes(label))
}

/** Whether every series of one is a series of the other, with the same value. */
function isAmong(part: Node, all: Node): boolean {
  // a filtering comparison keeps some of them unchanged
  if (part.kind === 'binary' && !part.bool && part.right.kind === 'number' && /^(?:[<>]=?|[!=]=)$/.test(part.op))
    return isAmong(part.left, all)
  if (part.kind === 'selector' && all.kind === 'selector') return isNarrower(part, all)
  if (part.kind !== 'call' || all.kind !== 'call' || part.fn !== all.fn || !ofEach.has(part.fn)) return false
  return isAmong(part.args[0] as Node, all.args[0] as Node)
}

const isNarrower = (part: SelectorNode, all: SelectorNode): boolean =>
  part.name !== '' &&
  part.name === all.name &&
  part.range === all.range &&
  part.offset === all.offset &&
  part.at === all.at &&
  all.matchers.every((asked) => part.matchers.some((one) => implies(one, asked)))

function implies(one: Matcher, asked: Matcher): boolean {
  if (one.label !== asked.label) return false
  if (one.op === asked.op && one.value === asked.value) return true
  return one.op === '=' && one.value !== '' && isTaken(one.value, asked)
}

/** Whether a matcher certainly matches a value. */
const isTaken = (value: string, { op, value: asked }: Matcher): boolean => {
  if (op === '=' || op === '!=') return (value === asked) === (op === '=')
  return (
    anchoredRegex(asked) !== null &&
    knownValues(matchingDomain(closedDomain(value), { op, value: asked }))?.length === 1
  )
}

const sameList = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((one, i) => one === b[i])
