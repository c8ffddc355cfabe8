import type { AnyAlert } from '../../definitions/language/alert.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import type { AnyPanel, ShownQuery } from '../../definitions/language/panel.ts'
import type { AnyRecord } from '../../definitions/language/record.ts'
import type { World } from '../meaning/world.ts'
import type { AlertRule, Model } from '../model/model.ts'
import type { CheckedExpression } from './checked-expression.ts'

/** An alert with its rules as Prometheus receives them, checked. */
export interface CheckedAlert {
  readonly alert: AnyAlert
  readonly rule: AlertRule
  readonly expressions: readonly CheckedExpression[]
}
export interface CheckedRecord {
  /** The recording rule it comes from; null if it was made for an alert's long hold. */
  readonly record: AnyRecord | null
  readonly name: string
  readonly expression: CheckedExpression
}
export interface CheckedPanel {
  readonly panel: AnyPanel
  readonly shown: readonly { readonly shown: ShownQuery; readonly looked: CheckedExpression }[]
}

/** Everything that belongs to one bot, for checks that need more than one expression. */
export interface BotContext {
  readonly bot: Bot
  readonly model: Model
  readonly world: World
  readonly alerts: readonly CheckedAlert[]
  readonly records: readonly CheckedRecord[]
  readonly panels: readonly CheckedPanel[]
}
