import type { AnyAlert } from './alert.ts'
import type { Allow } from './allow.ts'
import type { AnyDashboard } from './dashboard.ts'
import type { Day } from './day.ts'
import type { Deviation } from './deviation.ts'
import type { Duration } from './duration.ts'
import type { Glossary } from './glossary.ts'
import type { Fields, LogEvent } from './log-event.ts'
import { anyMetrics, type Metric } from './metric.ts'
import { allOutputs, type OutputName } from './output.ts'
import type { AnyRecord } from './record.ts'
import type { Scenario } from './scenario.ts'
import type { Stack, Tell } from './stack.ts'
import { type Where, whereIs } from './where.ts'

/** An environment in which the bot runs, with real money or without. Queries keep environments separate unless told otherwise. */
export interface Environment {
  readonly tell: Tell
}

/** A process of the bot in addition to the stack's own: always scraped, with its own absence rule. */
export interface FixedTarget {
  readonly env: string
  readonly instance: string
  /** Host and port at which Prometheus reaches it. */
  readonly address: string
  /** Free labels, such as `account` or `region`. */
  readonly labels?: Readonly<Record<string, string>>
}

/** What evaluates the alerts and sends notifications: Prometheus with Alertmanager, or Grafana. */
export type AlertsManager = 'prometheus' | 'grafana'

/** The credentials for scraping the bot: a token, or a user and password; the secret itself is in a file. */
export type ScrapeAuth = 'token' | { readonly user: string }

/** `botwatch watchdog` on the bot's host. */
export interface ProcessWatchdog {
  /** Where it serves its metrics. */
  readonly port: number
  /** How long after the last heartbeat it restarts the bot. */
  readonly silent: Duration
}

/** Everything that is defined for one bot. */
export interface Bot {
  readonly kind: 'bot'
  /** The prefix of its metrics, its scrape job, and its folder in `out/`. */
  readonly name: string
  readonly title: string
  readonly description: string
  /** Its own metrics, by key. */
  readonly metrics: Readonly<Record<string, Metric>>
  /** Metrics of other exporters that its rules and panels use, by the job that exposes them. */
  readonly exporters: readonly { readonly job: string; readonly metrics: Readonly<Record<string, Metric>> }[]
  readonly events: Readonly<Record<string, LogEvent<Fields>>>
  readonly records: readonly AnyRecord[]
  readonly alerts: readonly AnyAlert[]
  readonly alertsManagedBy: AlertsManager
  /** By file name without extension. */
  readonly dashboards: Readonly<Record<string, AnyDashboard>>
  /** By the value of `env`; the first is the default. */
  readonly environments: Readonly<Record<string, Environment>>
  readonly targets: readonly FixedTarget[]
  /** The port of the bot's `/metrics` in its container. */
  readonly port: number
  /** Null if scraping needs no credentials. */
  readonly auth: ScrapeAuth | null
  /** The watchdog that restarts it; null without one. */
  readonly watchdog: ProcessWatchdog | null
  readonly day: Day
  readonly stack: Stack
  /** The outputs generated for it. */
  readonly outputs: readonly OutputName[]
  /** Terms that its docs explain. */
  readonly glossary: Glossary
  /** Deviations from the bot's document that do not belong to a single definition. */
  readonly deviations: readonly Deviation[]
  /** Accepted findings of checks on the bot itself. */
  readonly allow: readonly Allow[]
  /** Whether its contract is monitored, with its own metrics, alerts and dashboard. */
  readonly watchContract: boolean
  /** What its messages are budgeted for, by key. */
  readonly scenarios: Readonly<Record<string, Scenario>>
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
  /** Default 'prometheus'. */
  readonly alertsManagedBy?: AlertsManager
  readonly dashboards: Readonly<Record<string, AnyDashboard>>
  readonly environments: Readonly<Record<string, Environment>>
  readonly targets?: readonly FixedTarget[]
  readonly port?: number
  readonly auth?: ScrapeAuth
  /** Restarts it after three minutes without a heartbeat, unless given. */
  readonly watchdog?: Pick<ProcessWatchdog, 'port'> & Partial<ProcessWatchdog>
  readonly day: Day
  readonly stack: Stack
  /** Default all. The outputs contain no links to panels or runbooks of outputs that are left out. */
  readonly outputs?: readonly [OutputName, ...OutputName[]]
  /** Terms of its trade, for docs/glossary.md. */
  readonly glossary?: Glossary
  readonly deviations?: readonly Deviation[]
  readonly allow?: readonly Allow[]
  /** False leaves out the contract's metrics, alerts and dashboard: whether the bot keeps its contract is then not monitored. */
  readonly watchContract?: false
  readonly scenarios?: Readonly<Record<string, Scenario>>
}

/** Defines a bot, from its metrics to the stack that monitors it. */
export const bot = (options: Options): Bot =>
  Object.freeze({
    kind: 'bot',
    name: options.name,
    title: options.title,
    description: options.description,
    metrics: anyMetrics(options.metrics),
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
    watchdog: options.watchdog === undefined ? null : Object.freeze({ silent: '3m', ...options.watchdog } as const),
    day: options.day,
    stack: options.stack,
    outputs: Object.freeze([...(options.outputs ?? allOutputs)]),
    glossary: Object.freeze({ ...options.glossary }),
    deviations: Object.freeze([...(options.deviations ?? [])]),
    allow: Object.freeze([...(options.allow ?? [])]),
    watchContract: options.watchContract ?? true,
    scenarios: Object.freeze({ ...options.scenarios }),
    where: whereIs(bot),
  })
