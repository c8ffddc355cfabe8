import type {
  DataTransformerConfig,
  DynamicConfigValue,
  FieldColor,
  MatcherConfig,
} from '@grafana/grafana-foundation-sdk/dashboard'
import type { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import type { AnyPanel } from '../../../definitions/language/panel.ts'
import type { AlertRule, Model, PlacedPanel } from '../../model/model.ts'
import type { Choices } from './narrow.ts'
import type { Shape } from './unit.ts'

/** What the panels of one dashboard are drawn with. */
export interface Context {
  readonly model: Model
  readonly choices: Choices
  readonly alerts: ReadonlyMap<string, AlertRule>
  /** Whether one environment can have several processes of the bot: then curves name theirs. */
  readonly severalInstances: boolean
}

/** A query, ready to be asked. */
export interface Query {
  readonly refId: string
  /** Its name in the definition, empty where it is the only one. */
  readonly name: string
  readonly expr: string
  readonly unit: Shape
  /** What tells its series apart. */
  readonly labels: readonly string[]
  readonly legend: string
  /** The shortest step worth asking for, where it is not the bot's scrape interval. */
  readonly interval: string | null
  /** Whether its labels are what it says, and its value is always 1. */
  readonly says: 'value' | 'state' | 'info'
}

/** A panel with all that its kind needs to know. */
export interface Drawing {
  readonly panel: AnyPanel
  readonly placed: PlacedPanel
  readonly queries: readonly Query[]
  readonly context: Context
}

/** An override of how some fields are shown. */
export interface Override {
  readonly matcher: MatcherConfig
  readonly properties: DynamicConfigValue[]
}

/** What one kind of panel adds to the frame that all kinds share. */
export interface Drawn {
  readonly type: string
  readonly options: object
  readonly custom?: object
  readonly color: FieldColor
  /** The colour of good values: lines stand on no band. */
  readonly good?: 'green' | 'transparent'
  readonly asks: { readonly instant: boolean; readonly format: PromQueryFormat }
  readonly overrides?: readonly Override[]
  readonly transformations?: readonly DataTransformerConfig[]
}
