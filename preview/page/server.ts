import type { Dashboard } from './dashboard.ts'
import { fetched } from './fetched.ts'

/** What `/api/dashboards` tells. */
interface Overview {
  /** The address of Prometheus, for people. */
  readonly prometheus: string
  readonly bots: readonly ListedBot[]
}

export interface ListedBot {
  readonly bot: string
  readonly interval: string
  readonly dashboards: readonly Listed[]
  readonly wrong?: string
}

export interface Listed {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly revision: string
  readonly wrong?: string
}

/** All dashboards as they stand now. */
export const overview = async (): Promise<Overview> => (await asked('/api/dashboards')).json()

/** One dashboard's JSON as it stands now. */
export const dashboard = async (bot: string, name: string): Promise<Dashboard> =>
  (await asked(`/api/dashboards/${encodeURIComponent(bot)}/${encodeURIComponent(name)}`)).json()

async function asked(path: string): Promise<Response> {
  const response = await fetched(path)
  if (!response.ok) throw new Error(await response.text())
  return response
}
