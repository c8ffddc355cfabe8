import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/dashboard'

/** The provisioned data sources, by their fixed uids. */
export const prometheusDatasource: DataSourceRef = Object.freeze({ type: 'prometheus', uid: 'prometheus' })
export const lokiDatasource: DataSourceRef = Object.freeze({ type: 'loki', uid: 'loki' })
/** Grafana's built-in data source, for its own annotations. */
export const grafanaDatasource: DataSourceRef = Object.freeze({ type: 'grafana', uid: '-- Grafana --' })
