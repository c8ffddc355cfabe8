import { auto } from '../../definitions/language/duration.ts'
import { figuresOf } from '../../definitions/language/figures.ts'
import { below, type Node, type SelectorNode, selectors } from '../../definitions/language/node.ts'
import { type ParseResult, parse } from '../promql/parse.ts'
import { print } from '../promql/print.ts'
import type { AlertRule, Model, RecordRule } from './model.ts'
import { type ShownPanel, shownPanels } from './panel-index.ts'

/** What uses a series, in the order of the model. */
export interface Usage {
  readonly alerts: readonly AlertRule[]
  readonly records: readonly RecordRule[]
  readonly panels: readonly ShownPanel[]
}

/** What uses a metric or record under any of its names; for an alert, both its condition as written and its final rules count. */
export function usageOf(model: Model): (names: readonly string[]) => Usage {
  const alerts = askersOf(model.alerts, ({ of, rules }) => [
    of.when,
    ...rules.map(({ expr }) => expr),
    ...figuresOf(of).map(({ query }) => query),
  ])
  const records = askersOf(model.records, (record) => [record.expr])
  const panels = askersOf(shownPanels(model), ({ panel }) => panel.of.show.map(({ query }) => query))
  return (names) => ({ alerts: alerts(names), records: records(names), panels: panels(names) })
}

function askersOf<T>(
  all: readonly T[],
  queries: (one: T) => readonly Node[],
): (names: readonly string[]) => readonly T[] {
  const positions = new Map<string, Set<number>>()
  for (const [position, one] of all.entries())
    for (const { name } of queries(one).flatMap(selectorsOf)) {
      const known = positions.get(name)
      if (known === undefined) positions.set(name, new Set([position]))
      else known.add(position)
    }
  return (names) => {
    const found = new Set(names.flatMap((name) => [...(positions.get(name) ?? [])]))
    return [...found].sort((a, b) => a - b).map((position) => all[position] as T)
  }
}

/** Every selector of a query, including those in raw text. */
export function selectorsOf(node: Node): readonly SelectorNode[] {
  const parsed = textOf(node)
  return parsed?.ok ? selectors(parsed.node) : selectors(node)
}

/** A query with raw text, parsed; null if it has no raw text. */
export const textOf = (node: Node): ParseResult | null =>
  hasText(node) ? parse(print(node).replaceAll(auto, '5m')) : null

const hasText = (node: Node): boolean => node.kind === 'text' || below(node).some(hasText)
