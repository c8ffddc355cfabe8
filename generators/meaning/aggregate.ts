import type { AggregateNode } from '../../definitions/language/node.ts'
import type { AnalysisContext } from './analyse.ts'
import { anyDomain } from './domain.ts'
import { exactly, type Interval, interval, single, whatever, widen } from './interval.ts'
import { combinations, except, type LabelDomains, only, withLabels } from './labels.ts'
import { joinedAbsence, type Meaning, meaning } from './meaning.ts'
import { quantileInterval, spreadOf, total } from './over-time.ts'
import { aggregateUnit } from './units.ts'

const picks = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio'])

/** One value for each group of series; topk and the like select some series unchanged. */
export function aggregateMeaning(node: AggregateNode, context: AnalysisContext): Meaning {
  const of = context.meaningOf(node.of)
  const param = node.param === null ? null : context.meaningOf(node.param)
  const labels = context.rules.aggregateLabels(node, of.labels, of.series)
  const group = Math.min(of.series, combinations(except(of.labels, keptBy(node, of.labels))))
  const values = context.rules.aggregateValues(node.op, of.values, group, param?.values ?? null)
  const k = param === null ? null : single(param.values)
  const sure = !picks.has(node.op) || (node.op !== 'limit_ratio' && k !== null && k >= 1)
  const none = picks.has(node.op) && k !== null && k < 1 && node.op !== 'limit_ratio'
  return meaning({
    ...aggregateUnit(node.op, of),
    node,
    of: param === null ? [of] : [param, of],
    labels,
    key: aggregateKey(node, of, labels),
    values,
    buckets: node.op === 'sum' || picks.has(node.op) ? of.buckets : null,
    absent: joinedAbsence(of.absent, sure ? [] : ['filtered']),
    never: of.never ?? (none ? `${node.op}(${k}, …) selects nothing` : null),
    series:
      node.op === 'count_values'
        ? of.series
        : picks.has(node.op)
          ? pickedSeries(node, of, k)
          : Math.min(of.series, combinations(labels)),
  })
}

/** Groups are distinguished by their labels, or by fewer if those already distinguish the series in them. */
function aggregateKey(node: AggregateNode, of: Meaning, labels: LabelDomains): readonly string[] | null {
  if (picks.has(node.op)) return of.key
  const all = [...labels.keys()]
  const fewer = node.op !== 'count_values' && of.key?.every((label) => labels.has(label)) === true
  return fewer ? of.key : all
}

/** Labels on which the series of a group agree; the label that count_values() creates replaces one of the same name. */
function keptBy(node: AggregateNode, labels: LabelDomains): readonly string[] {
  const kept = node.word === 'by' ? node.labels : [...except(labels, [...node.labels, '__name__']).keys()]
  const made = node.op === 'count_values' && node.param?.kind === 'string' ? node.param.value : null
  return kept.filter((label) => label !== made)
}

/** The remaining labels: those of `by` that exist, or all but the name and those of `without`. */
export function aggregateLabels(node: AggregateNode, labels: LabelDomains, series: number): LabelDomains {
  if (picks.has(node.op)) return labels
  const left = node.word === 'by' ? only(labels, node.labels) : except(labels, [...node.labels, '__name__'])
  if (node.op !== 'count_values' || node.param?.kind !== 'string' || node.param.value === '') return left
  // without() drops the new label as well
  if (node.word === 'without' && node.labels.includes(node.param.value)) return left
  return withLabels(left, [[node.param.value, anyDomain(series)]])
}

/** The value of an aggregation of one to `series` values. */
export function aggregateValues(op: string, of: Interval, series: number, param: Interval | null): Interval {
  const spread = spreadOf(of)
  const more = { nan: of.nan || of.infinite, infinite: of.infinite }
  switch (op) {
    case 'sum':
      return widen(total(of, series))
    case 'avg':
      return widen(interval(of.lo, of.hi, more))
    case 'min':
    case 'max':
    case 'topk':
    case 'bottomk':
    case 'limitk':
    case 'limit_ratio':
      return of
    case 'count':
    case 'count_values':
      return interval(1, series)
    case 'group':
      return exactly(1)
    case 'stddev':
      return widen(interval(0, spread / 2, more), 1e-6)
    case 'stdvar':
      return widen(interval(0, (spread / 2) ** 2, more), 1e-6)
    case 'quantile':
      return quantileInterval(param ?? whatever, of)
    default:
      return whatever
  }
}

function pickedSeries(node: AggregateNode, of: Meaning, k: number | null): number {
  if (k === null || node.op === 'limit_ratio') return of.series
  const labels = of.labels
  const groups = combinations(
    node.word === 'by' ? only(labels, node.labels) : except(labels, [...node.labels, '__name__']),
  )
  return Math.min(of.series, groups * Math.max(0, Math.floor(k)))
}
