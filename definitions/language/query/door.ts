import type { Fault } from '../fault.ts'
import type { Node, TextNode } from '../node.ts'
import type { Unit } from '../unit.ts'
import { expression } from './expression.ts'
import type { Asked, Condition, Vector } from './vector.ts'

/** PromQL given as text, before its unit and labels are declared. */
export interface Door {
  readonly node: Node
  readonly faults: readonly Fault[]
  as<const L extends string, D extends string>(unit: Unit<D>, labels: readonly L[]): Vector<L, D>
  condition<const L extends string, D extends string>(unit: Unit<D>, labels: readonly L[]): Condition<L, D>
}

/** PromQL as text, for what the builder cannot express: unit and labels are asserted, metrics are still passed by value. */
export function promql(parts: TemplateStringsArray, ...holes: readonly (Asked | Door)[]): Door {
  const node: TextNode = Object.freeze({
    kind: 'text',
    parts: Object.freeze(parts.flatMap((part, i) => (holes[i] === undefined ? [part] : [part, holes[i].node]))),
  })
  const faults = holes.flatMap((hole) => hole.faults)
  const made = (kind: 'vector' | 'condition', unit: Unit<string>, labels: readonly string[]): never =>
    expression({ kind, node, unit, labels, faults }) as never
  return Object.freeze({
    node,
    faults,
    as: (unit: Unit<string>, labels: readonly string[]) => made('vector', unit, labels),
    condition: (unit: Unit<string>, labels: readonly string[]) => made('condition', unit, labels),
  }) as Door
}
