import type { AnyPanel } from '../../../definitions/language/panel.ts'
import { heldBack } from '../../model/held-back.ts'
import type { AlertRule, Model, RecordRule } from '../../model/model.ts'
import { panelIndex, type ShownPanel } from '../../model/panel-index.ts'

/** What every page looks up, gathered once. */
export interface Facts {
  readonly model: Model
  readonly places: ReadonlyMap<AnyPanel, ShownPanel>
  readonly alerts: ReadonlyMap<string, AlertRule>
  /** The alerts that each one mutes, by its name. */
  readonly mutes: ReadonlyMap<string, readonly AlertRule[]>
  /** The alerts that mute everything that Prometheus evaluates. */
  readonly posted: readonly AlertRule[]
  /** The alerts that hold back others while the bot warms up. */
  readonly quiets: readonly AlertRule[]
  /** The names of those others. */
  readonly heldBack: ReadonlySet<string>
  readonly records: ReadonlyMap<string, RecordRule>
}

export const factsOf = (model: Model): Facts => ({
  model,
  places: panelIndex(model),
  alerts: new Map(model.alerts.map((alert) => [alert.name, alert])),
  mutes: mutesOf(model.alerts),
  posted: model.alerts.filter(({ of }) => of.of === 'posted'),
  quiets: model.alerts.filter(({ of }) => of.of === 'quiet'),
  heldBack: new Set(heldBack(model).map(({ name }) => name)),
  records: new Map(model.records.map((record) => [record.name, record])),
})

function mutesOf(alerts: readonly AlertRule[]): ReadonlyMap<string, readonly AlertRule[]> {
  const found = new Map<string, AlertRule[]>()
  for (const alert of alerts)
    for (const cause of new Set(alert.mutedBy)) {
      const known = found.get(cause)
      if (known === undefined) found.set(cause, [alert])
      else known.push(alert)
    }
  return found
}
