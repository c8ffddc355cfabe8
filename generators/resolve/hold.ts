import type { Defect } from '../../definitions/language/defect.ts'
import { defect } from '../../definitions/language/defect.ts'
import {
  type BinaryNode,
  below,
  binary,
  call,
  isConstant,
  type Node,
  number,
  type Op,
  type SelectorNode,
  selector,
} from '../../definitions/language/node.ts'

// One failed scrape resets a `for`, so a long one hardly ever completes. From an hour on, the hold becomes a window instead, around the operand and
// never around the comparison: a filter under a range drops the samples that are false.

/** The share of the expected samples that must exist; the rest may be lost to failed scrapes and restarts. */
export const sampleShare = 0.9

export interface CompiledHold {
  readonly expr: Node
  /** Operands that are not a plain selector, recorded so that a range can select them. */
  readonly records: readonly { readonly name: string; readonly expr: Node }[]
  readonly defects: readonly Defect[]
}

interface Sampling {
  readonly hold: string
  readonly holdMillis: number
  /** Milliseconds between two samples of a scraped series. */
  readonly scraped: (name: string) => number
  /** Milliseconds between two samples of a recorded one. */
  readonly recorded: number
  /** The name of the first operand that has to be recorded. */
  readonly name: string
  /** The name of the alert, and the labels that its rule adds to those of the condition. */
  readonly alert: string
  readonly added: readonly string[]
}

/** A condition that has been true for the whole hold, as a condition that is true now. */
export function compileHold(condition: Node, sampling: Sampling): CompiledHold {
  const records: { name: string; expr: Node }[] = []
  const defects: Defect[] = []
  const refuse = (why: string, fix: string): Node => {
    defects.push(
      defect('hold-not-split', `it holds for ${sampling.hold}, which is compiled into the window, but ${why}`, fix),
    )
    return condition
  }

  // A gap says nothing new: what fired goes on while every sample that is left agrees.
  const fired = call('last_over_time', {
    ...selector('ALERTS', [
      { label: 'alertname', op: '=', value: sampling.alert },
      { label: 'alertstate', op: '=', value: 'firing' },
    ]),
    range: sampling.hold,
  })
  const sameSeries = Object.freeze({
    word: 'ignoring',
    labels: Object.freeze(['alertname', 'alertstate', ...sampling.added]),
    group: null,
    include: Object.freeze([]),
  } as const)

  const operandOf = (operand: Node): { readonly node: SelectorNode; readonly every: number } => {
    if (isPlain(operand)) return { node: operand, every: sampling.scraped(operand.name) }
    const known = records.find((r) => r.expr === operand)
    const name = known?.name ?? (records.length === 0 ? sampling.name : `${sampling.name}_${records.length + 1}`)
    if (known === undefined) records.push({ name, expr: operand })
    return { node: selector(name), every: sampling.recorded }
  }

  const compared = (node: BinaryNode): readonly Node[] => {
    const scalar = isConstant(node.right)
    const operand = scalar ? node.left : binary('-', node.left, node.right, node.matching)
    if (hasFilter(operand))
      return [refuse('the compared value contains another comparison', 'compare once, at the top')]
    const { node: of, every: step } = operandOf(operand)
    const ranged: SelectorNode = Object.freeze({ ...of, range: sampling.hold })
    const limit = scalar ? node.right : number(0)
    const enough = binary(
      '>=',
      call('count_over_time', ranged),
      number(Math.floor((sampling.holdMillis / step) * sampleShare)),
    )
    const all = extremes[node.op as Comparison].map((fn): Node => binary(node.op, call(fn, ranged), limit))
    return [binary('and', every(all), binary('or', enough, fired, sameSeries), sameSeries)]
  }

  const split = (node: Node): readonly Node[] => {
    if (node.kind !== 'binary')
      return [refuse('this part of it is not a comparison', 'write each part as a comparison')]
    if (node.bool) return [refuse('it compares with bool, whose result is never empty', 'compare without bool')]
    if (node.op === 'and' && node.matching === null) return [...split(node.left), ...split(node.right)]
    if (node.op === 'and') return [binary('and', every(split(node.left)), every(split(node.right)), node.matching)]
    if (node.op === '!=') return [refuse('`!=` cannot be checked over a window', 'use >, < or ==')]
    if (node.op in extremes) return compared(node)
    return [
      refuse(`\`${node.op}\` cannot be split: each side may be true for part of the time`, 'split it into two alerts'),
    ]
  }

  const expr = every(split(condition))
  return { expr, records, defects }
}

const every = (parts: readonly Node[]): Node => parts.reduce((left, right) => binary('and', left, right))

type Comparison = Extract<Op, '>' | '>=' | '<' | '<=' | '=='>
/** The extremes that must satisfy the comparison for every sample to satisfy it. */
const extremes: Readonly<Record<Comparison, readonly string[]>> = {
  '>': ['min_over_time'],
  '>=': ['min_over_time'],
  '<': ['max_over_time'],
  '<=': ['max_over_time'],
  '==': ['min_over_time', 'max_over_time'],
}

const isPlain = (node: Node): node is SelectorNode =>
  node.kind === 'selector' && node.range === null && node.offset === null && node.at === null
const filters = new Set<Op>(['>', '>=', '<', '<=', '==', '!=', 'and', 'unless'])
const hasFilter = (node: Node): boolean =>
  node.kind === 'text' || (node.kind === 'binary' && !node.bool && filters.has(node.op)) || below(node).some(hasFilter)
