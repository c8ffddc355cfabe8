import type { DashboardJson } from './dashboard.ts'
import { fetchFromServer } from './fetch-from-server.ts'
import { withStores } from './logs/stores.ts'
import { withOwnIds } from './own-ids.ts'

/** The response of `/api/dashboards`. */
export interface Overview {
  /** The address of Prometheus, for people. */
  readonly prometheus: string
  readonly bots: readonly BotItem[]
}

export interface BotItem {
  readonly bot: string
  readonly interval: string
  /** The address of the store of its log lines, for people; null if the preview knows none. */
  readonly logs: string | null
  readonly dashboards: readonly DashboardItem[]
  readonly wrong?: string
}

export interface DashboardItem {
  readonly name: string
  readonly uid: string
  readonly title: string
  readonly description: string
  readonly tags: readonly string[]
  readonly variables: readonly string[]
  readonly revision: string
  readonly wrong?: string
}

/** All dashboards as they are now. */
export const fetchOverview = (): Promise<Overview> => asked(overviewPath)

/** One dashboard's JSON as it is now. */
export const fetchDashboard = async (bot: string, name: string): Promise<DashboardJson> =>
  withStores(withOwnIds(await asked<DashboardJson>(dashboardPath(bot, name))), bot)

interface Answer {
  readonly ok: boolean
  readonly text: string
}

/** Answers to what is not asked yet, by path, and after how many milliseconds they are no longer the state of now. */
const stale = 10_000
const ahead = new Map<string, Promise<Answer>>()

/** Asks for what the page at this address needs first, while its script is still loading. */
export function askAhead(pathname: string): void {
  const [, bot, name] = /^\/d\/([\w-]+)\/([\w.-]+)$/.exec(pathname) ?? []
  const paths = [overviewPath, ...(bot === undefined || name === undefined ? [] : [dashboardPath(bot, name)])]
  for (const path of paths) {
    const answer = answered(path)
    // Whoever asks for it gets the reason.
    answer.catch(() => {})
    ahead.set(path, answer)
  }
  setTimeout(() => ahead.clear(), stale)
}

const overviewPath = '/api/dashboards'
const dashboardPath = (bot: string, name: string) =>
  `/api/dashboards/${encodeURIComponent(bot)}/${encodeURIComponent(name)}`

async function asked<T>(path: string): Promise<T> {
  const early = ahead.get(path)
  ahead.delete(path)
  const { ok, text } = await (early ?? answered(path))
  if (!ok) throw new Error(text)
  return JSON.parse(text) as T
}

async function answered(path: string): Promise<Answer> {
  const response = await fetchFromServer(path)
  return { ok: response.ok, text: await response.text() }
}
