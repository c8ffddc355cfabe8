import type { Duration } from './duration.ts'
import type { Severity } from './severity.ts'

/** Where a message can go; each takes its secrets from files. */
export type Channel = 'telegram' | 'discord'

/** Which channels hear of what. */
export type Tell = Readonly<{ [S in Severity]: readonly Channel[] }>

/** Pinned images, each with its exact tag. */
export interface Images {
  readonly prometheus: string
  readonly alertmanager: string
  readonly grafana: string
  readonly nodeExporter: string
  /** What the paper bot runs on. */
  readonly node: string
}

/** Ports on the host, loopback only; `.env` may name others. */
export interface Ports {
  readonly bot: number
  readonly prometheus: number
  readonly alertmanager: number
  readonly grafana: number
  readonly nodeExporter: number
}

/** What runs beside the bot, and how. */
export interface Stack {
  /** Compose's project name: stacks of other names run side by side. */
  readonly project: string
  readonly images: Images
  readonly ports: Ports
  readonly scrape: { readonly bot: Duration; readonly exporters: Duration }
  readonly evaluate: Duration
  /** How long samples are kept; at least the longest window that a rule or panel asks for. */
  readonly retention: Duration
  /** Tells an external dead man's switch, by a URL in a secret file, that all of this is alive. */
  readonly deadMansSwitch: boolean
}

/** Today's images; a bot may name others. */
export const images: Images = Object.freeze({
  prometheus: 'prom/prometheus:v3.5.3',
  alertmanager: 'prom/alertmanager:v0.33.1',
  grafana: 'grafana/grafana:12.3.1',
  nodeExporter: 'prom/node-exporter:v1.11.1',
  node: 'node:24.11.1-bookworm-slim',
})

/** A stack with what most bots want; the project and ports are its own, so that several run on one machine. */
export const stack = (options: {
  readonly project: string
  readonly ports: Ports
  readonly images?: Partial<Images>
  readonly scrape?: Partial<Stack['scrape']>
  readonly evaluate?: Duration
  readonly retention?: Duration
  readonly deadMansSwitch?: boolean
}): Stack =>
  Object.freeze({
    project: options.project,
    ports: Object.freeze({ ...options.ports }),
    images: Object.freeze({ ...images, ...options.images }),
    scrape: Object.freeze({ bot: '10s', exporters: '15s', ...options.scrape } as const),
    evaluate: options.evaluate ?? '15s',
    retention: options.retention ?? '90d',
    deadMansSwitch: options.deadMansSwitch ?? true,
  })
