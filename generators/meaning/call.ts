import type { CallNode, Node } from '../../definitions/language/node.ts'
import { firstMilliseconds } from '../../definitions/language/timestamp.ts'
import { functions } from '../promql/functions.ts'
import { anchoredRegex } from '../promql/regex.ts'
import type { AnalysisContext } from './analyse.ts'
import {
  anyDomain,
  closedDomain,
  type Domain,
  knownValues,
  missingDomain,
  optional,
  pinnedValue,
  union,
} from './domain.ts'
import { atLeast, exactly, type Interval, interval, whatever, withNan } from './interval.ts'
import { domainOf, except, type LabelDomains, nameless, namelessKey, noLabels, withLabels } from './labels.ts'
import { roundInterval } from './math.ts'
import { joinedAbsence, type Meaning, meaning } from './meaning.ts'
import { callUnit } from './units.ts'

/** A call of a Prometheus function. */
export function callMeaning(node: CallNode, context: AnalysisContext): Meaning {
  const args = node.args.map(context.meaningOf)
  const of = args.find(({ type }) => type === 'vector' || type === 'matrix')
  const gives = functions.get(node.fn)?.gives ?? 'vector'
  const common = { ...callUnit(node.fn, of ?? args[0]), node, of: args }
  if (gives === 'scalar') return meaning({ ...common, type: 'scalar', values: scalarOf(node.fn, args), series: 1 })
  if (node.fn === 'vector') return meaning({ ...common, key: [], values: args[0]?.values ?? whatever, series: 1 })
  if (node.fn === 'absent' || node.fn === 'absent_over_time') return context.rules.absence(node, of as Meaning, common)
  // hour() and the like without an argument use the current time
  if (of === undefined)
    return meaning({ ...common, values: context.rules.mathOf(node.fn, atLeast(0)) ?? whatever, series: 1 })
  const labels = context.rules.callLabels(node, of.labels)
  return meaning({
    ...common,
    labels,
    key: context.rules.callKey(node, of.key, labels),
    values: valuesOf(node, of, args, context),
    buckets: growing.has(node.fn) ? of.buckets : null,
    absent: joinedAbsence(of.absent, mayFilter(node.fn, args) ? ['filtered'] : []),
    never: of.never ?? neverOf(node.fn, of),
    series: of.series,
  })
}

const growing = new Set([
  'rate',
  'increase',
  'irate',
  'delta',
  'sum_over_time',
  'avg_over_time',
  'max_over_time',
  'last_over_time',
])
/** Functions that need two samples. */
const differences = new Set([
  'rate',
  'increase',
  'irate',
  'delta',
  'idelta',
  'deriv',
  'predict_linear',
  'double_exponential_smoothing',
])
const keepName = new Set([
  'last_over_time',
  'first_over_time',
  'sort',
  'sort_desc',
  'sort_by_label',
  'sort_by_label_desc',
  'label_replace',
  'label_join',
  'info',
])

/** The key is kept, unless the call drops the name or overwrites a label in it: then all remaining labels are the key. */
export function callKey(
  { fn, args }: CallNode,
  key: readonly string[] | null,
  labels: LabelDomains,
): readonly string[] | null {
  if (key === null || fn === 'info') return null
  const made = fn === 'label_replace' || fn === 'label_join' ? args[1] : undefined
  if (made?.kind === 'string' && key.includes(made.value)) return [...labels.keys()]
  const own = keepName.has(fn) ? key : namelessKey(key, labels)
  return fn.startsWith('histogram_quantile') ? (own?.filter((label) => label !== 'le') ?? null) : own
}

/** Whether a function can drop every series it is given. */
function mayFilter(fn: string, args: readonly Meaning[]): boolean {
  if (fn === 'clamp') {
    const [, least, most] = args
    return least === undefined || most === undefined || !(least.values.hi <= most.values.lo)
  }
  return differences.has(fn) || fn.startsWith('histogram_')
}

function neverOf(fn: string, of: Meaning): string | null {
  if (fn === 'histogram_quantile' && !of.labels.has('le'))
    return 'histogram_quantile() needs the label le, which is missing'
  return null
}

function scalarOf(fn: string, args: readonly Meaning[]): Interval {
  const [first] = args
  switch (fn) {
    case 'pi':
      return exactly(Math.PI)
    case 'time':
      return interval(0, firstMilliseconds)
    case 'start':
    case 'end':
      return atLeast(0)
    case 'step':
    case 'range':
      return atLeast(0)
    case 'scalar':
      // several series yield NaN as well
      return first === undefined || first.never !== null
        ? exactly(Number.NaN)
        : first.absent.length > 0 || first.series !== 1
          ? withNan(first.values)
          : first.values
    default:
      return whatever
  }
}

function valuesOf(node: CallNode, of: Meaning, args: readonly Meaning[], { rules }: AnalysisContext): Interval {
  const at = (i: number) => args[i]?.values ?? whatever
  switch (node.fn) {
    case 'label_replace':
    case 'label_join':
    case 'info':
      return of.values
    case 'timestamp':
      return atLeast(0)
    case 'clamp':
      return rules.clamped(of.values, at(1), at(2))
    case 'clamp_min':
      return rules.clamped(of.values, at(1), interval(Infinity, Infinity))
    case 'clamp_max':
      return rules.clamped(of.values, interval(-Infinity, -Infinity), at(1))
    case 'round':
      return args.length < 2 ? roundInterval(of.values, exactly(1)) : roundInterval(of.values, at(1))
    case 'histogram_quantile':
      return rules.histogramQuantile(at(0), of)
    case 'histogram_fraction':
      return interval(0, 1, { nan: true })
    case 'quantile_over_time':
      return rules.overTime(node.fn, of.values, of.samples, at(0))
    default:
      return of.type === 'matrix'
        ? rules.overTime(node.fn, of.values, of.samples)
        : (rules.mathOf(node.fn, of.values) ?? whatever)
  }
}

/** Between the first and the last finite bound; NaN if nothing was observed. */
export function histogramQuantile(share: Interval, of: Meaning): Interval {
  const bounds = knownValues(of.labels.get('le') ?? missingDomain)
    ?.map((text) => Number(text.replace('+Inf', 'Infinity')))
    .filter(Number.isFinite)
  if (bounds === undefined || bounds.length === 0 || !(share.lo >= 0 && share.hi <= 1)) return whatever
  return interval(Math.min(0, ...bounds), Math.max(...bounds), { nan: true })
}

/** The labels of the series a function returns. */
export function callLabels(node: CallNode, labels: LabelDomains): LabelDomains {
  if (node.fn === 'label_replace') return replaced(node.args, labels)
  if (node.fn === 'label_join') return joined(node.args, labels)
  if (node.fn.startsWith('histogram_') && node.fn !== 'histogram_count' && node.fn !== 'histogram_sum')
    return except(labels, ['le', '__name__'])
  return keepName.has(node.fn) ? labels : nameless(labels)
}

const textOf = (node: Node | undefined): string | null => (node?.kind === 'string' ? node.value : null)

function replaced([, ...args]: readonly Node[], labels: LabelDomains): LabelDomains {
  const [to, value, source, regex] = args.map(textOf)
  if (to == null || value == null || source == null || regex == null) return labels
  const asked = anchoredRegex(regex)
  const before = domainOf(labels, to)
  const from = domainOf(labels, source)
  const values = knownValues(from)
  if (asked === null || values === null || (from.empty && values.length === 0 && !asked.test('')))
    return from.empty && values?.length === 0 && asked !== null
      ? labels
      : withLabels(labels, [[to, optional(union(before, anyDomain()))]])
  let made: Domain | null = null
  for (const one of [...values, ...(from.empty ? [''] : [])]) {
    const found = asked.exec(one)
    const result = found === null ? before : ofText(expanded(value, found))
    made = made === null ? result : union(made, result)
  }
  return withLabels(labels, [[to, made ?? before]])
}

const ofText = (text: string | null): Domain =>
  text === null ? optional(anyDomain()) : text === '' ? missingDomain : closedDomain(text)

/** Expands `$1`, `${1}` and `${name}` in a replacement as Go does; null if the result is uncertain. */
function expanded(template: string, found: RegExpExecArray): string | null {
  let sure = true
  const text = template.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
    const name = braced ?? bare
    if (name === undefined) return whole === '$$' ? '$' : ''
    if (/^\d+$/.test(name)) return found[Number(name)] ?? ''
    return found.groups?.[name] ?? ''
  })
  if (/\$(?![\w{$])/.test(template)) sure = false
  return sure ? text : null
}

function joined([, ...args]: readonly Node[], labels: LabelDomains): LabelDomains {
  const [to, separator, ...sources] = args.map(textOf)
  if (to == null || separator == null || sources.some((source) => source === null)) return labels
  const texts = sources.map((source) => {
    const domain = domainOf(labels, source as string)
    return knownValues(domain)?.length === 0 && domain.empty ? '' : pinnedValue(domain)
  })
  const whole = texts.every((text) => text !== null) ? texts.join(separator) : null
  return withLabels(labels, [[to, ofText(whole)]])
}

/** 1 if nothing exists, with the labels that the selector matches to one value. */
export function absenceMeaning(node: CallNode, of: Meaning, common: Pick<Meaning, 'node'>): Meaning {
  const [given] = node.args
  const labels = new Map<string, Domain>()
  if (given?.kind === 'selector')
    for (const { label, op, value } of given.matchers) {
      if (label === '__name__') continue
      const twice = given.matchers.filter((matcher) => matcher.label === label).length > 1
      if (op === '=' && !twice && value !== '') labels.set(label, closedDomain(value))
    }
  return meaning({
    ...common,
    labels: labels.size === 0 ? noLabels : labels,
    key: [],
    values: exactly(1),
    absent: of.never === null ? ['filtered'] : [],
    never: of.absent.length === 0 ? 'a series always exists' : null,
    series: 1,
  })
}
