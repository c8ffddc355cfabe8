import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { Bot } from '../../definitions/language/bot.ts'
import type { Metric } from '../../definitions/language/metric.ts'
import { liveEnvironment } from '../stack/settings.ts'
import { countText } from '../text/count-text.ts'
import { readYaml } from '../text/yaml.ts'
import type { Wrong } from './docker-compose.ts'
import { type ActiveTarget, activeTargets, labelSetsOf, timeOf } from './prometheus-api.ts'
import { loadedRules, rulesOfFiles } from './rules.ts'
import { containersOf, type FailedService, followServices, withLogs } from './services.ts'
import type { StackConfig } from './stack-config.ts'
import type { BotStack } from './stacks.ts'

/** What is not as it should be, and the service whose log says why; null if it runs elsewhere. */
interface Shortfall {
  readonly message: string
  readonly service: string | null
  /** Whether waiting cannot help. */
  readonly isFinal: boolean
}

/**
 * Asks Prometheus until each job's target is up, each rule is loaded and the bot's trading mode fits its environment; returns what
 * is still wrong when the time is up, with the service's name and last lines.
 */
export async function monitoringProblems(
  stack: BotStack,
  config: StackConfig,
  prometheus: string,
  within: number,
): Promise<readonly string[]> {
  const { folder, compose, say, bot } = stack
  const expected = await expectedOf(bot, folder, config.env)
  if ('wrong' in expected) return [expected.wrong]
  const follow = followServices(config.services)
  const end = Date.now() + within
  let since: number | null = null
  for (;;) {
    const containers = await containersOf(compose, folder)
    const failed = 'wrong' in containers ? null : follow.failed(containers, new Set(), false)
    if (failed !== null) return [await aboutService(stack, failed)]
    const other = 'wrong' in containers ? [] : otherBots(containers, config, folder)
    if (other.length > 0) return other
    const isLast = Date.now() > end
    const now: number | Wrong = since === null ? await timeOf(prometheus) : since
    if (typeof now === 'number') {
      since = now
      const found = await shortfalls(bot, config, expected, prometheus, now)
      const final = found.filter(({ isFinal }) => isFinal)
      if (found.length === 0) {
        say(success(expected, bot))
        return []
      }
      if (final.length > 0 || isLast) return explained(stack, final.length > 0 ? final : found, within)
    } else if (isLast) return explained(stack, [{ message: now.wrong, service: 'prometheus', isFinal: false }], within)
    await pause(1000)
  }
}

/** A bot of the stack that runs although `.env` names another one: Prometheus could be scraping it. */
const otherBots = (
  containers: readonly { readonly service: string; readonly state: string }[],
  { services }: StackConfig,
  folder: string,
): readonly string[] =>
  containers
    .filter(({ service, state }) => isBot(service) && state === 'running' && !services.includes(service))
    .map(
      ({ service }) =>
        `the service ${service} runs, but ${join(folder, '.env')} names another bot: run \`make up\`, which replaces it.`,
    )

const isBot = (service: string) => service === 'bot' || service === 'paper-bot'

const aboutService = ({ bot, folder, compose }: BotStack, { service, why }: FailedService) =>
  withLogs(compose, folder, service, `the service ${service} of ${bot.name} ${why}.`)

/** Each shortfall as a sentence; the log of a service follows once. */
function explained(
  { folder, compose }: BotStack,
  found: readonly Shortfall[],
  within: number,
): Promise<readonly string[]> {
  return Promise.all(
    found.map(({ message, service, isFinal }, i) => {
      const waited = isFinal ? '' : ` (after ${within / 1000} s; --within gives a slow starter more)`
      const sentence = `${message.replace(/\.$/, '')}${waited}.`
      const isFirst = found.findIndex((one) => one.service === service) === i
      return service === null || !isFirst ? Promise.resolve(sentence) : withLogs(compose, folder, service, sentence)
    }),
  )
}

/** What must be there: the scrape jobs and rules of the generated files, and the metric that says whether the bot trades with real money. */
interface Expected {
  readonly jobs: readonly string[]
  readonly rules: readonly string[]
  readonly mode: Metric | null
}

const configFile = z.object({ scrape_configs: z.array(z.object({ job_name: z.string() })).default([]) })

async function expectedOf(bot: Bot, folder: string, env: string): Promise<Expected | Wrong> {
  const path = join(folder, 'prometheus/prometheus.yml')
  const text = await readFile(path, 'utf8').catch(() => '')
  const read = configFile.safeParse(readYaml(text))
  if (!read.success) return { wrong: `${path} is not Prometheus' configuration: run \`make generate\`.` }
  const rules = await rulesOfFiles(folder, env)
  // Grafana has them instead
  if ('wrong' in rules && bot.alertsManagedBy === 'prometheus') return rules
  return {
    jobs: read.data.scrape_configs.map((one) => one.job_name),
    rules: 'wrong' in rules ? [] : rules,
    mode: modeOf(bot),
  }
}

/** The metric whose states include live trading; null if the bot has none. */
const modeOf = (bot: Bot): Metric | null =>
  Object.values(bot.metrics).find(({ key, states }) => key === 'trading_mode' && states?.includes(liveEnvironment)) ??
  null

const success = ({ jobs, rules, mode }: Expected, bot: Bot) =>
  `each of ${countText(jobs.length, 'scrape job')} is up, ${countText(rules.length, 'rule')} are loaded${mode === null ? '' : `, and ${bot.name} trades as it is monitored`}`

async function shortfalls(
  bot: Bot,
  config: StackConfig,
  { jobs, rules, mode }: Expected,
  prometheus: string,
  since: number,
): Promise<readonly Shortfall[]> {
  const targets = await activeTargets(prometheus)
  if ('wrong' in targets) return [{ message: targets.wrong, service: 'prometheus', isFinal: false }]
  const own = targets.find(({ job, url }) => job === bot.name && hostOf(url) === hostOf(`http://${config.target}`))
  const loaded = await loadedRules(prometheus)
  return [
    ...ownTarget(bot, config, own),
    ...jobs.flatMap((job) => jobShortfalls(job, targets, config, since)),
    ...('wrong' in loaded
      ? [{ message: loaded.wrong, service: 'prometheus', isFinal: false }]
      : ruleShortfalls(rules, loaded)),
    ...(mode !== null && own !== undefined && isFresh(own, since)
      ? await modeShortfalls(bot, config, mode, prometheus)
      : []),
  ]
}

/** Only a scrape after the start counts: before, Prometheus still remembers the previous bot. */
const isFresh = ({ isUp, scrapedAt }: ActiveTarget, since: number) => isUp && scrapedAt >= since

function ownTarget(
  bot: Bot,
  { env, instance, target }: StackConfig,
  own: ActiveTarget | undefined,
): readonly Shortfall[] {
  if (own === undefined)
    return [
      {
        message: `Prometheus does not scrape ${target}, the target in .env: run \`make up\``,
        service: 'prometheus',
        isFinal: false,
      },
    ]
  const { labels } = own
  return labels['env'] === env && labels['instance'] === instance
    ? []
    : [
        {
          message: `Prometheus monitors ${bot.name} at ${target} as ${labels['instance']} in ${labels['env']}, but .env says ${instance} in ${env}: run \`make up\``,
          service: null,
          isFinal: true,
        },
      ]
}

function jobShortfalls(
  job: string,
  targets: readonly ActiveTarget[],
  config: StackConfig,
  since: number,
): readonly Shortfall[] {
  const own = targets.filter((one) => one.job === job)
  if (own.length === 0)
    return [
      {
        message: `the job ${job} has no target in Prometheus: its target file may be invalid`,
        service: 'prometheus',
        isFinal: false,
      },
    ]
  return own
    .filter((one) => !isFresh(one, since))
    .map((one) => ({
      message: `the target ${one.url} of the job ${job} is not up: ${one.error === '' ? 'it has not been scraped yet' : one.error}`,
      service: serviceAt(one.url, config.services),
      isFinal: false,
    }))
}

function ruleShortfalls(
  expected: readonly string[],
  loaded: readonly { readonly key: string; readonly health: string; readonly error: string }[],
): readonly Shortfall[] {
  const keys = new Set(loaded.map(({ key }) => key))
  return [
    ...expected
      .filter((key) => !keys.has(key))
      .map((key) => `${key} is in the files but not loaded: run \`make up\`, which mounts the files again`),
    ...loaded
      .filter(({ health }) => health === 'err')
      .map(({ key, error }) => `${key} is loaded but cannot be evaluated: ${error}`),
  ].map((message) => ({ message, service: 'prometheus', isFinal: false }))
}

async function modeShortfalls(
  bot: Bot,
  { env, instance, services }: StackConfig,
  mode: Metric,
  prometheus: string,
): Promise<readonly Shortfall[]> {
  const matchers = Object.entries({ job: bot.name, env, instance }).map(
    ([label, value]) => `${label}=${JSON.stringify(value)}`,
  )
  const series = await labelSetsOf(prometheus, `${mode.name}{${matchers.join(',')}} == 1`)
  if ('wrong' in series) return [{ message: series.wrong, service: 'prometheus', isFinal: false }]
  const service = services.find(isBot) ?? null
  const states = series.flatMap((labels) => labels[mode.name] ?? [])
  if (states.length === 0)
    return [
      {
        message: `${bot.name} is up but has not set ${mode.name}, so nothing proves that it is right to monitor it as ${env}`,
        service,
        isFinal: false,
      },
    ]
  return states
    .filter((state) => (state === liveEnvironment) !== (env === liveEnvironment))
    .map((state) => ({
      message: `${bot.name} reports the trading mode ${state}, but is monitored as ${env}: correct BOT_ENV in .env, or run the other bot`,
      service,
      isFinal: true,
    }))
}

/** The service of the stack that a URL leads to; null if it is elsewhere. */
function serviceAt(url: string, services: readonly string[]): string | null {
  const host = new URL(url).hostname
  if (host === 'bot') return services.find(isBot) ?? null
  return services.includes(host) ? host : null
}

const hostOf = (url: string) => new URL(url).host
