import type {
  DataTransformerConfig,
  DynamicConfigValue,
  FieldColor,
  MatcherConfig,
} from '@grafana/grafana-foundation-sdk/dashboard'
import type { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import type { AnyPanel } from '../../../definitions/language/panel.ts'
import type { AlertRule, Model, PlacedPanel } from '../../model/model.ts'
import type { DashboardFilters } from './narrow.ts'
import type { Shape } from './unit.ts'

/** What all panels of one dashboard share. */
export interface PanelContext {
  readonly model: Model
  readonly choices: DashboardFilters
  readonly alerts: ReadonlyMap<string, AlertRule>
  /** Whether one environment can have several processes of the bot: then legends name the instance. */
  readonly severalInstances: boolean
}

/** A query, ready to be sent. */
export interface PanelQuery {
  readonly refId: string
  /** Its name in the definition, empty if it is the only one. */
  readonly name: string
  readonly expr: string
  readonly unit: Shape
  /** The labels that distinguish its series. */
  readonly labels: readonly string[]
  readonly legend: string
  /** The smallest useful step, if it is not the bot's scrape interval. */
  readonly interval: string | null
  /** Whether the information is in its value, or in its labels (and the value is always 1). */
  readonly says: 'value' | 'state' | 'info'
  /** The window of a figure over lines of the log, whose expression is LogsQL; null for PromQL. */
  readonly window: string | null
}

/** A panel with everything that drawing its kind needs. */
export interface Drawing {
  readonly panel: AnyPanel
  readonly placed: PlacedPanel
  readonly queries: readonly PanelQuery[]
  readonly context: PanelContext
}

/** A field override. */
export interface Override {
  readonly matcher: MatcherConfig
  readonly properties: DynamicConfigValue[]
}

/** What one kind of panel adds to what all kinds share. */
export interface PanelBody {
  readonly type: string
  readonly options: object
  readonly custom?: object
  readonly color: FieldColor
  /** The colour of good values: line charts have no band behind them. */
  readonly good?: 'green' | 'transparent'
  readonly asks: { readonly instant: boolean; readonly format: PromQueryFormat }
  readonly overrides?: readonly Override[]
  readonly transformations?: readonly DataTransformerConfig[]
}
