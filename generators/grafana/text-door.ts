import { auto, milliseconds } from '../../definitions/language/duration.ts'
import { type Node, rewrite, selector, type TextNode } from '../../definitions/language/node.ts'
import { parse } from '../promql/parse.ts'
import { print } from '../promql/print.ts'

/** The query with text through the door as a tree, so that no selector in it escapes the reader's choices. */
export const understood = (query: Node): Node =>
  rewrite(query, (node) => {
    if (node.kind !== 'text') return node
    const parsed = parse(print(node).replaceAll(auto, standIn))
    return parsed.ok ? rewrite(parsed.node, withAuto) : node
  })

/** A window that nobody asks for stands for the one that Grafana fits, which is no PromQL. */
const standIn = '97y'
const isStandIn = (window: string | null) => window !== null && milliseconds(window) === milliseconds(standIn)

function withAuto(node: Node): Node {
  if (node.kind === 'selector' && isStandIn(node.range)) return Object.freeze({ ...node, range: auto })
  if (node.kind !== 'subquery') return node
  const range = isStandIn(node.range) ? auto : node.range
  return Object.freeze({ ...node, range, step: isStandIn(node.step) ? auto : node.step })
}

/** Text that nobody understands may go on with matchers of its own behind a metric by value: both go into one pair of braces. */
export function mended(node: TextNode): Node {
  const parts = [...node.parts]
  for (const [i, part] of parts.entries()) {
    const next = parts[i + 1]
    if (typeof part === 'string' || part.kind !== 'selector' || typeof next !== 'string') continue
    const open = /^\s*\{([^}]*)/.exec(next)
    if (open === null) continue
    const own = open[1] as string
    const free = part.matchers.filter(({ label }) => !new RegExp(`(^|[,\\s])${label}\\s*[=!]`).test(own))
    const inside = print(selector('', free)).slice(1, -1)
    parts[i] = Object.freeze({ ...part, matchers: [] })
    parts[i + 1] = `{${[inside, own.trim()].filter((text) => text !== '').join(', ')}${next.slice(open[0].length)}`
  }
  return Object.freeze({ ...node, parts: Object.freeze(parts) })
}
