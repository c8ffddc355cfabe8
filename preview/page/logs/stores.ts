import type { DataSourceJson } from '../dashboard.ts'

/** The type of the data source that has log lines, which is a plugin of Grafana. */
export const logsSource = 'victoriametrics-logs-datasource'

interface Asking {
  readonly datasource?: DataSourceJson | string | null
  readonly targets?: readonly object[]
  /** The panels of a row. */
  readonly panels?: readonly Asking[]
}

/** The dashboard with the name of its bot in each query that asks the bot's store of log lines. */
export function withStores<D extends { readonly panels: readonly Asking[] }>(dashboard: D, bot: string): D {
  const stored = (one: Asking): Asking => ({
    ...one,
    ...(one.targets === undefined ? {} : { targets: one.targets.map((target) => withStore(target, one, bot)) }),
    ...(one.panels === undefined ? {} : { panels: one.panels.map(stored) }),
  })
  return { ...dashboard, panels: dashboard.panels.map(stored) }
}

function withStore(target: Pick<Asking, 'datasource'>, panel: Asking, bot: string): object {
  const { store: _, ...own } = target as { readonly store?: unknown }
  const { type } = (target.datasource ?? panel.datasource ?? {}) as DataSourceJson
  return type === logsSource ? { ...own, store: bot } : own
}
