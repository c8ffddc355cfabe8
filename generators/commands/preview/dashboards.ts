import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { z } from 'zod'
import { readYaml } from '../../text/yaml.ts'

/** Where the output of one bot is. */
export interface BotFolder {
  readonly bot: string
  readonly path: string
}

/** A dashboard in the list; `wrong` is a sentence about why its file cannot be drawn. */
interface DashboardEntry {
  /** The file's name without `.json`. */
  readonly name: string
  readonly title: string
  readonly description: string
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

/** The dashboards of a bot as they are now, in the order of its definition; those that it does not name come last. */
export async function listDashboards({ bot, path }: BotFolder): Promise<BotEntry> {
  const files = (await namesIn(dashboardsOf(path))).filter((name) => name.endsWith('.json'))
  const order = await orderOf(path)
  const names = files.map((file) => file.replace(/\.json$/, '')).sort((a, b) => rank(order, a) - rank(order, b))
  const dashboards = await Promise.all(
    names.map(async (name) => oneListed(name, await textOf(path, `${name}.json`), path)),
  )
  const wrong =
    dashboards.length === 0 ? `No dashboards in ${shown(dashboardsOf(path))}: run \`make generate\`.` : undefined
  return { bot, interval: await intervalOf(path), dashboards, ...(wrong === undefined ? {} : { wrong }) }
}

/** The text of a dashboard's file, or null if there is none. */
export async function dashboardText({ path }: BotFolder, name: string): Promise<string | null> {
  return /^[\w.-]+$/.test(name) ? textOf(path, `${name}.json`) : null
}

const outline = z.looseObject({
  title: z.string('`title` is not a string'),
  description: z.string().default(''),
  panels: z.array(z.looseObject({ type: z.string(), gridPos: z.looseObject({}) }), '`panels` is not a list'),
})

function oneListed(name: string, text: string | null, path: string): DashboardEntry {
  const revision = createHash('sha256')
    .update(text ?? '')
    .digest('hex')
    .slice(0, 16)
  const failed = (why: string): DashboardEntry => ({
    name,
    title: name,
    description: '',
    revision,
    wrong: `${shown(join(dashboardsOf(path), `${name}.json`))} ${why}: run \`make generate\`.`,
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
  return { name, title: read.data.title, description: read.data.description, revision }
}

const provisioned = z.looseObject({
  datasources: z.array(
    z.looseObject({ type: z.string(), jsonData: z.looseObject({ timeInterval: z.string().optional() }).optional() }),
  ),
})

/** Grafana's default if nothing is provisioned. */
const usualInterval = '15s'

async function intervalOf(path: string): Promise<string> {
  try {
    const text = await readFile(join(path, 'grafana/provisioning/datasources/prometheus.yml'), 'utf8')
    const read = provisioned.parse(readYaml(text))
    return read.datasources.find(({ type }) => type === 'prometheus')?.jsonData?.timeInterval ?? usualInterval
  } catch {
    return usualInterval
  }
}

async function orderOf(path: string): Promise<readonly string[]> {
  try {
    return z.array(z.string()).parse(JSON.parse(await readFile(join(path, 'grafana/order.json'), 'utf8')))
  } catch {
    return []
  }
}

const rank = (order: readonly string[], name: string) => (order.includes(name) ? order.indexOf(name) : order.length)

const dashboardsOf = (path: string) => join(path, 'grafana/dashboards')

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).then(
    (names) => names.sort(),
    () => [],
  )
}

const textOf = (path: string, file: string): Promise<string | null> =>
  readFile(join(dashboardsOf(path), file), 'utf8').catch(() => null)

/** A path as a person would type it. */
function shown(path: string): string {
  const near = relative(process.cwd(), path)
  return near.startsWith('..') ? path : near
}
