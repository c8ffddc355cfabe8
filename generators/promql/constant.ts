import type { Node } from '../../definitions/language/node.ts'

/** The number that a tree without series stands for, such as `1 / 60`; null if it is none. */
export function constantOf(node: Node): number | null {
  if (node.kind === 'number') return node.value
  if (node.kind === 'unary') {
    const of = constantOf(node.of)
    return of === null || node.op === '+' ? of : -of
  }
  if (node.kind !== 'binary') return null
  const [left, right] = [constantOf(node.left), constantOf(node.right)]
  if (left === null || right === null) return null
  switch (node.op) {
    case '*':
      return left * right
    case '/':
      return left / right
    case '+':
      return left + right
    case '-':
      return left - right
    default:
      return null
  }
}
