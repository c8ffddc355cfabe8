import { byCodeUnit } from '../../definitions/language/code-unit.ts'
import type { At, BinaryNode, Matcher, Node, SelectorNode } from '../../definitions/language/node.ts'
import { level, signLevel } from './precedence.ts'

const atom = 9

/** The canonical text of a tree: parentheses only where needed, labels and matchers sorted. */
export function print(node: Node): string {
  switch (node.kind) {
    case 'number':
      return printNumber(node.value)
    case 'string':
      return quoted(node.value)
    case 'text':
      return node.parts
        .map((part) => (typeof part === 'string' ? part : inParentheses(part, strength(part) < atom)))
        .join('')
    case 'selector':
      return printSelector(node)
    case 'subquery':
      return (
        inParentheses(node.of, strength(node.of) < atom) +
        `[${node.range}:${node.step ?? ''}]` +
        modifiers(node.offset, node.at)
      )
    case 'call':
      return `${node.fn}(${node.args.map(print).join(', ')})`
    case 'aggregate': {
      const grouping = node.word === 'by' && node.labels.length === 0 ? '' : ` ${node.word} ${list(node.labels)} `
      return `${node.op}${grouping}(${node.param === null ? '' : `${print(node.param)}, `}${print(node.of)})`
    }
    case 'unary':
      return node.op + inParentheses(node.of, strength(node.of) < signLevel)
    case 'binary':
      return printBinary(node)
  }
}

function printBinary(node: BinaryNode): string {
  const mine = level[node.op]
  const rightFirst = node.op === '^'
  const left = inParentheses(node.left, strength(node.left) < mine || (rightFirst && strength(node.left) === mine))
  const right = inParentheses(node.right, strength(node.right) < mine || (!rightFirst && strength(node.right) === mine))
  const { matching } = node
  const group = matching?.group ? ` group_${matching.group} ${list(matching.include)}` : ''
  const how =
    (node.bool ? ' bool' : '') + (matching === null ? '' : ` ${matching.word} ${list(matching.labels)}${group}`)
  return `${left} ${node.op}${how} ${right}`
}

function printSelector(node: SelectorNode): string {
  const plain = node.name === '' || (legacyName.test(node.name) && !notAsName.has(node.name.toLowerCase()))
  const matchers = [...node.matchers].sort(byText).map((m) => `${label(m.label)}${m.op}${quoted(m.value)}`)
  const inside = plain ? matchers : [quoted(node.name), ...matchers]
  const braces = inside.length > 0 || node.name === '' ? `{${inside.join(', ')}}` : ''
  return (
    (plain ? node.name : '') + braces + (node.range === null ? '' : `[${node.range}]`) + modifiers(node.offset, node.at)
  )
}

const legacyName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const legacyLabel = /^[a-zA-Z_][a-zA-Z0-9_]*$/
/** Keywords that cannot be metric names, in any case; of these, the ones that cannot be in a list of labels either. */
const notAsName = new Set(['inf', 'nan', 'on', 'ignoring', 'group_left', 'group_right', 'bool', 'atan2', 'without'])
const notInList = new Set(['inf', 'nan', 'without'])
const label = (name: string) => (legacyLabel.test(name) ? name : quoted(name))
const inList = (name: string) => (notInList.has(name.toLowerCase()) ? quoted(name) : label(name))
const list = (names: readonly string[]) => `(${[...names].sort().map(inList).join(', ')})`
const byText = (a: Matcher, b: Matcher) =>
  byCodeUnit(a.label, b.label) || byCodeUnit(a.op, b.op) || byCodeUnit(a.value, b.value)

const modifiers = (offset: string | null, at: At | null) =>
  (at === null ? '' : ` @ ${typeof at === 'number' ? printNumber(at) : `${at}()`}`) +
  (offset === null ? '' : ` offset ${offset}`)

/** How strongly a node binds without parentheses. */
function strength(node: Node): number {
  if (node.kind === 'binary') return level[node.op]
  if (node.kind === 'unary' || (node.kind === 'number' && isSigned(node.value))) return signLevel
  return node.kind === 'text' ? 0 : atom
}

/** Infinity is written with its sign. */
const isSigned = (value: number) => value < 0 || value === Infinity || Object.is(value, -0)

const inParentheses = (node: Node, needed: boolean) => (needed ? `(${print(node)})` : print(node))

function printNumber(value: number): string {
  if (value === Infinity) return '+Inf'
  if (value === -Infinity) return '-Inf'
  return Object.is(value, -0) ? '-0' : String(value)
}

/** A string in double quotes, as Go reads it. */
function quoted(text: string): string {
  const inside = text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t').replace(/\r/g, '\\r')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to be escaped.
  return `"${inside.replace(/[\u0000-\u001f\u007f]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`
}
