import { createContext } from 'react'

/** The address of the Prometheus web UI, empty until it is known. */
export const PrometheusAddress = createContext('')

/** A link to Grafana's Explore as a link to the Prometheus web UI with the same query; null if that is not possible. */
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
