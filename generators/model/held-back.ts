import { seriesNames } from '../../definitions/language/family.ts'
import { below, type Node } from '../../definitions/language/node.ts'
import type { AlertRule, Model } from './model.ts'
import { selectorsOf, textOf } from './usage.ts'

/** Functions that count what happens to a series over restarts: no warm-up explains a restart. */
const counting = new Set(['changes', 'resets'])

/**
 * The alerts that are held back while the bot warms up: those on figures of its own and on the absence of its lines, neither of which
 * it has yet. Not those that break a quiet, count restarts, or are about its contract and its scrapes; nor those on lines that it does
 * write.
 */
export function heldBack({ alerts, records, bot }: Pick<Model, 'alerts' | 'records' | 'bot'>): readonly AlertRule[] {
  const own = new Set(
    Object.values(bot.metrics)
      .filter(({ ofContract }) => !ofContract)
      .flatMap(seriesNames),
  )
  const recorded = new Map(records.map(({ name, expr }) => [name, expr]))
  const isOwn = (name: string, above: readonly string[]): boolean => {
    const expr = recorded.get(name)
    return own.has(name) || (expr !== undefined && !above.includes(name) && asksOwn(expr, [...above, name]))
  }
  const asksOwn = (node: Node, above: readonly string[]): boolean =>
    selectorsOf(node).some(({ name }) => isOwn(name, above))
  return alerts.filter(({ of }) => {
    if (of.breaksQuiet) return false
    if (of.of === 'logs') return of.lines?.kind === 'absence'
    return of.of === 'condition' && !counts(of.when) && asksOwn(of.when, [])
  })
}

function counts(node: Node): boolean {
  const parsed = textOf(node)
  if (parsed !== null) return parsed.ok && counts(parsed.node)
  return (node.kind === 'call' && counting.has(node.fn)) || below(node).some(counts)
}
