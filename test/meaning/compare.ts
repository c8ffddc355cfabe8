import { below, type Node, rewrite } from '../../definitions/language/node.ts'
import { knownValues } from '../../generators/meaning/domain.ts'
import { contains } from '../../generators/meaning/interval.ts'
import type { Meaning } from '../../generators/meaning/meaning.ts'
import type { EvaluatedSample } from '../promql/prometheus.ts'

/** Prometheus' answer. */
export interface QueryResult {
  readonly type: 'scalar' | 'vector'
  readonly samples: readonly EvaluatedSample[]
}

/** How an answer contradicts the inferred meaning; null if it does not. */
export function contradiction(inferred: Meaning, answer: QueryResult): string | null {
  if (inferred.type !== answer.type) return `the answer is a ${answer.type}, inferred was a ${inferred.type}`
  if (answer.samples.length === 0)
    return inferred.absent.length === 0 && inferred.never === null
      ? 'the answer is empty, inferred was that there always is something'
      : null
  if (inferred.never !== null) return `there are ${answer.samples.length} series, inferred was none: ${inferred.never}`
  if (answer.samples.length > inferred.series)
    return `there are ${answer.samples.length} series, inferred were at most ${inferred.series}`
  for (const { labels, value } of answer.samples) {
    if (!contains(inferred.values, value))
      return `the value is ${value}, inferred was ${JSON.stringify({ ...inferred.values, lo: String(inferred.values.lo), hi: String(inferred.values.hi) })}`
    for (const [label, text] of Object.entries(labels)) {
      const domain = inferred.labels.get(label)
      if (domain === undefined) return `there is a label ${label}, inferred was that there is none`
      if (knownValues(domain)?.includes(text) === false)
        return `${label} is ${JSON.stringify(text)}, inferred was one of ${knownValues(domain)?.join(', ')}`
    }
    for (const [label, domain] of inferred.labels)
      if (!domain.empty && labels[label] === undefined)
        return `the label ${label} is missing, inferred was that it exists`
  }
  return twice(inferred.key, answer.samples)
}

/** Two series that the inferred key does not distinguish. */
function twice(key: Meaning['key'], samples: readonly EvaluatedSample[]): string | null {
  if (key === null) return null
  const found = new Set<string>()
  for (const { labels } of samples) {
    const own = JSON.stringify(key.map((label) => labels[label] ?? ''))
    if (found.has(own))
      return `two series have the same ${key.join(', ') || 'labels'}, inferred was that these distinguish them`
    found.add(own)
  }
  return null
}

/** Whether exactly the inferred labels were there. */
export const sameLabels = (inferred: Meaning, { samples }: QueryResult): boolean =>
  [...new Set(samples.flatMap(({ labels }) => Object.keys(labels)))].sort().join() ===
  [...inferred.labels.keys()].sort().join()

/** Trees that are one step smaller: a part in place of the whole, or of the part around it. */
export function* smaller(node: Node): Generator<Node> {
  yield* below(node).filter(isVector)
  const all: Node[] = []
  const collect = (of: Node): void => {
    all.push(of)
    below(of).forEach(collect)
  }
  collect(node)
  for (const part of all.slice(1)) {
    for (const inner of below(part).filter((one) => isVector(one) === isVector(part)))
      yield rewrite(node, (one) => (same(one, part) ? inner : one))
    if (part.kind === 'selector' && part.matchers.length > 0)
      yield rewrite(node, (one) => (same(one, part) ? { ...part, matchers: part.matchers.slice(1) } : one))
  }
}
const isVector = (node: Node) =>
  node.kind !== 'number' &&
  node.kind !== 'string' &&
  node.kind !== 'subquery' &&
  !(node.kind === 'selector' && node.range !== null)
const same = (a: Node, b: Node) => JSON.stringify(a) === JSON.stringify(b)
