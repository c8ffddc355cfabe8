import { durationText, milliseconds } from '../../definitions/language/duration.ts'
import type { AlertRule } from './model.ts'

/** How often a route sends, in the words of Alertmanager and of Grafana's notification policies. */
export interface RouteTiming {
  readonly group_interval: string
  readonly repeat_interval: string
}
interface TimingClass extends RouteTiming {
  readonly event: boolean
  readonly alerts: readonly string[]
}

/** How often messages of an alert are sent. */
export const timingOf = ({ cooldown, remindEvery }: AlertRule): RouteTiming => ({
  group_interval: cooldown,
  repeat_interval: repeatOf(cooldown, remindEvery),
})

/** Alerts with the same timing, events apart from those that end, in the order of their definition. */
export function timingsOf(alerts: readonly AlertRule[]): readonly TimingClass[] {
  const classes = new Map<string, TimingClass & { readonly alerts: string[] }>()
  for (const alert of alerts) {
    const { event } = alert.of
    const key = `${alert.cooldown} ${alert.remindEvery} ${event}`
    const known = classes.get(key)
    if (known === undefined) classes.set(key, { event, ...timingOf(alert), alerts: [alert.name] })
    else known.alerts.push(alert.name)
  }
  return [...classes.values()]
}

/** Half a cooldown short: at the exact multiple, slightly less time has passed since the last delivery, so Alertmanager would wait for one more. */
const repeatOf = (cooldown: string, remindEvery: string): string =>
  durationText((milliseconds(remindEvery) ?? 0) - (milliseconds(cooldown) ?? 0) / 2)
