import type { DashboardJson } from './dashboard.ts'
import { fetchFromServer } from './fetch-from-server.ts'

/** The response of `/api/dashboards`. */
interface Overview {
  /** The address of Prometheus, for people. */
  readonly prometheus: string
  readonly bots: readonly BotItem[]
}

export interface BotItem {
  readonly bot: string
  readonly interval: string
  readonly dashboards: readonly DashboardItem[]
  readonly wrong?: string
}

export interface DashboardItem {
  readonly name: string
  readonly uid: string
  readonly title: string
  readonly description: string
  readonly tags: readonly string[]
  readonly revision: string
  readonly wrong?: string
}

/** All dashboards as they are now. */
export const fetchOverview = async (): Promise<Overview> => (await asked('/api/dashboards')).json()

/** One dashboard's JSON as it is now. */
export const fetchDashboard = async (bot: string, name: string): Promise<DashboardJson> =>
  (await asked(`/api/dashboards/${encodeURIComponent(bot)}/${encodeURIComponent(name)}`)).json()

async function asked(path: string): Promise<Response> {
  const response = await fetchFromServer(path)
  if (!response.ok) throw new Error(await response.text())
  return response
}
