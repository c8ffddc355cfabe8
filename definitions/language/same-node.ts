import { byCodeUnit } from './code-unit.ts'
import { type Matcher, type Node, rewrite } from './node.ts'

/** Whether two trees are equivalent; the order of matchers and labels does not matter. */
export const sameNode = (a: Node, b: Node): boolean => same(inOrder(a), inOrder(b))

const inOrder = (node: Node): Node =>
  rewrite(node, (of) => {
    if (of.kind === 'selector') return { ...of, matchers: [...of.matchers].sort(byLabel) }
    if (of.kind === 'aggregate') return { ...of, labels: [...of.labels].sort() }
    if (of.kind !== 'binary' || of.matching === null) return of
    const { labels, include } = of.matching
    return { ...of, matching: { ...of.matching, labels: [...labels].sort(), include: [...include].sort() } }
  })

const byLabel = (a: Matcher, b: Matcher) => byCodeUnit(a.label, b.label) || byCodeUnit(a.value, b.value)

/** Whether two values have the same shape and content; -0 equals 0, as Prometheus prints it. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b || Object.is(a, b)
  const [keys, others] = [Object.keys(a), Object.keys(b)]
  return keys.length === others.length && keys.every((key) => same(a[key as keyof typeof a], b[key as keyof typeof b]))
}
