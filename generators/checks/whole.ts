import type { AnyAlert } from '../../definitions/language/alert.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import type { AnyPanel, Shown } from '../../definitions/language/panel.ts'
import type { AnyRecord } from '../../definitions/language/record.ts'
import type { World } from '../meaning/world.ts'
import type { AlertRule, Model } from '../model/model.ts'
import type { Looked } from './looked.ts'

/** A rule of an alert, as Prometheus gets it. */
export interface LookedAlert {
  readonly alert: AnyAlert
  readonly rule: AlertRule
  readonly looked: readonly Looked[]
}
export interface LookedRecord {
  /** The definition that it comes from: a recording rule, or the alert whose hold asked for it. */
  readonly record: AnyRecord | null
  readonly name: string
  readonly looked: Looked
}
export interface LookedPanel {
  readonly panel: AnyPanel
  readonly shown: readonly { readonly shown: Shown; readonly looked: Looked }[]
}

/** All that belongs to one bot, for the checks that need more than one expression. */
export interface Whole {
  readonly bot: Bot
  readonly model: Model
  readonly world: World
  readonly alerts: readonly LookedAlert[]
  readonly records: readonly LookedRecord[]
  readonly panels: readonly LookedPanel[]
}
