import type { NoYaml, YamlNode } from '../text/yaml.ts'
import { grafanaGroups, isGrafanaRule, isOtherProvisioning } from './grafana/file.ts'
import { grafanaItem } from './grafana/rule.ts'
import { ruleQuery } from './rule-query.ts'
import type { Item } from './verdict.ts'
import { partOf, partsOf, scalarOf, scalarsOf } from './yaml-part.ts'

/** What a file queries, and a line for each part of it that cannot be used. */
export interface FileItems {
  readonly items: readonly Item[]
  readonly wrong: readonly string[]
}

/**
 * The rules in a YAML or JSON file: Prometheus rule files, PrometheusRule objects (one, several documents, lists), and Grafana's
 * own alert rules, as provisioned, exported or from the API.
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
      wrong: [
        `${file}: no rules found, expected \`groups:\`, an object of kind PrometheusRule or alert rules of Grafana`,
      ],
    }
  const items: Item[] = []
  const wrong: string[] = []
  for (const rule of groups.flat()) {
    const read = ruleOf(rule, file)
    if (typeof read === 'string') wrong.push(`${file}:${rule.line}: ${read}`)
    else items.push(read)
  }
  return { items, wrong }
}

/** The rules of each group in a document, however they are wrapped. */
function groupsOf(document: YamlNode): readonly (readonly YamlNode[])[] {
  const items = partsOf(partOf(document, 'items'))
  if (items.length > 0) return items.flatMap(groupsOf)
  const groups = partOf(document, 'groups') ?? partOf(partOf(document, 'spec'), 'groups')
  if (groups !== undefined) return partsOf(groups).map((group) => partsOf(partOf(group, 'rules')))
  return grafanaGroups(document)
}

/** Whether it explicitly has no rules, as generated files may. */
const isEmpty = (document: YamlNode): boolean =>
  document.of === null ||
  (document.of instanceof Map &&
    (document.of.size === 0 ||
      partOf(partOf(document, 'spec') ?? document, 'groups') !== undefined ||
      isOtherProvisioning(document)))

function ruleOf(rule: YamlNode, file: string): Item | string {
  const alert = scalarOf(partOf(rule, 'alert'))
  const record = scalarOf(partOf(rule, 'record'))
  if (isGrafanaRule(rule)) return grafanaItem(rule, file)
  if (alert === null && record === null) return 'this rule has neither `alert` nor `record`: skipped'
  const expr = partOf(rule, 'expr')
  const text = scalarOf(expr)
  const name = alert ?? record ?? ''
  if (expr === undefined || text === null) return `${name} has no expression: skipped`
  return {
    kind: alert === null ? 'record' : 'alert',
    name,
    file,
    line: rule.line,
    queries: [ruleQuery('', text, expr.line)],
    labels: new Map(scalarsOf(partOf(rule, 'labels'))),
  }
}
