import type { AnyAlert } from '../../definitions/language/alert.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import type { Node } from '../../definitions/language/node.ts'
import type { AnyPanel } from '../../definitions/language/panel.ts'
import type { AnyRecord } from '../../definitions/language/record.ts'
import type { Severity } from '../../definitions/language/severity.ts'
import type { Text } from '../../definitions/language/text.ts'
import type { Unit } from '../../definitions/language/unit.ts'
import type { Variable } from '../../definitions/language/variable.ts'
import type { Topology } from './topology.ts'

/** Everything that follows from a bot, complete and in order: what every generator reads. */
export interface Model {
  readonly bot: Bot
  /** Where the servers listen and keep their files: the only thing that differs between container and host. */
  readonly topology: Topology
  readonly jobs: readonly Job[]
  readonly records: readonly RecordRule[]
  readonly alerts: readonly AlertRule[]
  readonly dashboards: readonly Board[]
  /** The most series there can be: the product of the labels' closed values and open budgets, buckets included. */
  readonly seriesBound: number
}

/** The programs that store, collect and evaluate log lines, by the name of their job. */
export type LogJob = 'victoria-logs' | 'vlagent' | 'vmalert'

/** One scrape job. */
export interface Job {
  readonly name: string
  readonly interval: string
  readonly kind: 'bot' | 'watchdog' | 'prometheus' | 'alertmanager' | 'relay' | 'node' | LogJob
}

export interface RecordRule {
  readonly name: string
  readonly help: string
  readonly expr: Node
  /** How often it is recorded; null for at each evaluation. */
  readonly every: string | null
  /** The definition it comes from; null if an alert's hold required it. */
  readonly of: AnyRecord | null
}

/** One alert with all defaults applied; an absence has one rule per environment, and one for all fixed targets; a posted one has none. */
export interface AlertRule {
  readonly name: string
  readonly of: AnyAlert
  readonly severity: Severity
  readonly rules: readonly Rule[]
  /** What the definition says; an hour or more of it is inside the expression, and the rule has no `for`. */
  readonly hold: string | null
  readonly keepFiringFor: string | null
  readonly cooldown: string
  readonly remindEvery: string
  /** The labels that its series have. */
  readonly labels: readonly string[]
  readonly unit: Unit<string>
  readonly summary: Text
  /** What is true again when it resolves; null if only that the summary is not. */
  readonly resolved: Text | null
  /** Names of the alerts that mute it. */
  readonly mutedBy: readonly string[]
  /** The panel that its runbook looks at first. */
  readonly panel: PanelRef | null
}
export interface Rule {
  readonly expr: Node
  readonly for: string | null
  /** The environment whose deployment this rule belongs to; null if it always applies. */
  readonly env: string | null
}

export interface PanelRef {
  readonly dashboard: string
  readonly uid: string
  readonly id: number
  readonly title: string
}

export interface Board {
  /** Its key: the file is `grafana/dashboards/<key>.json`. */
  readonly key: string
  readonly uid: string
  readonly title: string
  readonly description: string
  readonly from: string
  readonly refresh: string
  readonly variables: readonly BoardVariable[]
  readonly links: readonly { readonly title: string; readonly url: string }[]
  readonly rows: readonly BoardRow[]
}
export interface BoardVariable {
  readonly name: string
  readonly of: Variable
}
export interface BoardRow {
  readonly title: string
  readonly id: number
  readonly panels: readonly PlacedPanel[]
}
export interface PlacedPanel {
  readonly of: AnyPanel
  readonly id: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** From the alerts whose runbooks look at it, in the unit of its first query. */
  readonly thresholds: readonly Threshold[]
  /** Names of those alerts. */
  readonly alerts: readonly string[]
}
export interface Threshold {
  readonly value: number
  readonly severity: Severity
  /** Whether values above it or below it are bad. */
  readonly bad: 'above' | 'below'
  readonly alert: string
}

/** Path from the bot's folder to its text. */
export type Files = ReadonlyMap<string, string>

/** A pure function of the model; it knows no other generator. */
export type Output = (model: Model) => Files
