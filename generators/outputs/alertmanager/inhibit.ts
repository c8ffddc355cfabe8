import { heldBack } from '../../model/held-back.ts'
import type { Model } from '../../model/model.ts'
import { anyOf, differs, equals } from './matcher.ts'

/** Compared anyway, or the same in a whole scrape. */
const everywhere: ReadonlySet<string> = new Set(['bot', 'env', 'job'])

/** Which alert mutes which: never across bot or env, nor across any other label that both sides have, such as a symbol. */
export function inhibitRules(model: Model): readonly object[] {
  const labelsOf = new Map(model.alerts.map(({ name, labels }) => [name, labels]))
  const muted = new Map<
    string,
    { readonly source: string; readonly shared: readonly string[]; readonly targets: string[] }
  >()
  for (const { source, name, labels } of mutings(model)) {
    // an empty label equals a missing one: if one side has no instance, it would never match the other
    const shared = labels.filter((label) => !everywhere.has(label) && labelsOf.get(source)?.includes(label))
    const key = [source, ...shared].join(' ')
    const known = muted.get(key)
    if (known === undefined) muted.set(key, { source, shared, targets: [name] })
    else known.targets.push(name)
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

/** Each alert with one that mutes it: those that its definition names, and what fires while the bot warms up. */
function mutings(model: Model) {
  const quiets = model.alerts.filter(({ of }) => of.of === 'quiet')
  const held = heldBack(model)
  return [
    ...model.alerts.flatMap(({ name, labels, mutedBy }) => mutedBy.map((source) => ({ source, name, labels }))),
    ...quiets.flatMap((quiet) => held.map(({ name, labels }) => ({ source: quiet.name, name, labels }))),
  ]
}
