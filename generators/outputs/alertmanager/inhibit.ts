import type { Model } from '../../model/model.ts'
import { muteScope } from '../../model/mute-scope.ts'
import { mutings } from '../../model/muting.ts'
import { anyOf, differs, equals } from './matcher.ts'

/** Which alert mutes which: never across bot or env, nor across any other label that both sides have, such as a symbol. */
export function inhibitRules(model: Model): readonly object[] {
  const muted = new Map<
    string,
    { readonly source: string; readonly shared: readonly string[]; readonly targets: string[] }
  >()
  for (const [source, target] of mutings(model)) {
    const shared = muteScope(source, target)
    const key = [source.name, ...shared].join(' ')
    const known = muted.get(key)
    if (known === undefined) muted.set(key, { source: source.name, shared, targets: [target.name] })
    else known.targets.push(target.name)
  }
  // what Prometheus evaluated last says nothing once it is silent, and its end even less
  const all = model.alerts
    .filter(({ of }) => of.of === 'posted')
    .map(({ name }) => ({
      source_matchers: [equals('alertname', name)],
      target_matchers: [differs('alertname', name)],
      equal: ['bot', 'evaluator'],
    }))
  const each = [...muted.values()].map(({ source, shared, targets }) => ({
    source_matchers: [equals('alertname', source)],
    target_matchers: [anyOf('alertname', targets)],
    equal: ['bot', 'env', ...shared],
  }))
  return [...all, ...each]
}
