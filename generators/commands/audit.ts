import { milliseconds } from '../../definitions/language/duration.ts'
import { readDashboards } from '../audit/dashboards/index.ts'
import { type Evidence, together } from '../audit/evidence.ts'
import { type Readable, readAll } from '../audit/readable.ts'
import { audit as audited } from '../audit/report.ts'
import { readRules } from '../audit/rule-file.ts'
import { text } from '../audit/text.ts'
import type { Item } from '../audit/verdict.ts'
import { readPlain } from '../text/plain-yaml.ts'
import { evidenceOf } from './audit/evidence.ts'
import { filesOf, textIn } from './audit/files.ts'
import { authorizationFrom } from './verify/authorization.ts'

/** What the command line was given, as `parseArgs` reads it. */
export interface AuditOptions {
  readonly rules?: readonly string[] | undefined
  readonly dashboards?: readonly string[] | undefined
  readonly metrics?: readonly string[] | undefined
  readonly ignore?: readonly string[] | undefined
  readonly job?: readonly string[] | undefined
  readonly window?: string | undefined
  readonly json?: boolean | undefined
  readonly 'token-file'?: string | undefined
  readonly 'login-file'?: string | undefined
}

/** Where the report and complaints go. */
interface Told {
  readonly write: (text: string) => void
  readonly complain: (text: string) => void
}

const streams: Told = {
  write: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
}

/**
 * `botwatch audit`: holds rules and dashboards that somebody has already against what a bot really exposes. 0 where nothing is dead
 * or missing, 1 where something is, 2 where something could not be read.
 */
export async function audit(options: AuditOptions, told: Told = streams): Promise<number> {
  const refuse = (why: string): number => {
    told.complain(`audit: ${why}\n`)
    return 2
  }
  const wrong = mistakesIn(options)
  if (wrong.length > 0) return refuse(wrong.join('; '))
  const { rules = [], dashboards = [], metrics = [], ignore = [], job = [], window = '1d', json = false } = options
  if (rules.length + dashboards.length === 0)
    return refuse("what shall be audited? Give --rules 'rules/*.yml', --dashboards 'dashboards/*.json', or both")
  if (metrics.length === 0)
    return refuse('by which evidence? Give --metrics http://127.0.0.1:8000/metrics, a file, or the URL of a Prometheus')

  const { 'token-file': tokenFile, 'login-file': loginFile } = options
  const authorization = await authorizationFrom({ tokenFile, loginFile, env: process.env })
  if (authorization !== null && typeof authorization !== 'string') return refuse(authorization.wrong)
  const hosts = new Set(metrics.flatMap((target) => (URL.canParse(target) ? [new URL(target).host] : [])))
  if (authorization !== null && hosts.size > 1)
    return refuse('a secret for one host is not told to others: audit them one by one, or by saved expositions')

  const unread: string[] = []
  const items: Item[] = []
  const ruleFiles = filesIn(rules, ['.yml', '.yaml'], unread)
  for (const { file, text: content } of ruleFiles) {
    // the whole grammar is loaded where somebody needs it
    const documents = readPlain(content) ?? (await import('../text/yaml.ts')).readWhole(content)
    const found = readRules(documents, file)
    items.push(...found.items)
    unread.push(...found.wrong)
  }
  const dashboardFiles = filesIn(dashboards, ['.json'], unread)
  const panels = readDashboards(dashboardFiles)
  items.push(...panels.items)
  unread.push(...panels.wrong)

  const expressions = readAll(items)
  const asked = { names: namesIn(expressions), jobs: job, window, authorization }
  const found: Evidence[] = []
  for (const one of await Promise.all(metrics.map((target) => evidenceOf(target, asked))))
    if ('wrong' in one) unread.push(one.wrong)
    else found.push(one)
  if (found.length === 0 || items.length === 0) {
    const why = found.length === 0 ? 'there is no evidence' : 'there is nothing to audit'
    for (const line of unread) told.complain(`audit: ${line}\n`)
    return refuse(`${why}: nothing was audited`)
  }
  const files = ruleFiles.length + dashboardFiles.length
  const report = audited(items, expressions, together(found), { ignore, jobs: job }, { files, unread })
  told.write(json ? `${JSON.stringify(report, null, 2)}\n` : text(report))
  if (unread.length > 0) return 2
  return report.items.some(({ verdict }) => verdict === 'proven-dead' || verdict === 'not-seen') ? 1 : 0
}

const texts = ['rules', 'dashboards', 'metrics', 'ignore', 'job', 'token-file', 'login-file'] as const
// by hand: a library that reads options takes longer to load than fifty files to audit
const mistakesIn = (options: AuditOptions): readonly string[] => [
  ...texts.filter((name) => [options[name]].flat().includes('')).map((name) => `--${name}: it may not be empty`),
  ...(options.window === undefined || (milliseconds(options.window) ?? 0) > 0
    ? []
    : [`--window: expected a duration such as 6h or 1d, given '${options.window}'`]),
]

function filesIn(patterns: readonly string[], endings: readonly string[], unread: string[]) {
  const paths = patterns.flatMap((pattern) => {
    const found = filesOf(pattern, endings)
    if ('wrong' in found) unread.push(found.wrong)
    return 'wrong' in found ? [] : found
  })
  return [...new Set(paths)].flatMap((file) => {
    const content = textIn(file)
    if (typeof content === 'string') return [{ file, text: content }]
    unread.push(content.wrong)
    return []
  })
}

/** Every name that is asked for, so that a server is asked for their series alone. */
function namesIn(expressions: ReadonlyMap<unknown, Readable>): readonly string[] {
  const names = new Set<string>()
  for (const one of expressions.values()) if ('node' in one) for (const name of one.names) names.add(name)
  return [...names]
}
