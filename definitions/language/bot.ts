import type { AnyAlert } from './alert.ts'
import type { Allow } from './allow.ts'
import type { AnyDashboard } from './dashboard.ts'
import type { Deviation } from './deviation.ts'
import type { Fields, LogEvent } from './log-event.ts'
import type { Metric } from './metric.ts'
import { allOutputs, type OutputName } from './output.ts'
import type { AnyRecord } from './record.ts'
import type { Stack, Tell } from './stack.ts'
import { type Where, whereIs } from './where.ts'

/** When the bot's day begins, and where: what `today` and `daily` mean in its metrics. */
export interface Day {
  /** Hours and minutes, such as `00:00`. */
  readonly startsAt: string
  /** A name of the time zone database, such as `UTC` or `Asia/Seoul`. */
  readonly timeZone: string
}

/** A place where the bot runs: with real money or without. Environments are never added up, and are told apart. */
export interface Environment {
  readonly tell: Tell
}

/** A process of the bot beside the one that the stack runs: always scraped, watched for absence. */
export interface FixedTarget {
  readonly env: string
  readonly instance: string
  /** Host and port, as Prometheus reaches it. */
  readonly address: string
  /** Labels of the owner's choosing, such as `account` or `region`. */
  readonly labels?: Readonly<Record<string, string>>
}

/** Who evaluates the alerts and tells people: Prometheus with Alertmanager, or Grafana by itself. */
export type AlertsManager = 'prometheus' | 'grafana'

/** What a bot asks of whoever reads its metrics: a token, or a user and a password; the secret itself lies in a file. */
export type ScrapeAuth = 'token' | { readonly user: string }

/** All that is true of one bot. */
export interface Bot {
  readonly kind: 'bot'
  /** The prefix of its metrics, its job, and its folder in the output. */
  readonly name: string
  readonly title: string
  readonly description: string
  /** Its own metrics, by key. */
  readonly metrics: Readonly<Record<string, Metric>>
  /** Metrics of other exporters that its rules and panels use, each under the job that exposes them. */
  readonly exporters: readonly { readonly job: string; readonly metrics: Readonly<Record<string, Metric>> }[]
  readonly events: Readonly<Record<string, LogEvent<Fields>>>
  readonly records: readonly AnyRecord[]
  readonly alerts: readonly AnyAlert[]
  readonly alertsManagedBy: AlertsManager
  /** By file name without its ending. */
  readonly dashboards: Readonly<Record<string, AnyDashboard>>
  /** By the value of `env`; the first is what runs until somebody says otherwise. */
  readonly environments: Readonly<Record<string, Environment>>
  readonly targets: readonly FixedTarget[]
  /** The port of the bot's `/metrics` in its container. */
  readonly port: number
  /** Null where whoever reaches the port may read. */
  readonly auth: ScrapeAuth | null
  /** Where `botwatch watchdog --listen` serves its own metrics, on the host of the bot; null where none watches it. */
  readonly watchdog: { readonly port: number } | null
  readonly day: Day
  readonly stack: Stack
  /** What is generated for it. */
  readonly outputs: readonly OutputName[]
  /** Departures from the bot's document that belong to no single definition. */
  readonly deviations: readonly Deviation[]
  /** Findings of checks on the bot itself that are known and stand. */
  readonly allow: readonly Allow[]
  /** Whether it says whether it keeps its contract, with alerts and a dashboard of its own. */
  readonly watchContract: boolean
  readonly where: Where
}

interface Options {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly metrics: object
  readonly exporters?: readonly { readonly job: string; readonly metrics: object }[]
  readonly events?: Readonly<Record<string, LogEvent<Fields>>>
  readonly records?: readonly Readonly<Record<string, AnyRecord>>[]
  readonly alerts: readonly Readonly<Record<string, AnyAlert>>[]
  /** Without it Prometheus. */
  readonly alertsManagedBy?: AlertsManager
  readonly dashboards: Readonly<Record<string, AnyDashboard>>
  readonly environments: Readonly<Record<string, Environment>>
  readonly targets?: readonly FixedTarget[]
  readonly port?: number
  readonly auth?: ScrapeAuth
  readonly watchdog?: { readonly port: number }
  readonly day: Day
  readonly stack: Stack
  /** Without it all of them. What a left-out output would have written is named nowhere: no links to panels or runbooks that are not there. */
  readonly outputs?: readonly [OutputName, ...OutputName[]]
  readonly deviations?: readonly Deviation[]
  readonly allow?: readonly Allow[]
  /** False leaves out what the bot says about its contract, with the alerts and the dashboard: then nobody knows whether it keeps it. */
  readonly watchContract?: false
}

/** A bot, from its metrics to the stack that watches it. */
export const bot = (options: Options): Bot =>
  Object.freeze({
    kind: 'bot',
    name: options.name,
    title: options.title,
    description: options.description,
    metrics: options.metrics as Bot['metrics'],
    exporters: Object.freeze((options.exporters ?? []) as Bot['exporters']),
    events: Object.freeze({ ...options.events }),
    records: Object.freeze((options.records ?? []).flatMap((group) => Object.values(group))),
    alerts: Object.freeze(options.alerts.flatMap((group) => Object.values(group))),
    alertsManagedBy: options.alertsManagedBy ?? 'prometheus',
    dashboards: Object.freeze({ ...options.dashboards }),
    environments: Object.freeze({ ...options.environments }),
    targets: Object.freeze([...(options.targets ?? [])]),
    port: options.port ?? 8000,
    auth: options.auth ?? null,
    watchdog: options.watchdog ?? null,
    day: options.day,
    stack: options.stack,
    outputs: Object.freeze([...(options.outputs ?? allOutputs)]),
    deviations: Object.freeze([...(options.deviations ?? [])]),
    allow: Object.freeze([...(options.allow ?? [])]),
    watchContract: options.watchContract ?? true,
    where: whereIs(bot),
  })
