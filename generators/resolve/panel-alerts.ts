import type { AnyAlert } from '../../definitions/language/alert.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import type { AnyPanel } from '../../definitions/language/panel.ts'
import { print } from '../promql/print.ts'
import { comparedThings, shownThings } from './thresholds.ts'

interface PanelAlerts {
  /** Those whose runbooks look at the panel. */
  readonly looking: readonly AnyAlert[]
  /** Those whose limits belong into it: the former, and those that compare what it shows, or what it shows the worst of. */
  readonly limiting: readonly AnyAlert[]
}

/** What alerts have to do with a panel, each list in the bot's order; indexed once, since a bot may have thousands of both. */
export function panelAlerts(bot: Bot): (panel: AnyPanel) => PanelAlerts {
  const looking = new Map<AnyPanel, Set<number>>()
  const comparing = new Map<string, Set<number>>()
  for (const [position, alert] of bot.alerts.entries()) {
    for (const panel of looksAt(alert)) add(looking, panel, position)
    for (const thing of comparedThings(alert)) add(comparing, print(thing), position)
  }
  const inOrder = (positions: readonly number[]) =>
    [...new Set(positions)].sort((a, b) => a - b).map((position) => bot.alerts[position] as AnyAlert)
  return (panel) => {
    const [shown] = panel.show
    const by = [...(looking.get(panel) ?? [])]
    const alike =
      shown === undefined ? [] : shownThings(shown.query).flatMap((of) => [...(comparing.get(print(of)) ?? [])])
    return { looking: inOrder(by), limiting: inOrder([...by, ...alike]) }
  }
}

/** The panels that an alert's runbook looks at, in the order of its steps. */
export const looksAt = (alert: AnyAlert): readonly AnyPanel[] =>
  alert.runbook.steps.flatMap((step) => (typeof step === 'object' && step.kind === 'look' ? [step.panel] : []))

function add<K>(to: Map<K, Set<number>>, key: K, position: number): void {
  const known = to.get(key)
  if (known === undefined) to.set(key, new Set([position]))
  else known.add(position)
}
