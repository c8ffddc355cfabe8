import type { DataSourceJson, PanelJson, TargetJson } from '../dashboard.ts'
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
export function cannotAsk({ targets = [], datasource }: PanelJson): string | null {
  const shown = targets.filter(({ hide }) => hide !== true)
  for (const target of shown) {
    const source = sourceOf(target.datasource ?? datasource)
    if (source === '-- Dashboard --') return 'The preview cannot take results from another panel (-- Dashboard --).'
    if (source !== 'prometheus') return `The preview has no data source of type ${source}.`
    const [format] = /\$\{\w+(?::|\.)[^}]*\}|\[\[\w+:\w+\]\]/.exec(target.expr ?? '') ?? []
    if (format !== undefined) return `The preview cannot fill ${format} in a query.`
  }
  return null
}

/** The type of a data source, or its name if it is one of Grafana's own; before Grafana 8.3 it was only a name. */
export function sourceOf(datasource: TargetJson['datasource'] | null): string {
  const { type, uid }: DataSourceJson = typeof datasource === 'string' ? { uid: datasource } : (datasource ?? {})
  if (uid === '-- Dashboard --') return uid
  if (uid === '-- Grafana --') return 'grafana'
  return type === undefined || uid === '-- Mixed --' ? 'prometheus' : type
}
