import type { YamlNode } from '../../text/yaml.ts'
import { partOf, partsOf, scalarOf } from '../yaml-part.ts'
import { type Formula, formulaReferences, parseFormula } from './math.ts'

/** One entry of a rule's `data`: a query, or an expression on the results of others. */
export type RuleStep = { readonly ref: string; readonly line: number; readonly text: string } & (
  | { readonly kind: 'query'; readonly instant: boolean; readonly range: boolean; readonly window: string }
  /** A query of something other than Prometheus. */
  | { readonly kind: 'foreign'; readonly what: string }
  | { readonly kind: 'math'; readonly formula: Formula }
  | { readonly kind: 'reduce'; readonly of: string; readonly reducer: string; readonly instead: number | null }
  | { readonly kind: 'resample'; readonly of: string; readonly downsampler: string }
  | { readonly kind: 'threshold'; readonly of: string; readonly evaluator: Evaluator }
  | { readonly kind: 'classic'; readonly conditions: readonly ClassicCondition[] }
  /** An expression that this audit does not read. */
  | { readonly kind: 'unread'; readonly why: string }
  /** An expression that Grafana refuses. */
  | { readonly kind: 'refused'; readonly why: string }
)

interface Evaluator {
  readonly type: string
  readonly params: readonly number[]
}

export interface ClassicCondition {
  readonly of: string
  readonly reducer: string
  readonly evaluator: Evaluator
  readonly operator: string
}

/** The steps of a rule, in the order of the file. */
export const stepsOf = (data: YamlNode): readonly RuleStep[] => partsOf(data).map(stepOf)

/** The steps that a step refers to. */
export function referencesOf(step: RuleStep): readonly string[] {
  switch (step.kind) {
    case 'query':
    case 'foreign':
    case 'unread':
    case 'refused':
      return []
    case 'math':
      return formulaReferences(step.formula)
    case 'reduce':
    case 'resample':
    case 'threshold':
      return [step.of]
    case 'classic':
      return [...new Set(step.conditions.map(({ of }) => of))]
  }
}

function stepOf(node: YamlNode): RuleStep {
  const model = partOf(node, 'model')
  const source = partOf(model, 'datasource')
  const uid = scalarOf(partOf(node, 'datasourceUid')) ?? scalarOf(partOf(source, 'uid')) ?? scalarOf(source) ?? ''
  const type = scalarOf(partOf(source, 'type')) ?? ''
  const ref = scalarOf(partOf(node, 'refId')) ?? scalarOf(partOf(model, 'refId')) ?? ''
  if (isExpression(uid) || isExpression(type)) {
    const text = scalarOf(partOf(model, 'expression')) ?? ''
    return { ref, line: node.line, text, ...expressionOf(model, text) }
  }
  const expr = partOf(model, 'expr')
  const text = scalarOf(expr)
  const foreign = foreignSource(type, uid, text)
  const at = { ref, line: expr?.line ?? node.line, text: text ?? scalarOf(partOf(model, 'rawSql')) ?? '' }
  if (foreign !== null) return { ...at, kind: 'foreign', what: foreign }
  const [instant, range] = [isTrue(model, 'instant'), isTrue(model, 'range')]
  const [from, to] = ['from', 'to'].map((key) => Number(scalarOf(partOf(partOf(node, 'relativeTimeRange'), key)) ?? 0))
  const seconds = (from ?? 0) - (to ?? 0)
  // without either it is a range query
  return { ...at, kind: 'query', instant, range: range || !instant, window: `${seconds > 0 ? seconds : 600}s` }
}

const isExpression = (source: string) => source === '__expr__' || source === '-100'
const isTrue = (model: YamlNode | undefined, key: string) => scalarOf(partOf(model, key)) === 'true'

const languages: readonly (readonly [source: RegExp, what: string])[] = [
  [/loki/i, 'LogQL, for Loki'],
  [/postgres|mysql|mssql|sqlite|clickhouse|bigquery|snowflake|timescale/i, 'SQL'],
  [/influx/i, 'the language of InfluxDB'],
  [/tempo/i, 'TraceQL, for Tempo'],
  [/graphite/i, 'the language of Graphite'],
  [/elastic|opensearch/i, 'the language of Elasticsearch'],
  [/victoriametrics-logs|victorialogs/i, 'LogsQL, for VictoriaLogs'],
]
/** A filter or a parser behind a stream selector, which PromQL does not have. */
const logPipeline = /\}\s*(?:\|=|\|~|\|>|!=\s*["`]|!~\s*["`]|\|\s*[a-z_])/

/** What a query is written in if it is not PromQL; null if it may be. */
function foreignSource(type: string, uid: string, expr: string | null): string | null {
  if (/prometheus/.test(type)) return null
  const found = languages.find(([source]) => source.test(type === '' ? uid : type))?.[1]
  if (found !== undefined) return found
  if (type !== '') return `the language of ${type}`
  if (expr === null) return 'another language than PromQL'
  return logPipeline.test(expr) ? 'LogQL, for Loki' : null
}

type Expression = RuleStep extends infer S ? (S extends RuleStep ? Omit<S, 'ref' | 'line' | 'text'> : never) : never

const refused = (why: string): Expression => ({ kind: 'refused', why })
const unread = (why: string): Expression => ({ kind: 'unread', why })

function expressionOf(model: YamlNode | undefined, text: string): Expression {
  const type = scalarOf(partOf(model, 'type')) ?? ''
  const of = text
    .trim()
    .replace(/^\$\{?/, '')
    .replace(/\}$/, '')
  if (type !== 'classic_conditions' && of === '') return refused('it has no `expression`')
  switch (type) {
    case 'math': {
      const formula = parseFormula(text)
      return 'wrong' in formula
        ? unread(`that is math and cannot be parsed: ${formula.wrong}`)
        : { kind: 'math', formula }
    }
    case 'reduce':
      return reduceOf(model, of)
    case 'resample':
      return { kind: 'resample', of, downsampler: scalarOf(partOf(model, 'downsampler')) ?? '' }
    case 'threshold': {
      const conditions = partsOf(partOf(model, 'conditions'))
      if (conditions.length !== 1)
        return refused(`a threshold has exactly one condition, this one has ${conditions.length}`)
      const evaluator = evaluatorOf(conditions[0])
      return typeof evaluator === 'string' ? refused(evaluator) : { kind: 'threshold', of, evaluator }
    }
    case 'classic_conditions':
      return classicOf(model)
    default:
      return unread(type === '' ? 'without a `type`' : `of type ${type}`)
  }
}

function reduceOf(model: YamlNode | undefined, of: string): Expression {
  const reducer = scalarOf(partOf(model, 'reducer'))
  if (reducer === null) return refused('it has no `reducer`')
  const settings = partOf(model, 'settings')
  const value = scalarOf(partOf(settings, 'replaceWithValue'))
  const instead = scalarOf(partOf(settings, 'mode')) === 'replaceNN' ? Number(value ?? Number.NaN) : null
  return { kind: 'reduce', of, reducer, instead }
}

function classicOf(model: YamlNode | undefined): Expression {
  const conditions: ClassicCondition[] = []
  for (const one of partsOf(partOf(model, 'conditions'))) {
    const of = scalarOf(partsOf(partOf(partOf(one, 'query'), 'params'))[0])
    if (of === null) return refused('one of its conditions names no query')
    const evaluator = evaluatorOf(one)
    if (typeof evaluator === 'string') return refused(evaluator)
    conditions.push({
      of,
      evaluator,
      reducer: scalarOf(partOf(partOf(one, 'reducer'), 'type')) ?? '',
      operator: scalarOf(partOf(partOf(one, 'operator'), 'type')) ?? 'and',
    })
  }
  return conditions.length === 0 ? unread('without conditions') : { kind: 'classic', conditions }
}

/** How a condition compares, or why Grafana refuses it. */
function evaluatorOf(condition: YamlNode | undefined): Evaluator | string {
  const evaluator = partOf(condition, 'evaluator')
  const type = scalarOf(partOf(evaluator, 'type'))
  if (type === null) return 'its condition has no evaluator'
  const params = partsOf(partOf(evaluator, 'params')).map(({ of }) => (typeof of === 'number' ? of : Number.NaN))
  const needed = type === 'no_value' ? 0 : type.includes('range') ? 2 : 1
  if (params.length >= needed) return { type, params }
  return `${type} needs ${needed === 1 ? 'a limit' : 'two limits'}, its \`params\` have ${params.length}`
}
