import type { Duration } from './duration.ts'
import type { Severity } from './severity.ts'

/** A notification channel, whose secrets are read from files. */
export type Channel = 'telegram' | 'discord'

/** The notification channels by severity. */
export type Tell = Readonly<{ [S in Severity]: readonly Channel[] }>

/** Container images, each pinned to an exact tag. */
export interface Images {
  readonly prometheus: string
  readonly alertmanager: string
  readonly grafana: string
  readonly nodeExporter: string
  /** The image for the paper bot and the relay. */
  readonly node: string
  /** The store of log lines, what reads them from files, and what evaluates alerts on them; used only by bots with events. */
  readonly victoriaLogs: string
  readonly vlagent: string
  readonly vmalert: string
}

/** Host ports on loopback; `.env` can override them. */
export interface Ports {
  readonly bot: number
  readonly prometheus: number
  readonly alertmanager: number
  readonly relay: number
  readonly grafana: number
  readonly nodeExporter: number
  /** Of VictoriaLogs, for bots with events; default 9428. */
  readonly logs?: number
}

/** The monitoring stack of a bot and its settings. */
export interface Stack {
  /** The Compose project name; stacks with different names can run side by side. */
  readonly project: string
  readonly images: Images
  readonly ports: Ports
  /** `timeout` is how long a target may take to answer; at most the interval counts. */
  readonly scrape: { readonly bot: Duration; readonly exporters: Duration; readonly timeout: Duration }
  /** The time between two evaluations of the rules. */
  readonly evaluate: Duration
  /** How long samples are kept; at least the longest window of any rule or panel. */
  readonly retention: Duration
  /** Whether an external dead man's switch is pinged, at a URL from a secret file, while everything works. */
  readonly deadMansSwitch: boolean
  /** How long log lines are kept, in whole days, and how many the bot writes on a busy day: what the limit of their disk space follows from. */
  readonly logs: { readonly retention: Duration; readonly linesPerDay: number }
}

/** The default images; a bot can override them. */
export const images: Images = Object.freeze({
  prometheus: 'prom/prometheus:v3.5.3',
  alertmanager: 'prom/alertmanager:v0.33.1',
  grafana: 'grafana/grafana:12.3.1',
  nodeExporter: 'prom/node-exporter:v1.11.1',
  node: 'node:24.11.1-bookworm-slim',
  victoriaLogs: 'victoriametrics/victoria-logs:v1.52.2',
  vlagent: 'victoriametrics/vlagent:v1.52.2',
  vmalert: 'victoriametrics/vmalert:v1.148.9',
})

/** Defines a stack with defaults for most bots; project and ports are required, so that several stacks can share a machine. */
export const stack = (options: {
  readonly project: string
  readonly ports: Ports
  readonly images?: Partial<Images>
  readonly scrape?: Partial<Stack['scrape']>
  readonly evaluate?: Duration
  readonly retention?: Duration
  readonly deadMansSwitch?: boolean
  readonly logs?: Partial<Stack['logs']>
}): Stack =>
  Object.freeze({
    project: options.project,
    ports: Object.freeze({ ...options.ports }),
    images: Object.freeze({ ...images, ...options.images }),
    scrape: Object.freeze({ bot: '10s', exporters: '10s', timeout: '3s', ...options.scrape } as const),
    evaluate: options.evaluate ?? '10s',
    retention: options.retention ?? '90d',
    deadMansSwitch: options.deadMansSwitch ?? true,
    logs: Object.freeze({ retention: '30d', linesPerDay: 100_000, ...options.logs } as const),
  })
