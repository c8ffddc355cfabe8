import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { z } from 'zod'
import { readYaml } from '../../text/yaml.ts'
import { rememberFile } from './file-memory.ts'

/** Where the output of one bot is. */
export interface BotFolder {
  readonly bot: string
  readonly path: string
}

/** A dashboard in the list; `wrong` is a sentence about why its file cannot be drawn. */
interface DashboardEntry {
  /** The file's name without `.json`. */
  readonly name: string
  /** What links written for Grafana name it by; empty if it has none. */
  readonly uid: string
  readonly title: string
  readonly description: string
  readonly tags: readonly string[]
  /** The names of its variables. */
  readonly variables: readonly string[]
  /** Changes with the file's content. */
  readonly revision: string
  readonly wrong?: string
}

interface BotEntry {
  readonly bot: string
  /** The smallest useful step of a query, from the provisioning of the data source. */
  readonly interval: string
  readonly dashboards: readonly DashboardEntry[]
  readonly wrong?: string
}

/** The folders in an output folder that have dashboards, by name. */
export async function botFolders(out: string, only?: string): Promise<readonly BotFolder[]> {
  const names = await namesIn(out)
  const found = await Promise.all(
    names
      .filter((name) => only === undefined || name === only)
      .map(async (bot) => ({
        bot,
        path: join(out, bot),
        has: (await namesIn(dashboardsOf(join(out, bot)))).length > 0,
      })),
  )
  return found.filter(({ has }) => has).map(({ bot, path }) => ({ bot, path }))
}

/**
 * Lists the dashboards of a bot as they are now, in the order of its definition; those that it does not name come last.
 * A page asks every two seconds, so only files that have changed are read again.
 */
export function createDashboardList(): (folder: BotFolder) => Promise<BotEntry> {
  const order = rememberFile(orderOf)
  const interval = rememberFile(intervalOf)
  const entry = rememberFile(entryOf)
  return async ({ bot, path }) => {
    const folder = dashboardsOf(path)
    const files = (await namesIn(folder)).filter((name) => name.endsWith('.json'))
    const names = await order(join(path, 'grafana/order.json'))
    const sorted = files.sort((a, b) => rank(names, a) - rank(names, b))
    const dashboards = await Promise.all(sorted.map((file) => entry(join(folder, file))))
    const wrong = dashboards.length === 0 ? `No dashboards in ${shown(folder)}: run \`make generate\`.` : undefined
    return {
      bot,
      interval: await interval(join(path, 'grafana/provisioning/datasources/prometheus.yml')),
      dashboards,
      ...(wrong === undefined ? {} : { wrong }),
    }
  }
}

/** The text of a dashboard's file, or null if there is none. */
export async function dashboardText({ path }: BotFolder, name: string): Promise<string | null> {
  return /^[\w.-]+$/.test(name) ? textOf(join(dashboardsOf(path), `${name}.json`)) : null
}

const outline = z.looseObject({
  title: z.string('`title` is not a string'),
  description: z.string().default(''),
  uid: z.string().catch(''),
  tags: z.array(z.string()).catch([]),
  templating: z.looseObject({ list: z.array(z.looseObject({ name: z.string() })) }).catch({ list: [] }),
  panels: z.array(z.looseObject({ type: z.string(), gridPos: z.looseObject({}) }), '`panels` is not a list'),
})

async function entryOf(file: string): Promise<DashboardEntry> {
  const name = basename(file, '.json')
  const text = await textOf(file)
  const revision = createHash('sha256')
    .update(text ?? '')
    .digest('hex')
    .slice(0, 16)
  const failed = (why: string): DashboardEntry => ({
    name,
    uid: '',
    title: name,
    description: '',
    tags: [],
    variables: [],
    revision,
    wrong: `${shown(file)} ${why}: run \`make generate\`.`,
  })
  if (text === null) return failed('cannot be read')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return failed(`is not JSON (${(error as Error).message})`)
  }
  const read = outline.safeParse(json)
  if (!read.success) return failed(`is not a dashboard (${read.error.issues.map((issue) => issue.message).join('; ')})`)
  const { uid, title, description, tags, templating } = read.data
  return { name, uid, title, description, tags, variables: templating.list.map(({ name }) => name), revision }
}

const provisioned = z.looseObject({
  datasources: z.array(
    z.looseObject({ type: z.string(), jsonData: z.looseObject({ timeInterval: z.string().optional() }).optional() }),
  ),
})

/** Grafana's default if nothing is provisioned. */
const usualInterval = '15s'

async function intervalOf(file: string): Promise<string> {
  try {
    const read = provisioned.parse(readYaml(await readFile(file, 'utf8')))
    return read.datasources.find(({ type }) => type === 'prometheus')?.jsonData?.timeInterval ?? usualInterval
  } catch {
    return usualInterval
  }
}

async function orderOf(file: string): Promise<readonly string[]> {
  try {
    return z.array(z.string()).parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return []
  }
}

function rank(order: readonly string[], file: string): number {
  const at = order.indexOf(basename(file, '.json'))
  return at < 0 ? order.length : at
}

const dashboardsOf = (path: string) => join(path, 'grafana/dashboards')

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).then(
    (names) => names.sort(),
    () => [],
  )
}

const textOf = (file: string): Promise<string | null> => readFile(file, 'utf8').catch(() => null)

/** A path as a person would type it. */
function shown(path: string): string {
  const near = relative(process.cwd(), path)
  return near.startsWith('..') ? path : near
}
