import type { Node } from '../../definitions/language/node.ts'
import { type Analysis, analysis } from '../meaning/analyse.ts'
import type { SeriesFamily, World } from '../meaning/world.ts'
import type { Evidence } from './evidence.ts'
import { type AuditScope, nameVerdicts } from './known.ts'
import { collectSubtracted } from './milliseconds.ts'
import type { Readable } from './readable.ts'
import { selectorVerdicts } from './selector.ts'
import type { Item, ItemQuery } from './verdict.ts'
import { collectLabels, type Families, provenFamilies, seenFamilies } from './world.ts'

/** What expressions mean in a world that grows with each recording rule whose result becomes known. */
interface GrowingWorld extends Analysis {
  readonly world: World
  readonly add: (family: SeriesFamily) => void
}

/** What verdicts are based on. */
export interface Grounds {
  readonly read: ReadonlyMap<ItemQuery, Readable>
  readonly evidence: Evidence
  /** The audited jobs; empty for all. */
  readonly jobs: readonly string[]
  /** Recording rules by the name that they record. */
  readonly rules: ReadonlyMap<string, readonly Item[]>
  /** The names of the metrics that any expression uses. */
  readonly names: ReadonlySet<string>
  /** Names that a contract or a recording rule declares. */
  readonly declared: ReadonlySet<string>
  /** Those, and all that were seen. */
  readonly known: readonly string[]
  /** What must hold. */
  readonly proven: GrowingWorld
  /** What was seen, taken as all there is. */
  readonly seen: GrowingWorld
  readonly onName: ReturnType<typeof nameVerdicts>
  readonly onSelector: ReturnType<typeof selectorVerdicts>
}

/** Brings together what the expressions of rules and dashboards use and what the evidence has. */
export function groundsOf(
  items: readonly Item[],
  read: ReadonlyMap<ItemQuery, Readable>,
  evidence: Evidence,
  choices: AuditScope,
): Grounds {
  const rules = rulesByName(items)
  const { names, labels, ofTime } = askedBy(items, read)
  const ofContracts = evidence.contracts.flatMap(({ metrics }) => metrics.flatMap(({ series }) => series))
  const declared = new Set([...ofContracts, ...rules.keys()])
  return {
    read,
    evidence,
    jobs: choices.jobs,
    rules,
    names,
    declared,
    known: [...new Set([...evidence.seen.keys(), ...declared])],
    proven: growing(names, provenFamilies(evidence, labels)),
    seen: growing(names, seenFamilies(evidence, labels, { withValues: false, ofTime })),
    onName: nameVerdicts(evidence, choices),
    onSelector: selectorVerdicts(evidence),
  }
}

/** An expression that is fully known; null if it cannot be parsed or a variable replaces a part of it. */
export function wholeOf(read: ReadonlyMap<ItemQuery, Readable>, query: ItemQuery) {
  const one = read.get(query)
  return one === undefined || 'wrong' in one || one.loose ? null : one
}

function rulesByName(items: readonly Item[]): ReadonlyMap<string, readonly Item[]> {
  const rules = new Map<string, Item[]>()
  for (const item of items) {
    if (item.kind !== 'record') continue
    const same = rules.get(item.name)
    if (same === undefined) rules.set(item.name, [item])
    else same.push(item)
  }
  return rules
}

/** The names and labels that expressions use, and the names that they subtract from the time. */
function askedBy(items: readonly Item[], read: ReadonlyMap<ItemQuery, Readable>) {
  const [names, labels, visited] = [new Set<string>(), new Set<string>(), new Set<Node>()]
  const [ofTime, visitedForTime] = [new Set<string>(), new Set<Node>()]
  for (const { queries } of items)
    for (const query of queries) {
      const one = read.get(query)
      if (one === undefined || 'wrong' in one) continue
      collectLabels(one.node, labels, visited)
      collectSubtracted(one.node, ofTime, visitedForTime)
      for (const name of one.names) names.add(name)
    }
  return { names, labels, ofTime }
}

function growing(names: ReadonlySet<string>, familyOf: Families): GrowingWorld {
  const families = new Map([...names].map((name) => [name, familyOf(name)]))
  // the shortest time between two samples is not known: a window may have any number of them
  const world: World = { families, records: new Map(), interval: 1 }
  return { ...analysis(world), world, add: (family) => void families.set(family.name, family) }
}
