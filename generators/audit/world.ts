import { below, type Node } from '../../definitions/language/node.ts'
import { anyDomain, closedDomain, type Domain, observedDomain, optional } from '../meaning/domain.ts'
import { atLeast, type Interval, whatever } from '../meaning/interval.ts'
import type { LabelDomains } from '../meaning/labels.ts'
import type { SeriesFamily, SeriesType } from '../meaning/world.ts'
import type { Evidence, ObservedSeries } from './evidence.ts'
import { mayComeFromScrape } from './exporters.ts'
import { contractFamilies } from './from-contract.ts'
import { asMilliseconds } from './milliseconds.ts'

/** The series of a name, as the meaning of an expression needs them. */
export type Families = (name: string) => SeriesFamily

/**
 * What must hold: contracts declare all labels and values of their series, except for what a scrape adds; nothing is known about
 * all other series, so any label in `asked` may or may not be there.
 */
export function provenFamilies({ contracts, seen }: Evidence, asked: ReadonlySet<string>): Families {
  const declared = new Map(contracts.flatMap(contractFamilies).map((family) => [family.name, family]))
  const open = openLabels(asked)
  const scraped = [...asked].filter(mayComeFromScrape)
  return remembered((name) => {
    const family = declared.get(name)
    return family === undefined
      ? openFamily(name, open)
      : widened(family, [...(seen.get(name)?.labels.keys() ?? []), ...scraped])
  })
}

/**
 * What was seen, taken as all there is: labels that no series had are never there, values that were seen may be joined by others.
 * Labels that no expression uses are left out: every operation on labels copies them. Names in `ofTime` are compared with the time:
 * what was seen of these tells seconds from milliseconds.
 */
export function seenFamilies(
  evidence: Evidence,
  asked: ReadonlySet<string>,
  {
    withValues = true,
    ofTime = new Set(),
  }: { readonly withValues?: boolean; readonly ofTime?: ReadonlySet<string> } = {},
): Families {
  const proven = provenFamilies(evidence, asked)
  const open = openLabels([...asked].filter(mayComeFromScrape))
  return remembered((name) => {
    const found = evidence.seen.get(name)
    const declared = evidence.contracts.some(({ metrics }) => metrics.some(({ series }) => series.includes(name)))
    const values = found?.milliseconds && ofTime.has(name) ? { values: asMilliseconds } : {}
    if (found === undefined || found.series === 0 || declared) return Object.freeze({ ...proven(name), ...values })
    return Object.freeze({
      ...openFamily(name, labelsOf(found, open, withValues)),
      type: typeOf(found),
      values: valuesOf(found),
      ...values,
    })
  })
}

const remembered = (make: Families): Families => {
  const known = new Map<string, SeriesFamily>()
  return (name) => {
    const family = known.get(name) ?? make(name)
    known.set(name, family)
    return family
  }
}

const openLabels = (labels: Iterable<string>): LabelDomains =>
  new Map([...labels].map((label) => [label, optional(anyDomain())]))

const openFamily = (name: string, labels: LabelDomains): SeriesFamily =>
  Object.freeze({
    name,
    labels,
    key: null,
    type: 'unknown',
    every: null,
    unit: null,
    values: whatever,
    absent: ['down'] as const,
    series: Infinity,
    metric: null,
    foreign: true,
  })

/** A declared family that may have labels that are not in the contract. */
function widened(family: SeriesFamily, labels: readonly string[]): SeriesFamily {
  const more = labels.filter((label) => !family.labels.has(label))
  return more.length === 0
    ? family
    : Object.freeze({ ...family, labels: new Map([...family.labels, ...openLabels(more)]) })
}

function labelsOf(found: ObservedSeries, open: LabelDomains, withValues: boolean): LabelDomains {
  const own = [...found.labels].map(([label, { values, on }]): readonly [string, Domain] => {
    // every series has all bounds of its histogram
    const domain =
      label === 'le' && found.name.endsWith('_bucket')
        ? closedDomain(...values)
        : withValues
          ? observedDomain(...values)
          : anyDomain()
    return [label, on === found.series ? domain : optional(domain)]
  })
  if (found.scraped) return new Map(own)
  return new Map([...open, ['instance', anyDomain()], ['job', anyDomain()], ...own])
}

function typeOf({ type }: ObservedSeries): SeriesType {
  if (type === 'counter' || type === 'gauge' || type === 'info') return type
  if (type === 'histogram_bucket') return 'bucket'
  return type === 'histogram_count' || type === 'histogram_sum' ? 'counter' : 'unknown'
}

function valuesOf({ type }: ObservedSeries): Interval {
  return type === 'counter' || type === 'histogram_bucket' || type === 'histogram_count' ? atLeast(0) : whatever
}

/** Every label that a tree mentions; parts in `visited` are skipped. */
export function collectLabels(node: Node, into: Set<string>, visited: Set<Node>): void {
  if (visited.has(node)) return
  visited.add(node)
  switch (node.kind) {
    case 'selector':
      for (const { label } of node.matchers) into.add(label)
      break
    case 'aggregate':
      for (const label of node.labels) into.add(label)
      if (node.op === 'count_values' && node.param?.kind === 'string') into.add(node.param.value)
      break
    case 'binary':
      for (const label of node.matching?.labels ?? []) into.add(label)
      for (const label of node.matching?.include ?? []) into.add(label)
      break
    case 'call':
      if (node.fn === 'label_replace' || node.fn === 'label_join')
        for (const arg of node.args) if (arg.kind === 'string' && /^[a-zA-Z_]\w*$/.test(arg.value)) into.add(arg.value)
      if (node.fn.startsWith('histogram_')) into.add('le')
      break
    default:
  }
  for (const one of below(node)) collectLabels(one, into, visited)
}
