import { auto, milliseconds } from '../../definitions/language/duration.ts'
import { type Node, rewrite } from '../../definitions/language/node.ts'
import { parse } from './parse.ts'
import { print } from './print.ts'

/** The query with its PromQL text parsed into a tree, so that dashboard variables reach every selector in it. */
export const withParsedText = (query: Node): Node =>
  rewrite(query, (node) => {
    if (node.kind !== 'text') return node
    const parsed = parse(print(node).replaceAll(auto, standIn))
    return parsed.ok ? rewrite(parsed.node, withAuto) : node
  })

/** A window that nobody uses, as a placeholder for the one that Grafana fits, which is not PromQL. */
const standIn = '97y'
const isStandIn = (window: string | null) => window !== null && milliseconds(window) === milliseconds(standIn)

function withAuto(node: Node): Node {
  if (node.kind === 'selector' && isStandIn(node.range)) return Object.freeze({ ...node, range: auto })
  if (node.kind !== 'subquery') return node
  const range = isStandIn(node.range) ? auto : node.range
  return Object.freeze({ ...node, range, step: isStandIn(node.step) ? auto : node.step })
}
