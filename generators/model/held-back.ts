import { seriesNames } from '../../definitions/language/family.ts'
import type { Metric } from '../../definitions/language/metric.ts'
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
export function heldBack(model: Pick<Model, 'alerts' | 'records' | 'bot'>): readonly AlertRule[] {
  const asksOwn = asking(model, ({ ofContract }) => !ofContract)
  return model.alerts.filter(({ of }) => {
    if (of.breaksQuiet) return false
    if (of.of === 'logs') return of.lines?.kind === 'absence'
    return of.of === 'condition' && !counts(of.when) && asksOwn(of.when)
  })
}

/** Whether an expression asks for those metrics of the bot, itself or through recording rules. */
export function asking(
  { records, bot }: Pick<Model, 'records' | 'bot'>,
  which: (metric: Metric) => boolean,
): (node: Node) => boolean {
  const own = new Set(Object.values(bot.metrics).filter(which).flatMap(seriesNames))
  const recorded = new Map(records.map(({ name, expr }) => [name, expr]))
  const isOwn = (name: string, above: readonly string[]): boolean => {
    const expr = recorded.get(name)
    return own.has(name) || (expr !== undefined && !above.includes(name) && asks(expr, [...above, name]))
  }
  const asks = (node: Node, above: readonly string[]): boolean =>
    selectorsOf(node).some(({ name }) => isOwn(name, above))
  return (node) => asks(node, [])
}

function counts(node: Node): boolean {
  const parsed = textOf(node)
  if (parsed !== null) return parsed.ok && counts(parsed.node)
  return (node.kind === 'call' && counting.has(node.fn)) || below(node).some(counts)
}
