import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/dashboard'

/** The data sources that provisioning makes, by their fixed uids. */
export const prometheus: DataSourceRef = Object.freeze({ type: 'prometheus', uid: 'prometheus' })
export const loki: DataSourceRef = Object.freeze({ type: 'loki', uid: 'loki' })
/** Grafana's own, for its own annotations. */
export const own: DataSourceRef = Object.freeze({ type: 'grafana', uid: '-- Grafana --' })
