import type { Matcher, Node } from '../../definitions/language/node.ts'

/** Replaces each part of a tree that an earlier tree also has with that very part. */
export type Sharing = (root: Node) => Node

const shared = new WeakSet<Node>()

/** Whether a part may be in several trees: what is known about it in one holds in all. */
export const isShared = (node: Node): boolean => shared.has(node)

/** A part, and a key that is the same for equal parts; empty if the part is not shared. */
type Shared = readonly [Node, string]

/**
 * Lets trees share equal parts, so that each is analysed once, however many alerts use it. Within one tree no part occurs twice:
 * each keeps its own place. A part that uses one of `own`, such as a recorded name, is not shared, since it becomes known only later.
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
