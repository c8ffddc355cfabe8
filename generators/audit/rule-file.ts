import type { NoYaml, YamlNode } from '../text/yaml.ts'
import type { Item, ItemQuery } from './verdict.ts'

/** What a file queries, and a line for each part of it that cannot be used. */
export interface FileItems {
  readonly items: readonly Item[]
  readonly wrong: readonly string[]
}

/**
 * The rules in a YAML file: Prometheus rule files, PrometheusRule objects (one, several documents, lists), and Grafana's own
 * alert rules as far as they query Prometheus.
 */
export function readRules(documents: readonly YamlNode[] | NoYaml, file: string): FileItems {
  if ('wrong' in documents)
    return {
      items: [],
      wrong: [`${file}${documents.line === 0 ? '' : `:${documents.line}`}: not valid YAML: ${documents.wrong}`],
    }
  const groups = documents.flatMap(groupsOf)
  if (groups.length === 0 && !(documents.length > 0 && documents.every(isEmpty)))
    return {
      items: [],
      wrong: [`${file}: no rules found, expected \`groups:\` or an object of kind PrometheusRule`],
    }
  const items: Item[] = []
  const wrong: string[] = []
  for (const group of groups)
    for (const rule of listOf(get(group, 'rules'))) {
      const read = ruleOf(rule, file)
      if (typeof read === 'string') wrong.push(`${file}:${rule.line}: ${read}`)
      else items.push(read)
    }
  return { items, wrong }
}

/** The groups of a document, however they are wrapped. */
function groupsOf(document: YamlNode): readonly YamlNode[] {
  const items = listOf(get(document, 'items'))
  if (items.length > 0) return items.flatMap(groupsOf)
  return listOf(get(document, 'groups') ?? get(get(document, 'spec'), 'groups'))
}

/** Whether it explicitly has no rules, as generated files may. */
const isEmpty = (document: YamlNode): boolean =>
  document.of === null ||
  (document.of instanceof Map &&
    (document.of.size === 0 || get(get(document, 'spec') ?? document, 'groups') !== undefined))

function ruleOf(rule: YamlNode, file: string): Item | string {
  const alert = textOf(get(rule, 'alert'))
  const record = textOf(get(rule, 'record'))
  const data = get(rule, 'data')
  if (alert === null && record === null && data !== undefined) return grafanaRule(rule, data, file)
  if (alert === null && record === null) return 'this rule has neither `alert` nor `record`: skipped'
  const expr = get(rule, 'expr')
  const text = textOf(expr)
  const name = alert ?? record ?? ''
  if (expr === undefined || text === null) return `${name} has no expression: skipped`
  const labels = get(rule, 'labels')?.of
  const added =
    labels instanceof Map ? [...labels].map(([label, value]): [string, string] => [label, textOf(value) ?? '']) : []
  return {
    kind: alert === null ? 'record' : 'alert',
    name,
    file,
    line: rule.line,
    queries: [query('', text, expr.line)],
    labels: new Map(added),
  }
}

/** A Grafana alert rule: each of its Prometheus queries. */
function grafanaRule(rule: YamlNode, data: YamlNode, file: string): Item | string {
  const queries = listOf(data).flatMap((one) => {
    const expr = get(get(one, 'model'), 'expr')
    const text = textOf(expr)
    const type = textOf(get(get(get(one, 'model'), 'datasource'), 'type'))
    if (expr === undefined || text === null || (type !== null && type !== 'prometheus')) return []
    return [query(textOf(get(one, 'refId')) ?? '', text, expr.line)]
  })
  const name = textOf(get(rule, 'title')) ?? ''
  return queries.length === 0
    ? `${name || 'a Grafana rule'} has no Prometheus query: skipped`
    : { kind: 'alert', name, file, line: rule.line, queries, labels: new Map() }
}

const query = (ref: string, expr: string, line: number): ItemQuery => ({
  ref,
  expr: expr.trim(),
  line,
  label: null,
  closed: null,
  variables: null,
})

const get = (of: YamlNode | undefined, key: string): YamlNode | undefined =>
  of?.of instanceof Map ? of.of.get(key) : undefined
const listOf = (of: YamlNode | undefined): readonly YamlNode[] =>
  Array.isArray(of?.of) ? (of.of as readonly YamlNode[]) : []
const textOf = (of: YamlNode | undefined): string | null =>
  of === undefined || of.of === null || typeof of.of === 'object' ? null : String(of.of)
