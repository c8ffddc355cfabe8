import type { Evidence, EvidenceSource } from './evidence.ts'
import { exporterOf, firstWord, isOfPrometheus } from './exporters.ts'
import { judge } from './judge.ts'
import { type AuditScope, nameVerdicts } from './known.ts'
import type { Readable } from './readable.ts'
import { extentOf } from './selector.ts'
import { type Item, type ItemKind, type ItemQuery, type QueryVerdict, type Verdict, worst } from './verdict.ts'

/** What is known about a query of an item. */
export interface JudgedQuery extends QueryVerdict, Pick<ItemQuery, 'ref' | 'expr' | 'line'> {}

/** What is known about an alert, a recording rule, a panel, a variable or an annotation. */
export interface JudgedItem {
  readonly kind: ItemKind
  readonly name: string
  readonly file: string
  readonly line: number | null
  readonly verdict: Verdict
  readonly queries: readonly JudgedQuery[]
}

/** What is known about a metric that an expression uses or the evidence has. */
export interface JudgedMetric {
  readonly name: string
  readonly verdict: Verdict
  /** Why; empty if it was seen. */
  readonly why: string
  readonly type: string | null
  /** The name without the suffix of a histogram or summary. */
  readonly family: string
  /** How many of its series were seen. */
  readonly series: number
  /** Which alerts, rules and panels use it. */
  readonly askedBy: readonly { readonly kind: ItemKind; readonly name: string }[]
}

export interface AuditReport {
  readonly sources: readonly (EvidenceSource & { readonly names: number; readonly series: number })[]
  readonly files: number
  /** One line for each file, rule or source that could not be used. */
  readonly unread: readonly string[]
  readonly items: readonly JudgedItem[]
  readonly metrics: readonly JudgedMetric[]
}

/** Checks everything that rules and dashboards use against everything that was seen. */
export function auditReport(
  items: readonly Item[],
  expressions: ReadonlyMap<ItemQuery, Readable>,
  evidence: Evidence,
  choices: AuditScope,
  read: { readonly files: number; readonly unread: readonly string[] },
): AuditReport {
  const judged = judge(items, expressions, evidence, choices)
  const all = items.map((item): JudgedItem => {
    const queries = item.queries.map((query): JudgedQuery => {
      const { ref, line, label } = query
      const expr = label === null ? query.expr : `label_values(${query.expr}, ${label})`
      return { ref, expr, line, ...(judged.get(query) as QueryVerdict) }
    })
    const { kind, name, file, line } = item
    return { kind, name, file, line, verdict: worst(queries.map(({ verdict }) => verdict)), queries }
  })
  return Object.freeze({
    sources: evidence.sources.map((source, place) => ({ ...source, ...countOf(evidence, place) })),
    ...read,
    items: all,
    metrics: metricsOf(all, evidence, choices),
  })
}

function countOf({ seen, contracts, sources }: Evidence, place: number): { names: number; series: number } {
  if (sources[place]?.kind === 'contract')
    return { names: contracts.flatMap(({ metrics }) => metrics).length, series: 0 }
  const own = [...seen.values()].filter((one) => one.sources.includes(place))
  return { names: own.length, series: own.reduce((sum, { series }) => sum + series, 0) }
}

function metricsOf(items: readonly JudgedItem[], evidence: Evidence, choices: AuditScope): readonly JudgedMetric[] {
  const asked = new Map<string, Map<string, { kind: ItemKind; name: string }>>()
  for (const { kind, name, queries } of items)
    for (const metric of queries.flatMap(({ names }) => names)) {
      const by = asked.get(metric) ?? new Map()
      asked.set(metric, by)
      by.set(`${kind} ${name}`, { kind, name })
    }
  const recorded = new Set(items.filter(({ kind }) => kind === 'record').map(({ name }) => name))
  const families = new Map(
    evidence.contracts.flatMap(({ metrics }) =>
      metrics.flatMap(({ name, series }) => series.map((one): [string, string] => [one, name])),
    ),
  )
  const names = new Set([...asked.keys(), ...evidence.seen.keys(), ...families.keys()])
  const onName = nameVerdicts(evidence, choices)
  return [...names]
    .filter((name) => !recorded.has(name) && (asked.has(name) || isOwn(name, evidence)))
    .sort()
    .map((name) => {
      const seen = evidence.seen.get(name)
      const found = onName(name)
      const zero =
        found === null && seen !== undefined && seen.type === 'gauge' && seen.zero
          ? { verdict: 'cannot-tell' as const, why: `it was always 0 in the evidence (${extentOf(seen, evidence)})` }
          : null
      return {
        name,
        verdict: (found ?? zero)?.verdict ?? 'seen',
        why: (found ?? zero)?.why ?? '',
        type: seen?.type ?? null,
        family: families.get(name) ?? (/^(?:histogram|summary)_/.test(seen?.type ?? '') ? bare(name) : name),
        series: seen?.series ?? 0,
        askedBy: [...(asked.get(name)?.values() ?? [])],
      }
    })
}

const bare = (name: string) => name.replace(/_(?:bucket|sum|count)$/, '')

/** Whether it is worth reporting as unused: what client libraries and exporters add on their own is not. */
function isOwn(name: string, { seen, contracts }: Evidence): boolean {
  if (isOfPrometheus(name) || exporterOf(name) !== null || name.includes(':')) return false
  const base = name.replace(/_created$/, '')
  if (name.endsWith('_created') && [...seen.keys()].some((one) => one !== name && one.startsWith(base))) return false
  return contracts.length === 0 || contracts.some(({ bot }) => firstWord(name) === bot) || seen.has(name)
}
