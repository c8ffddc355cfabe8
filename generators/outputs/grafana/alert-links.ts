import type { DashboardLink } from '@grafana/grafana-foundation-sdk/dashboard'
import { prometheus } from './datasource.ts'
import type { Context, Drawing } from './drawing.ts'
import { plainLink } from './link.ts'

/** From a panel to when each of its alerts waited and fired, over the range that is shown. */
export const alertLinks = ({ placed, context }: Drawing): DashboardLink[] =>
  placed.alerts.map((alert) => ({
    ...plainLink,
    title: `When ${alert} fired`,
    url: historyOf(alert, labelsOf(alert, context)),
  }))

const variable = (name: string) => `\${${name}}`

/** Grafana fills variables in only where they stand unescaped. */
function historyOf(alert: string, labels: readonly string[]): string {
  const panes = {
    history: {
      datasource: prometheus.uid,
      queries: [
        {
          refId: 'A',
          datasource: prometheus,
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

const labelsOf = (name: string, { alerts }: Context): readonly string[] =>
  (alerts.get(name)?.labels ?? []).filter((label) => !['bot', 'env', 'job'].includes(label))
