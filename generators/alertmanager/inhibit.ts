import type { Model } from '../model.ts'
import { anyOf, equals } from './matcher.ts'

/** Which alert mutes which: never across bot or env, nor across instances where both sides carry one. */
export function inhibitRules(model: Model): readonly object[] {
  const labelsOf = new Map(model.alerts.map(({ name, labels }) => [name, labels]))
  const muted = new Map<string, { readonly source: string; readonly byInstance: boolean; readonly targets: string[] }>()
  for (const { name, labels, mutedBy } of model.alerts)
    for (const source of mutedBy) {
      // an empty label equals a missing one: where one side has no instance, it would never match the other
      const byInstance = labels.includes('instance') && (labelsOf.get(source)?.includes('instance') ?? false)
      const key = `${source} ${byInstance}`
      const known = muted.get(key)
      if (known === undefined) muted.set(key, { source, byInstance, targets: [name] })
      else known.targets.push(name)
    }
  return [...muted.values()].map(({ source, byInstance, targets }) => ({
    source_matchers: [equals('alertname', source)],
    target_matchers: [anyOf('alertname', targets)],
    equal: ['bot', 'env', ...(byInstance ? ['instance'] : [])],
  }))
}
