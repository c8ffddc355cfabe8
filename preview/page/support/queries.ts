import type { DataSourceJson, PanelJson, TargetJson } from '../dashboard.ts'
import { logsSource } from '../logs/stores.ts'
import { type Support, undrawn } from './support.ts'

/** What is drawn of a query; its other properties belong to Grafana's editor. */
const targetSupport: Support = { exemplar: [false], intervalFactor: [1], legendFormat: false }

/** What Grafana draws of the queries, and the preview does not. */
export const undrawnInQueries = ({ targets = [] }: PanelJson): readonly string[] =>
  targets
    .filter(({ hide }) => hide !== true)
    .flatMap(({ exemplar, intervalFactor, legendFormat = '' }) =>
      undrawn(
        // Only labels are filled in a legend.
        { exemplar, intervalFactor, legendFormat: /\$\w|\$\{|\[\[/.test(legendFormat) ? legendFormat : undefined },
        targetSupport,
        undefined,
      ),
    )

/** Why the queries cannot run here; null if they can. */
export function cannotAsk({ type, targets = [], datasource }: PanelJson): string | null {
  const shown = targets.filter(({ hide }) => hide !== true)
  for (const target of shown) {
    const source = sourceOf(target.datasource ?? datasource)
    if (source === '-- Dashboard --') return 'The preview cannot take results from another panel (-- Dashboard --).'
    if (source !== 'prometheus' && source !== logsSource) return `The preview has no data source of type ${source}.`
    const inLog = source === logsSource ? cannotAskLog(type, target) : null
    if (inLog !== null) return inLog
    if (source === 'prometheus' && type === 'logs')
      return 'The preview draws lines of VictoriaLogs only, and this query asks Prometheus.'
    const [format] = /\$\{\w+(?::|\.)[^}]*\}|\[\[\w+:\w+\]\]/.exec(target.expr ?? '') ?? []
    if (format !== undefined) return `The preview cannot fill ${format} in a query.`
  }
  return null
}

/** Why a query of log lines cannot run here, or what it yields cannot be drawn by this type of panel. */
function cannotAskLog(type: string, target: TargetJson): string | null {
  const { queryType = 'instant' } = target
  if (!['instant', 'stats', 'statsRange'].includes(queryType))
    return `The preview does not ask VictoriaLogs for ${queryType}.`
  if (queryType === 'instant' && type !== 'logs') return 'The preview draws lines of a log in panels of type logs only.'
  if (queryType !== 'instant' && type === 'logs')
    return 'This query yields figures, and a panel of type logs draws lines.'
  const [filter] = Object.entries(target).filter(([name, value]) => filters.includes(name) && hasAny(value))
  return filter === undefined ? null : `The preview does not apply ${filter[0]} to the queries.`
}

/** What Grafana's plugin adds to a query. */
const filters: readonly string[] = ['extraFilters', 'extraStreamFilters', 'streamFilters', 'adHocFilters']
const hasAny = (value: unknown) => (Array.isArray(value) ? value.length > 0 : Boolean(value))

/** The uids of Prometheus that the queries of a panel name; a variable may be any of them. */
export const prometheusIn = ({ targets = [], datasource }: PanelJson): readonly string[] =>
  targets
    .filter(({ hide }) => hide !== true)
    .map((target) => target.datasource ?? datasource)
    .flatMap((source) => (typeof source === 'object' && source?.type === 'prometheus' ? (source.uid ?? []) : []))
    .filter((uid) => !/^(?:.*\$|-- )/.test(uid))

/** The type of a data source, or its name if it is one of Grafana's own; before Grafana 8.3 it was only a name. */
export function sourceOf(datasource: TargetJson['datasource'] | null): string {
  const { type, uid }: DataSourceJson = typeof datasource === 'string' ? { uid: datasource } : (datasource ?? {})
  if (uid === '-- Dashboard --') return uid
  if (uid === '-- Grafana --') return 'grafana'
  return type === undefined || uid === '-- Mixed --' ? 'prometheus' : type
}
