import type { DashboardLink } from '@grafana/grafana-foundation-sdk/dashboard'
import { prometheusDatasource } from './datasource.ts'
import type { Drawing, PanelContext } from './drawing.ts'
import { plainLink } from './link.ts'

/** Links from a panel to when each of its alerts was pending or firing, over the time range shown. */
export const alertLinks = ({ placed, context }: Drawing): DashboardLink[] =>
  placed.alerts.map((alert) => ({
    ...plainLink,
    title: `When ${alert} fired`,
    url: historyOf(alert, labelsOf(alert, context)),
  }))

const variable = (name: string) => `\${${name}}`

/** Grafana interpolates variables only if they are not escaped. */
function historyOf(alert: string, labels: readonly string[]): string {
  const panes = {
    history: {
      datasource: prometheusDatasource.uid,
      queries: [
        {
          refId: 'A',
          datasource: prometheusDatasource,
          expr: `ALERTS{alertname="${alert}", env=~"|${variable('env')}"}`,
          legendFormat: ['alertstate', ...labels].map((label) => `{{${label}}}`).join(' '),
          range: true,
        },
      ],
      range: { from: variable('__from'), to: variable('__to') },
    },
  }
  const written = encodeURIComponent(JSON.stringify(panes)).replace(/%24%7B(\w+)%7D/g, (_, name: string) =>
    variable(name),
  )
  return `/explore?schemaVersion=1&panes=${written}`
}

const labelsOf = (name: string, { alerts }: PanelContext): readonly string[] =>
  (alerts.get(name)?.labels ?? []).filter((label) => !['bot', 'env', 'job'].includes(label))
