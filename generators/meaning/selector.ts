import { milliseconds } from '../../definitions/language/duration.ts'
import type { Matcher, SelectorNode, SubqueryNode } from '../../definitions/language/node.ts'
import { listText } from '../text/list-text.ts'
import { nearest } from '../text/nearest.ts'
import type { AnalysisContext } from './analyse.ts'
import { closedDomain, isNever, matchingDomain, oftener } from './domain.ts'
import { hull, whatever } from './interval.ts'
import { combinations, domainOf, either, impossible, type LabelDomains, wholeKey, withLabels } from './labels.ts'
import { joinedAbsence, type Meaning, meaning } from './meaning.ts'
import { type SeriesFamily, tookPlaceOf } from './world.ts'

/** The meaning of a selector: the labels of its families under its matchers; equal selectors are analysed once. */
export function selectorMeaning(node: SelectorNode, context: AnalysisContext): Meaning {
  const family = node.name === '' ? null : context.family(node.name)
  if (family === null) return fresh(node, context)
  let same = context.selected.get(family)
  if (same === undefined) {
    same = new Map()
    context.selected.set(family, same)
  }
  const text = node.matchers.reduce(
    (all, { label, op, value }) => `${all}\n${label}${op}${JSON.stringify(value)}`,
    `${node.range}`,
  )
  const before = same.get(text)
  if (before !== undefined) return Object.freeze({ ...before, node })
  const made = fresh(node, context)
  same.set(text, made)
  return made
}

function fresh(node: SelectorNode, context: AnalysisContext): Meaning {
  const range = node.range === null ? null : (milliseconds(node.range) ?? Infinity)
  const common = {
    node,
    type: range === null ? ('vector' as const) : ('matrix' as const),
    // there can be a sample at each end
    samples: range === null ? 1 : Math.floor(range / context.world.interval) + 2,
  }
  const named = namedBy(node, context.world.families.keys(), context.world.records.keys())
  const families = named.flatMap((name) => context.family(name) ?? [])
  if (families.length === 0) {
    const replaced = tookPlaceOf(context.world, node.name)
    const advice =
      node.name === '' || replaced !== null
        ? ''
        : adviceOn(node.name, [...context.world.families.keys(), ...context.world.records.keys()])
    return meaning({
      ...common,
      values: whatever,
      never:
        replaced === null
          ? `no series has this name${advice === '' ? '' : `: ${advice}`}`
          : `${node.name} is retired: ${replaced}`,
      absent: ['filtered'],
      series: 0,
    })
  }
  const asked = families.map((family) => ({
    family,
    labels: context.rules.selectorLabels(family.labels, node.matchers),
  }))
  const possible = asked.filter(({ labels }) => impossible(labels) === null)
  if (possible.length === 0) {
    const [first] = asked as [{ family: SeriesFamily; labels: LabelDomains }]
    const label = impossible(first.labels) as string
    return meaning({
      ...common,
      ...factsOf([first.family]),
      labels: first.labels,
      never: neverBy(first.family, label, node.matchers),
      absent: ['filtered'],
      series: 0,
    })
  }
  const all = possible.map(({ family, labels }) => withLabels(labels, [['__name__', closedDomain(family.name)]]))
  const { type, samples } = common
  return meaning({
    ...factsOf(possible.map(({ family }) => family)),
    node,
    type,
    samples,
    labels: all.reduce(either),
    key: keyOf(possible, node.range !== null),
    series: possible.reduce((sum, { family, labels }) => sum + Math.min(family.series, combinations(labels)), 0),
  })
}

/** In a range vector an info may change its labels, so all of them are its key. Several metrics are distinguished by name as well. */
function keyOf(possible: readonly { readonly family: SeriesFamily; readonly labels: LabelDomains }[], ranges: boolean) {
  const keys = possible.map(({ family, labels }) =>
    ranges && family.type === 'info' ? [...labels.keys()].filter((label) => label !== '__name__') : family.key,
  )
  const [only = null] = keys
  if (keys.length === 1) return only
  return keys.includes(null) ? null : ['__name__', ...new Set(keys.flatMap((key) => key ?? []))]
}

/** The name that may have been meant; a histogram has no series under its bare name. */
function adviceOn(name: string, names: readonly string[]): string {
  const longer = names.filter((one) => one.startsWith(`${name}_`))
  return longer.length > 0 && longer.length < 4 ? `did you mean ${longer.join(', ')}?` : nearest(name, names)
}

/** The labels that remain under matchers; matchers on `__name__` only choose the families. */
export const selectorLabels = (labels: LabelDomains, matchers: readonly Matcher[]): LabelDomains =>
  matchers.reduce(
    (left, matcher) =>
      matcher.label === '__name__'
        ? left
        : withLabels(left, [[matcher.label, matchingDomain(domainOf(left, matcher.label), matcher)]]),
    labels,
  )

function namedBy(node: SelectorNode, ...all: readonly Iterable<string>[]): readonly string[] {
  if (node.name !== '') return [node.name]
  const asked = node.matchers.filter((matcher) => matcher.label === '__name__')
  const names = closedDomain(...new Set(all.flatMap((some) => [...some])))
  return asked.reduce(matchingDomain, names).values ?? []
}

const factsOf = (families: readonly SeriesFamily[]) => {
  const [first] = families as [SeriesFamily]
  const alike = families.every(({ unit }) => unit?.dim === first.unit?.dim)
  return {
    unit: alike ? first.unit : null,
    toScale: families.every(({ unit }) => unit?.num === first.unit?.num && unit?.den === first.unit?.den),
    values: families.map(({ values }) => values).reduce(hull),
    absent: joinedAbsence(...families.map(({ absent }) => absent)),
    buckets: first.name.endsWith('_bucket') && first.metric?.buckets != null ? first.metric : null,
  }
}

function neverBy(family: SeriesFamily, label: string, matchers: readonly Matcher[]): string {
  const domain = family.labels.get(label)
  const own = matchers.filter((matcher) => matcher.label === label)
  // the matcher that excludes everything on its own
  const asked = own.find((matcher) => domain !== undefined && isNever(matchingDomain(domain, matcher)))
  if (domain === undefined) {
    const advice = nearest(label, family.labels.keys())
    return `${family.name} has no label ${label}${advice === '' ? '' : `: ${advice}`}`
  }
  const told = ({ op, value }: Matcher) => op + JSON.stringify(value)
  if (asked === undefined)
    return `no series of ${family.name} has ${listText(own.map((one) => label + told(one)))} at the same time`
  if (domain.values === null)
    return `every series of ${family.name} has the label ${label}, so none has ${label}${told(asked)}`
  const { values } = domain
  const shown = values.length > 12 ? `${values.slice(0, 12).join(', ')}, …` : values.join(', ')
  const advice = asked.op === '=' ? nearest(asked.value, values) : ''
  return `no series of ${family.name} has ${label}${told(asked)}: ${label} is one of ${shown}${advice === '' ? '' : `; ${advice}`}`
}

/** An expression evaluated repeatedly over a window. */
export function subqueryMeaning(node: SubqueryNode, context: AnalysisContext): Meaning {
  const of = context.meaningOf(node.of)
  const range = milliseconds(node.range) ?? Infinity
  const step = node.step === null ? null : milliseconds(node.step)
  const samples = Math.floor(range / (step ?? context.world.interval)) + 2
  const sure = step !== null && step <= range && of.absent.length === 0
  return meaning({
    ...of,
    node,
    type: 'matrix',
    of: [of],
    samples,
    // the values can differ at each step
    labels: new Map([...of.labels].map(([label, domain]) => [label, oftener(domain, samples)])),
    key: wholeKey(of.labels, of.key),
    series: of.series * samples,
    absent: sure ? [] : joinedAbsence(of.absent, ['filtered']),
  })
}
