import type { YamlNode } from '../../text/yaml.ts'
import { partOf, partsOf } from '../yaml-part.ts'

/** Whether it is a rule that Grafana evaluates, as its files or its API have it. */
export const isGrafanaRule = (rule: YamlNode): boolean =>
  partsOf(partOf(rule, 'data')).length > 0 || partOf(rule, 'grafana_alert') !== undefined

/** The rules of each group in an answer of Grafana's API: a rule, a group, lists of them, or groups by folder. */
export function grafanaGroups(document: YamlNode): readonly (readonly YamlNode[])[] {
  if (Array.isArray(document.of)) return partsOf(document).flatMap(grafanaGroups)
  if (isGrafanaRule(document)) return [[document]]
  const rules = partsOf(partOf(document, 'rules'))
  if (rules.some(isGrafanaRule)) return [rules]
  return document.of instanceof Map
    ? [...document.of.values()].flatMap((folder) => (Array.isArray(folder.of) ? grafanaGroups(folder) : []))
    : []
}

const otherKinds = [
  'contactPoints',
  'policies',
  'muteTimes',
  'templates',
  'deleteRules',
  'deleteContactPoints',
  'deleteTemplates',
  'deleteMuteTimes',
  'resetPolicies',
]

/** Whether it provisions something of Grafana's alerting that is not a rule. */
export const isOtherProvisioning = (document: YamlNode): boolean =>
  partOf(document, 'apiVersion')?.of === 1 && otherKinds.some((kind) => partOf(document, kind) !== undefined)
