import { heldBack } from './held-back.ts'
import type { AlertRule, Model } from './model.ts'

/** What mutes which alert: what its definition names, and what fires while the bot warms up. */
export function mutings(model: Model): readonly (readonly [source: AlertRule, target: AlertRule])[] {
  const named = new Map(model.alerts.map((alert) => [alert.name, alert]))
  const held = heldBack(model)
  return [
    ...model.alerts.flatMap((target) =>
      target.mutedBy.flatMap((name) => {
        const source = named.get(name)
        return source === undefined ? [] : [[source, target] as const]
      }),
    ),
    ...model.alerts
      .filter(({ of }) => of.of === 'quiet')
      .flatMap((source) => held.map((target) => [source, target] as const)),
  ]
}
