import type { AnyAlert } from '../../definitions/language/alert.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import type { AnyPanel, Shown } from '../../definitions/language/panel.ts'
import type { AnyRecord } from '../../definitions/language/record.ts'
import type { World } from '../meaning/world.ts'
import type { AlertRule, Model } from '../model/model.ts'
import type { Looked } from './looked.ts'

/** An alert with its rules as Prometheus receives them, checked. */
export interface LookedAlert {
  readonly alert: AnyAlert
  readonly rule: AlertRule
  readonly looked: readonly Looked[]
}
export interface LookedRecord {
  /** The recording rule it comes from; null if it was made for an alert's long hold. */
  readonly record: AnyRecord | null
  readonly name: string
  readonly looked: Looked
}
export interface LookedPanel {
  readonly panel: AnyPanel
  readonly shown: readonly { readonly shown: Shown; readonly looked: Looked }[]
}

/** Everything that belongs to one bot, for checks that need more than one expression. */
export interface Whole {
  readonly bot: Bot
  readonly model: Model
  readonly world: World
  readonly alerts: readonly LookedAlert[]
  readonly records: readonly LookedRecord[]
  readonly panels: readonly LookedPanel[]
}
