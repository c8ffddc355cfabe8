import { createContext } from 'react'
import type { BotItem } from '../server.ts'
import { inPrometheus } from './explore.ts'

/** A dashboard that the preview has, and its address here. */
interface DashboardAddress {
  readonly path: string
  readonly uid: string
  readonly title: string
  readonly tags: readonly string[]
}

/** What links can lead to from here. */
export interface Destinations {
  /** The address of the Prometheus web UI, empty until it is known. */
  readonly prometheus: string
  readonly dashboards: readonly DashboardAddress[]
}

export const DestinationsContext = createContext<Destinations>({ prometheus: '', dashboards: [] })

/** Where links can lead to, from the list of all dashboards. */
export const destinationsOf = (prometheus: string, bots: readonly BotItem[]): Destinations => ({
  prometheus,
  dashboards: bots.flatMap(({ bot, dashboards }) =>
    dashboards.map(({ name, uid, title, tags }) => ({ path: `/d/${bot}/${name}`, uid, title, tags })),
  ),
})

/** Where a link leads from here, or a sentence about why it does not. */
type Destination = { readonly href: string; readonly isOutside: boolean } | { readonly why: string }

/** The destination of a link that was written for Grafana, after its variables were filled in. */
export function destinationOf(written: string, { prometheus, dashboards }: Destinations): Destination {
  const address = addressOf(written)
  if (address === null || !followed.includes(address.protocol)) return { why: 'This link is not a web address.' }
  if (address.origin !== location.origin) return { href: address.href, isOutside: true }
  const { pathname, search } = address
  if (written.startsWith('?')) return { href: `${pathname}${search}`, isOutside: false }
  if (pathname === '/explore') {
    const href = inPrometheus(address, prometheus)
    return href === null ? { why: `Only Grafana's Explore can show this.` } : { href, isOutside: true }
  }
  const uid = /^\/d\/([^/]+)/.exec(pathname)?.[1]
  if (uid === undefined) return { why: 'Only Grafana has this page.' }
  const found =
    dashboards.find((one) => one.uid !== '' && one.uid === decodeURIComponent(uid)) ??
    dashboards.find(({ path }) => path === pathname)
  return found === undefined
    ? { why: `The preview has no dashboard with the uid ${uid}.` }
    : { href: `${found.path}${search}`, isOutside: false }
}

/** Never a scheme that can run a script. */
const followed: readonly string[] = ['http:', 'https:', 'mailto:']

/** Paths begin at the root, as in Grafana; what is only a query is about the page itself. */
function addressOf(written: string): URL | null {
  const base = written.startsWith('?') ? location.href : location.origin
  return written.trim() !== '' && URL.canParse(written, base) ? new URL(written, base) : null
}

/** How a link to somewhere opens: what is outside gets a tab of its own, and no hold on this one. */
export const openedIn = (isTab: boolean): { readonly target?: '_blank'; readonly rel?: string } =>
  isTab ? { target: '_blank', rel: 'noopener noreferrer' } : {}
