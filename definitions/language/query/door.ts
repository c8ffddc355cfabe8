import type { Defect } from '../defect.ts'
import type { Node, TextNode } from '../node.ts'
import type { Unit } from '../unit.ts'
import { expression } from './expression.ts'
import type { AnyExpression, Condition, Vector } from './vector.ts'

/** PromQL given as text, before its unit and labels are declared. */
export interface Door {
  readonly node: Node
  readonly defects: readonly Defect[]
  as<const L extends string, D extends string>(unit: Unit<D>, labels: readonly L[]): Vector<L, D>
  condition<const L extends string, D extends string>(unit: Unit<D>, labels: readonly L[]): Condition<L, D>
}

/** PromQL as text, for what the builder cannot express: unit and labels are asserted, metrics are still passed by value. */
export function promql(parts: TemplateStringsArray, ...holes: readonly (AnyExpression | Door)[]): Door {
  const node: TextNode = Object.freeze({
    kind: 'text',
    parts: Object.freeze(parts.flatMap((part, i) => (holes[i] === undefined ? [part] : [part, holes[i].node]))),
  })
  const defects = holes.flatMap((hole) => hole.defects)
  const made = (kind: 'vector' | 'condition', unit: Unit<string>, labels: readonly string[]): never =>
    expression({ kind, node, unit, labels, defects }) as never
  return Object.freeze({
    node,
    defects,
    as: (unit: Unit<string>, labels: readonly string[]) => made('vector', unit, labels),
    condition: (unit: Unit<string>, labels: readonly string[]) => made('condition', unit, labels),
  }) as Door
}
