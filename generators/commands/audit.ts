import { readDashboards } from '../audit/dashboards/index.ts'
import { type Evidence, mergeEvidence } from '../audit/evidence.ts'
import { type Readable, readAll } from '../audit/readable.ts'
import { auditReport } from '../audit/report.ts'
import { readRules } from '../audit/rule-file.ts'
import { auditText } from '../audit/text.ts'
import type { Item } from '../audit/verdict.ts'
import { command, type Streams } from '../command-line/command.ts'
import { asWritten, duration, name, pattern, urlOrFile } from '../command-line/kinds.ts'
import { flagOption, option, optionList, type ParameterValues } from '../command-line/parameter.ts'
import { abort, type CommandResult, failure, misuse, success } from '../command-line/result.ts'
import { readPlain } from '../text/plain-yaml.ts'
import { evidenceOf } from './audit/evidence.ts'
import { matchingFiles, textIn } from './audit/files.ts'
import { authorizationFrom, secretOptions } from './verify/authorization.ts'

const parameters = {
  rules: optionList(pattern, "Prometheus rule files, e.g. 'rules/*.yml'"),
  dashboards: optionList(pattern, "Grafana dashboards, e.g. 'dashboards/*.json'"),
  metrics: optionList(
    urlOrFile,
    'what is exposed: a /metrics URL, a saved scrape, a contract.json or a Prometheus URL',
    'no --metrics given: pass a /metrics URL, a saved scrape, or a Prometheus URL',
  ),
  ignore: optionList(pattern, "leave out metrics that are not the bot's, e.g. 'node_*'"),
  job: optionList(name, 'only series and selectors of this job'),
  window: option(asWritten(duration('6h or 1d')), 'how far back to query a Prometheus', { otherwise: '1d' }),
  json: flagOption('print the report as JSON'),
  ...secretOptions,
}

/** `botwatch audit`: checks rules and dashboards that exist already against what a bot actually exposes. */
export const auditCommand = command({
  parameters,
  exitCodes: {
    0: 'nothing is dead or missing',
    1: 'something is dead or was not seen',
    2: 'wrong usage, or something could not be read',
  },
  examples: [
    "--rules 'rules/*.yml' --metrics http://127.0.0.1:8000/metrics",
    '--dashboards dashboards --metrics http://127.0.0.1:9090',
  ],
  run,
})

async function run(given: ParameterValues<typeof parameters>, streams: Streams): Promise<CommandResult> {
  const { rules, dashboards, metrics, ignore, job, window, json, tokenFile, loginFile } = given
  if (rules.length + dashboards.length === 0)
    return misuse("nothing to audit: pass --rules 'rules/*.yml', --dashboards 'dashboards/*.json', or both")
  const authorization = await authorizationFrom({ tokenFile, loginFile, env: process.env })
  if (authorization !== null && typeof authorization !== 'string') return abort(authorization.wrong)
  const hosts = new Set(metrics.flatMap((target) => (URL.canParse(target) ? [new URL(target).host] : [])))
  if (authorization !== null && hosts.size > 1)
    return abort('a token or login is sent to one host only: audit the hosts one by one, or use saved scrapes')

  const unread: string[] = []
  const items: Item[] = []
  const ruleFiles = filesIn(rules, ['.yml', '.yaml'], unread)
  for (const { file, text: content } of ruleFiles) {
    // the full YAML parser is loaded only when needed
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
    const why = found.length === 0 ? 'no usable evidence' : 'no rules or dashboards'
    return abort(...unread, `${why}: nothing was audited`)
  }
  const files = ruleFiles.length + dashboardFiles.length
  const report = auditReport(items, expressions, mergeEvidence(found), { ignore, jobs: job }, { files, unread })
  streams.out(json ? `${JSON.stringify(report, null, 2)}\n` : auditText(report))
  if (unread.length > 0) return abort()
  return report.items.some(({ verdict }) => verdict === 'proven-dead' || verdict === 'not-seen') ? failure() : success
}

function filesIn(patterns: readonly string[], endings: readonly string[], unread: string[]) {
  const paths = patterns.flatMap((pattern) => {
    const found = matchingFiles(pattern, endings)
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

/** Every name in use, so that only their series are requested from a server. */
function namesIn(expressions: ReadonlyMap<unknown, Readable>): readonly string[] {
  const names = new Set<string>()
  for (const one of expressions.values()) if ('node' in one) for (const name of one.names) names.add(name)
  return [...names]
}
