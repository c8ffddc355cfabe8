import { createContext } from 'react'

/** The address of Prometheus' own pages, empty while it is not known. */
export const PrometheusAddress = createContext('')

/** A link into Grafana's Explore as one to Prometheus' own page with the same query; null for what cannot be one. */
export function inPrometheus(href: string, prometheus: string): string | null {
  const address = new URL(href, location.href)
  if (prometheus === '' || address.pathname !== '/explore') return null
  const query = queryOf(address.searchParams.get('panes'))
  return query === null ? null : `${prometheus}/graph?${new URLSearchParams({ 'g0.expr': query, 'g0.tab': '0' })}`
}

interface Pane {
  readonly queries?: readonly { readonly expr?: string }[]
}

function queryOf(panes: string | null): string | null {
  try {
    const [pane] = Object.values(JSON.parse(panes ?? '') as Readonly<Record<string, Pane>>)
    return pane?.queries?.[0]?.expr ?? null
  } catch {
    return null
  }
}
