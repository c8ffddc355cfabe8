import type { Matcher, Node } from '../../definitions/language/node.ts'

/** Takes a tree for one in which each part that another tree has already is that very part. */
export type Sharing = (root: Node) => Node

const shared = new WeakSet<Node>()

/** Whether a part may stand in several trees: what is known of it in one is known in all. */
export const isShared = (node: Node): boolean => shared.has(node)

/** A part, and a text that is the same for equal parts; an empty one where it is not shared. */
type Shared = readonly [Node, string]

/**
 * Lets trees share equal parts, so that each is understood once, however many alerts ask for it. Within one tree no part stands twice:
 * each keeps its own place. Nothing is shared that asks for one of `own`, such as what a rule records, which is known later only.
 */
export function sharing(own: ReadonlySet<string>): Sharing {
  const known = new Map<string, readonly [Node, string]>()
  return (root) => {
    const used = new Set<Node>()
    const share = (node: Node): Shared => {
      if (node.kind === 'number') return [node, String(node.value)]
      if (node.kind === 'string') return [node, JSON.stringify(node.value)]
      const [made, text] = rebuilt(node)
      if (text === '') return [made, '']
      let one = known.get(text)
      if (one === undefined) {
        one = [made, `#${known.size}`]
        known.set(text, one)
        shared.add(made)
      } else if (used.has(one[0])) return [made, '']
      used.add(one[0])
      return one
    }
    const rebuilt = (node: Node): Shared => {
      switch (node.kind) {
        case 'selector':
          return [node, own.has(node.name) ? '' : selectorText(node)]
        case 'call': {
          const all = node.args.map(share)
          const made = all.every(([one], i) => one === node.args[i])
            ? node
            : Object.freeze({ ...node, args: Object.freeze(all.map(([one]) => one)) })
          return [made, all.some(([, text]) => text === '') ? '' : `${node.fn}(${all.map(([, text]) => text).join()}`]
        }
        case 'aggregate': {
          const [param, first] = node.param === null ? [null, '-'] : share(node.param)
          const [of, text] = share(node.of)
          const made = of === node.of && param === node.param ? node : Object.freeze({ ...node, param, of })
          return [
            made,
            text === '' || first === '' ? '' : `${node.op} ${node.word}(${node.labels.join()}(${first},${text}`,
          ]
        }
        case 'binary': {
          const [[left], [right]] = [share(node.left), share(node.right)]
          return [left === node.left && right === node.right ? node : Object.freeze({ ...node, left, right }), '']
        }
        default:
          return [node, '']
      }
    }
    return share(root)[0]
  }
}

const selectorText = ({ name, range, offset, at, matchers }: Extract<Node, { kind: 'selector' }>) =>
  `{${name}\n${range}\n${offset}\n${at}${matchers.map(matcherText).join('')}`
const matcherText = ({ label, op, value }: Matcher) => `\n${label}${op}${JSON.stringify(value)}`
