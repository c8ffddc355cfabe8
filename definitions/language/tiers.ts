import { type Alert, type AnyAlert, alerts } from './alert.ts'
import { defect } from './defect.ts'
import { type Severity, severities } from './severity.ts'
import { whereIs } from './where.ts'

/** One step of an alert that gets worse: its limit, and how severe it is from there on. */
export interface Tier<S extends Severity, L> {
  readonly severity: S
  readonly limit: L
}

export const tier = <const S extends Severity, const L>(severity: S, limit: L): Tier<S, L> =>
  Object.freeze({ severity, limit })

/**
 * Alerts on one value with several limits, the worst first: each is muted by those before it, so a value that gets worse is
 * notified again, and one that is far beyond the first limit is notified once.
 *
 * ```ts
 * tiers({ LossCritical: tier('critical', percent(6)), LossHigh: tier('warning', percent(3)) }, ({ severity, limit }) =>
 *   alert({ when: loss.gt(limit), severity, … }),
 * )
 * ```
 */
export function tiers<const S extends Severity, L, const T extends Readonly<Record<string, Tier<S, L>>>>(
  steps: T & Readonly<Record<string, Tier<S, L>>>,
  define: (step: Tier<Severity, L>) => AnyAlert,
): { readonly [K in keyof T]: Alert<T[K]['severity']> } {
  const where = whereIs(tiers)
  const worse: AnyAlert[] = []
  for (const [name, step] of Object.entries(steps) as [string, Tier<S, L>][]) {
    const alert = alerts({ [name]: define(step) })[name] as AnyAlert
    const milder = worse.find(({ severity }) => severities.indexOf(severity) > severities.indexOf(step.severity))
    const wrong =
      milder === undefined
        ? []
        : [
            defect(
              'tiers-order',
              `${step.severity}, but it comes after ${milder.name}, which is only ${milder.severity} and would mute it`,
              'write the worst tier first',
            ),
          ]
    worse.push(
      Object.freeze({
        ...alert,
        where,
        mutedBy: Object.freeze([...alert.mutedBy, ...worse]),
        defects: Object.freeze([...alert.defects, ...wrong]),
      }),
    )
  }
  return Object.freeze(Object.fromEntries(worse.map((alert) => [alert.name, alert]))) as never
}
