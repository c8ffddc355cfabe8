import type { AnyAlert } from '../../definitions/language/alert.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import { seriesNames } from '../../definitions/language/family.ts'
import type { Node } from '../../definitions/language/node.ts'
import { targetAlerts, targetMetrics } from '../../definitions/targets/index.ts'
import { closedDomain, isNever, matchingDomain } from '../meaning/domain.ts'
import { dependantsOf } from '../model/dependants.ts'
import { textOf } from '../model/usage.ts'
import type { Pass } from './pass.ts'
import { jobsOf } from './scrapes.ts'

/**
 * Adds the alert for scrape jobs that do not answer, for each job that no alert of the bot watches: no job can be without one. The
 * bot's own job is left to BW606, which is an error.
 */
export const targetsPass: Pass = (bot, draft) => ({ bot: watchingTargets(bot), draft, findings: [] })

function watchingTargets(bot: Bot): Bot {
  const environments = Object.keys(bot.environments)
  const unwatched = jobsOf(bot).filter(
    ({ name, kind }) => kind !== 'bot' && !bot.alerts.some(watches(name, environments)),
  )
  if (unwatched.length === 0) return bot
  const known = new Set(bot.exporters.flatMap(({ metrics }) => Object.keys(metrics)))
  const missing = Object.fromEntries(Object.entries(targetMetrics).filter(([name]) => !known.has(name)))
  const jobs = unwatched.map(({ name }) => ({ name, alerts: neededFor(bot, name) }))
  const added = unwatched
    .filter(({ name }) => !bot.exporters.some(({ job }) => job === name))
    .map(({ name }) => ({ job: name, metrics: Object.freeze({}) }))
  return Object.freeze({
    ...bot,
    exporters: Object.freeze([
      ...bot.exporters,
      ...(Object.keys(missing).length === 0 ? [] : [{ job: bot.name, metrics: Object.freeze(missing) }]),
      ...added,
    ]),
    alerts: Object.freeze([...bot.alerts, ...Object.values(targetAlerts(jobs))]),
  })
}

/** The alerts that need the metrics of a job. */
function neededFor(bot: Bot, job: string): readonly string[] {
  const dependants = dependantsOf(bot)
  const names = bot.exporters
    .filter((exporter) => exporter.job === job)
    .flatMap(({ metrics }) => Object.values(metrics).flatMap(seriesNames))
    .filter((name) => !/^(up|scrape_.*)$/.test(name))
  return [...new Set(names.flatMap((name) => dependants.of(name).map((alert) => alert.name)))]
}

/** Whether an alert fires as soon as any target of a job is down, in every environment. */
const watches =
  (job: string, environments: readonly string[]) =>
  ({ of, when }: AnyAlert): boolean =>
    of === 'condition' && environments.every((env) => isDown({ job, env }, when))

function isDown(target: { readonly job: string; readonly env: string }, node: Node): boolean {
  const parsed = textOf(node)
  if (parsed !== null) return parsed.ok && isDown(target, parsed.node)
  if (node.kind !== 'binary') return false
  if (node.op === 'or') return isDown(target, node.left) || isDown(target, node.right)
  // a target that has never answered may be one that is not there on purpose
  if (node.op === 'and') return hasAnswered(node.right) && isDown(target, node.left)
  const { left, right, op } = node
  if (left.kind !== 'selector' || left.name !== 'up' || left.range !== null || right.kind !== 'number') return false
  const isZero = (op === '==' && right.value === 0) || (op === '<' && right.value === 1)
  return (
    isZero &&
    left.matchers.every(
      (matcher) =>
        (matcher.label === 'job' || matcher.label === 'env') &&
        !isNever(matchingDomain(closedDomain(target[matcher.label]), matcher)),
    )
  )
}

/** `max_over_time(up[1d]) == 1`: it has answered within the window. */
function hasAnswered(node: Node): boolean {
  if (node.kind !== 'binary' || node.op !== '==' || node.right.kind !== 'number' || node.right.value !== 1) return false
  const { left } = node
  if (left.kind !== 'call' || left.fn !== 'max_over_time') return false
  const [of] = left.args
  return of?.kind === 'selector' && of.name === 'up'
}
