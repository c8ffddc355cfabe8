import { milliseconds } from '../../definitions/language/duration.ts'
import type { At, Matcher, Node } from '../../definitions/language/node.ts'

/** Our tree as Prometheus' own parser describes the same expression, without parentheses. */
export function asPrometheus(node: Node): unknown {
  switch (node.kind) {
    case 'number':
      return { type: 'numberLiteral', val: node.value }
    case 'string':
      return { type: 'stringLiteral', val: node.value }
    case 'selector':
      return {
        type: node.range === null ? 'vectorSelector' : 'matrixSelector',
        matchers: matchersOf(node.name, node.matchers),
        ...(node.range === null ? {} : { range: milliseconds(node.range) }),
        ...moment(node.offset, node.at),
      }
    case 'subquery':
      return {
        type: 'subquery',
        expr: asPrometheus(node.of),
        range: milliseconds(node.range),
        step: node.step === null ? 0 : milliseconds(node.step),
        ...moment(node.offset, node.at),
      }
    case 'call':
      return { type: 'call', func: node.fn, args: node.args.map(asPrometheus) }
    case 'aggregate':
      return {
        type: 'aggregation',
        op: node.op,
        expr: asPrometheus(node.of),
        param: node.param === null ? null : asPrometheus(node.param),
        grouping: node.labels,
        without: node.word === 'without',
      }
    case 'unary':
      return { type: 'unaryExpr', op: node.op, expr: asPrometheus(node.of) }
    case 'binary':
      return {
        type: 'binaryExpr',
        op: node.op,
        bool: node.bool,
        lhs: asPrometheus(node.left),
        rhs: asPrometheus(node.right),
        matching: node.matching === null ? none : said({ ...node.matching, on: node.matching.word === 'on' }),
      }
    case 'text':
      throw new Error('text has no tree of its own')
  }
}

/** Prometheus' description of an expression, reduced to what `asPrometheus` describes as well. */
export function reduceTree(tree: unknown): unknown {
  if (typeof tree !== 'object' || tree === null) return tree
  const n = tree as Record<string, unknown> & { type: string }
  switch (n.type) {
    case 'vectorSelector':
    case 'matrixSelector':
      return {
        type: n.type,
        matchers: (n['matchers'] as { name: string; type: string; value: string }[])
          .map((m) => `${m.name} ${m.type} ${m.value}`)
          .sort(),
        ...(n.type === 'vectorSelector' ? {} : { range: n['range'] }),
        ...times(n),
      }
    case 'subquery':
      return { type: n.type, expr: reduceTree(n['expr']), range: n['range'], step: n['step'], ...times(n) }
    case 'call':
      return {
        type: n.type,
        func: (n['func'] as { name: string }).name,
        args: (n['args'] as unknown[]).map(reduceTree),
      }
    case 'aggregation':
      return {
        type: n.type,
        op: n['op'],
        expr: reduceTree(n['expr']),
        param: n['param'] === null ? null : reduceTree(n['param']),
        grouping: n['grouping'],
        without: n['without'],
      }
    case 'unaryExpr':
      return { type: n.type, op: n['op'], expr: reduceTree(n['expr']) }
    case 'binaryExpr': {
      const matching = n['matching'] as (Omit<Said, 'group'> & { card: string }) | null
      return {
        type: n.type,
        op: n['op'],
        bool: n['bool'],
        lhs: reduceTree(n['lhs']),
        rhs: reduceTree(n['rhs']),
        matching: matching === null ? none : said({ ...matching, group: groups[matching.card] ?? null }),
      }
    }
    case 'numberLiteral':
      return { type: n.type, val: Number(String(n['val']).replace('Inf', 'Infinity')) }
    default:
      return { type: n.type, val: n['val'] }
  }
}

interface Said {
  readonly on: boolean
  readonly labels: readonly string[]
  readonly include: readonly string[]
  readonly group: string | null
}
const none: Said = { on: false, labels: [], include: [], group: null }
const said = ({ on, labels, include, group }: Said): Said => ({ on, labels, include, group })
const groups: Readonly<Record<string, string>> = { 'many-to-one': 'left', 'one-to-many': 'right' }
const times = (n: Record<string, unknown>) => ({
  offset: n['offset'],
  timestamp: n['timestamp'],
  startOrEnd: n['startOrEnd'],
})
const moment = (offset: string | null, at: At | null) => ({
  offset: offset === null ? 0 : offset.startsWith('-') ? -(milliseconds(offset.slice(1)) ?? 0) : milliseconds(offset),
  timestamp: typeof at === 'number' ? at * 1000 : null,
  startOrEnd: typeof at === 'string' ? at : null,
})
const matchersOf = (name: string, matchers: readonly Matcher[]) =>
  [...(name === '' ? [] : [`__name__ = ${name}`]), ...matchers.map((m) => `${m.label} ${m.op} ${m.value}`)].sort()
