import type { Node, UnaryNode } from '../../definitions/language/node.ts'
import { items } from '../../definitions/language/unit.ts'
import { parse } from '../promql/parse.ts'
import { print } from '../promql/print.ts'
import { aggregateMeaning } from './aggregate.ts'
import { binaryMeaning } from './binary.ts'
import { callMeaning } from './call.ts'
import { exactly } from './interval.ts'
import { nameless, namelessKey } from './labels.ts'
import { type Meaning, meaning } from './meaning.ts'
import { type MeaningRules, meaningRules } from './rules.ts'
import { selectorMeaning, subqueryMeaning } from './selector.ts'
import type { RecordedExpression, SeriesFamily, World } from './world.ts'

/** What the rules need to find a meaning. */
export interface AnalysisContext {
  readonly world: World
  readonly rules: MeaningRules
  readonly meaningOf: (node: Node) => Meaning
  /** The series of a name, including those of recording rules; null if there are none. */
  readonly family: (name: string) => SeriesFamily | null
  /** The meanings of a family's selectors found so far, by their matchers and window. */
  readonly selected: WeakMap<SeriesFamily, Map<string, Meaning>>
}

/** What is known about the expressions and families of a world. */
export interface Analysis {
  /** The meaning of a tree; the meanings inside refer to the tree's own nodes. */
  readonly meaningOf: (node: Node) => Meaning
  readonly family: (name: string) => SeriesFamily | null
}

/** Analyses trees in a closed world, each of them once. */
export function analysis(world: World, rules: MeaningRules = meaningRules): Analysis {
  const found = new WeakMap<Node, Meaning>()
  const recorded = new Map<string, SeriesFamily | null>()
  const meaningOf = (node: Node): Meaning => {
    const before = found.get(node)
    if (before !== undefined) return before
    const made = fresh(node, context)
    found.set(node, made)
    return made
  }
  const family = (name: string): SeriesFamily | null => {
    const known = world.families.get(name) ?? recorded.get(name)
    if (known !== undefined) return known
    const of = world.records.get(name)
    if (of === undefined) return null
    // a rule that records itself has no meaning
    recorded.set(name, null)
    const made = recordedFamily(name, meaningOf(of.expr), of)
    recorded.set(name, made)
    return made
  }
  const context: AnalysisContext = { world, rules, meaningOf, family, selected: new WeakMap() }
  return { meaningOf, family }
}

function fresh(node: Node, context: AnalysisContext): Meaning {
  switch (node.kind) {
    case 'number':
      return meaning({ node, type: 'scalar', values: exactly(node.value), series: 1 })
    case 'string':
      return meaning({ node, type: 'string', series: 1 })
    case 'selector':
      return selectorMeaning(node, context)
    case 'subquery':
      return subqueryMeaning(node, context)
    case 'call':
      return callMeaning(node, context)
    case 'aggregate':
      return aggregateMeaning(node, context)
    case 'binary':
      return binaryMeaning(node, context)
    case 'unary':
      return unary(node, context)
    case 'text': {
      const parsed = parse(print(node))
      return parsed.ok ? meaning({ ...context.meaningOf(parsed.node), node }) : meaning({ node, absent: ['down'] })
    }
  }
}

function unary(node: UnaryNode, context: AnalysisContext): Meaning {
  const of = context.meaningOf(node.of)
  if (node.op === '+') return meaning({ ...of, node, of: [of] })
  return meaning({
    ...of,
    node,
    of: [of],
    labels: nameless(of.labels),
    key: namelessKey(of.key, of.labels),
    values: context.rules.negated(of.values),
  })
}

const recordedFamily = (name: string, of: Meaning, { every }: RecordedExpression): SeriesFamily =>
  Object.freeze({
    name,
    labels: nameless(of.labels),
    key: namelessKey(of.key, of.labels),
    type: 'recorded',
    every,
    unit: of.unit ?? items,
    values: of.values,
    absent: of.absent.length === 0 ? (['down'] as const) : of.absent,
    series: of.series,
    metric: null,
    foreign: false,
  })
