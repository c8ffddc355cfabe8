/** The type of the data source that has log lines, which is a plugin of Grafana. */
export const logsSource = 'victoriametrics-logs-datasource'

interface Asking {
  readonly datasource?: { readonly type?: string } | string | null
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

function withStore(target: object, { datasource }: Asking, bot: string): object {
  const { store: _, ...own }: Pick<Asking, 'datasource'> & { readonly store?: unknown } = target
  const source = own.datasource ?? datasource
  return typeof source === 'object' && source?.type === logsSource ? { ...own, store: bot } : own
}
