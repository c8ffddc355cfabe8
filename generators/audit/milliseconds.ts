import { below, type Node, selectors } from '../../definitions/language/node.ts'
import { type Interval, interval } from '../meaning/interval.ts'

/** The values of a time in milliseconds since 1970, from 2001 to 2286. */
export const asMilliseconds: Interval = interval(1e12, 1e13)

export const isMilliseconds = (value: number): boolean => value >= asMilliseconds.lo && value < asMilliseconds.hi

/** The selectors whose values a node subtracts from the time, or the other way round, as they are; none for any other node. */
export function subtractedFromTime(node: Node): readonly string[] {
  if (node.kind !== 'binary' || node.op !== '-') return []
  if (isTime(node.left)) return unscaled(node.right)
  return isTime(node.right) ? unscaled(node.left) : []
}

/** All names that a tree subtracts from the time; parts in `visited` are skipped. */
export function collectSubtracted(node: Node, into: Set<string>, visited: Set<Node>): void {
  if (visited.has(node)) return
  visited.add(node)
  for (const name of subtractedFromTime(node)) into.add(name)
  for (const one of below(node)) collectSubtracted(one, into, visited)
}

const isTime = (node: Node): boolean => node.kind === 'call' && node.fn === 'time'

const unscaled = (node: Node): readonly string[] =>
  node.kind === 'binary' || below(node).some((one) => one.kind === 'binary')
    ? []
    : selectors(node).map(({ name }) => name)
