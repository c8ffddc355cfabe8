// The PromQL tree: plain data with every field present, so that builder and parser produce deep-equal trees. It has no node for
// parentheses: the printer adds them where needed.

export type Op =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '^'
  | 'atan2'
  | '=='
  | '!='
  | '>'
  | '<'
  | '>='
  | '<='
  | 'and'
  | 'or'
  | 'unless'

export type MatchOp = '=' | '!=' | '=~' | '!~'

export interface Matcher {
  readonly label: string
  readonly op: MatchOp
  readonly value: string
}

export interface Matching {
  readonly word: 'on' | 'ignoring'
  readonly labels: readonly string[]
  readonly group: 'left' | 'right' | null
  readonly include: readonly string[]
}

/** `@ 1700000000`, `@ start()` or `@ end()`. */
export type At = number | 'start' | 'end'

export interface NumberNode {
  readonly kind: 'number'
  readonly value: number
}
export interface StringNode {
  readonly kind: 'string'
  readonly value: string
}
export interface SelectorNode {
  readonly kind: 'selector'
  readonly name: string
  readonly matchers: readonly Matcher[]
  /** The window of a range selector. */
  readonly range: string | null
  readonly offset: string | null
  readonly at: At | null
}
export interface SubqueryNode {
  readonly kind: 'subquery'
  readonly of: Node
  readonly range: string
  readonly step: string | null
  readonly offset: string | null
  readonly at: At | null
}
export interface CallNode {
  readonly kind: 'call'
  readonly fn: string
  readonly args: readonly Node[]
}
export interface AggregateNode {
  readonly kind: 'aggregate'
  readonly op: string
  /** The k of topk, the q of quantile, the label of count_values. */
  readonly param: Node | null
  readonly of: Node
  readonly word: 'by' | 'without'
  readonly labels: readonly string[]
}
export interface BinaryNode {
  readonly kind: 'binary'
  readonly op: Op
  readonly bool: boolean
  readonly matching: Matching | null
  readonly left: Node
  readonly right: Node
}
export interface UnaryNode {
  readonly kind: 'unary'
  readonly op: '-' | '+'
  readonly of: Node
}
/** PromQL given as text, with the parts that were passed by value. */
export interface TextNode {
  readonly kind: 'text'
  readonly parts: readonly (string | Node)[]
}

export type Node =
  | NumberNode
  | StringNode
  | SelectorNode
  | SubqueryNode
  | CallNode
  | AggregateNode
  | BinaryNode
  | UnaryNode
  | TextNode

export const number = (value: number): NumberNode => Object.freeze({ kind: 'number', value })
export const string = (value: string): StringNode => Object.freeze({ kind: 'string', value })
export const selector = (name: string, matchers: readonly Matcher[] = []): SelectorNode =>
  Object.freeze({ kind: 'selector', name, matchers: Object.freeze(matchers), range: null, offset: null, at: null })
export const call = (fn: string, ...args: readonly Node[]): CallNode =>
  Object.freeze({ kind: 'call', fn, args: Object.freeze(args) })
export const binary = (op: Op, left: Node, right: Node, matching: Matching | null = null): BinaryNode =>
  Object.freeze({ kind: 'binary', op, bool: false, matching, left, right })
export const aggregate = (
  op: string,
  of: Node,
  word: 'by' | 'without',
  labels: readonly string[],
  param: Node | null = null,
): AggregateNode => Object.freeze({ kind: 'aggregate', op, param, of, word, labels: Object.freeze([...labels].sort()) })

/** The direct children of a node, left to right. */
export function below(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'number':
    case 'string':
    case 'selector':
      return []
    case 'subquery':
    case 'unary':
      return [node.of]
    case 'call':
      return node.args
    case 'aggregate':
      return node.param === null ? [node.of] : [node.param, node.of]
    case 'binary':
      return [node.left, node.right]
    case 'text':
      return node.parts.filter((part) => typeof part !== 'string')
  }
}

/** Replaces each node of a tree by the result of `change`, children first. */
export const rewrite = (node: Node, change: (node: Node) => Node): Node =>
  change(withParts(node, (part) => rewrite(part, change)))

/** A node with each of its direct parts changed. */
export function withParts(node: Node, inner: (part: Node) => Node): Node {
  switch (node.kind) {
    case 'number':
    case 'string':
    case 'selector':
      return node
    case 'subquery':
    case 'unary':
      return Object.freeze({ ...node, of: inner(node.of) })
    case 'call':
      return Object.freeze({ ...node, args: Object.freeze(node.args.map(inner)) })
    case 'aggregate':
      return Object.freeze({ ...node, param: node.param === null ? null : inner(node.param), of: inner(node.of) })
    case 'binary':
      return Object.freeze({ ...node, left: inner(node.left), right: inner(node.right) })
    case 'text':
      return Object.freeze({
        ...node,
        parts: Object.freeze(node.parts.map((p) => (typeof p === 'string' ? p : inner(p)))),
      })
  }
}

/** Every selector of a tree, left to right. */
export const selectors = (node: Node): readonly SelectorNode[] =>
  node.kind === 'selector' ? [node] : below(node).flatMap(selectors)

/** Whether a tree is a number that contains no series. */
export const isConstant = (node: Node): boolean =>
  node.kind === 'number' || ((node.kind === 'binary' || node.kind === 'unary') && below(node).every(isConstant))
