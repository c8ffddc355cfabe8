import { type Node, selector, type TextNode } from '../../../definitions/language/node.ts'
import { print } from '../../promql/print.ts'

/** Raw text may continue with its own matchers after a metric inserted by value: both go into one pair of braces. */
export function repairText(node: TextNode): Node {
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
