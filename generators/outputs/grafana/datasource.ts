import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/dashboard'

/** The provisioned data sources, by their fixed uids. */
export const prometheusDatasource: DataSourceRef = Object.freeze({ type: 'prometheus', uid: 'prometheus' })
export const logsDatasource: DataSourceRef = Object.freeze({
  type: 'victoriametrics-logs-datasource',
  uid: 'victorialogs',
})
/** Of a panel whose queries have different ones. */
export const mixedDatasource: DataSourceRef = Object.freeze({ type: 'datasource', uid: '-- Mixed --' })
/** Grafana's built-in data source, for its own annotations. */
export const grafanaDatasource: DataSourceRef = Object.freeze({ type: 'grafana', uid: '-- Grafana --' })
