import type { AnyAlert } from '../../definitions/language/alert.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import { below, type Node } from '../../definitions/language/node.ts'
import { textOf } from './usage.ts'

/** What an expression does when series are missing, by their names. */
interface Missing {
  /** Names without which it yields nothing, or less. */
  readonly silences: ReadonlySet<string>
  /** Names whose absence it reports. */
  readonly reports: ReadonlySet<string>
}

/** Which alerts depend on a series, and whether one reports that it is missing. */
interface Dependants {
  /** The alerts that cannot fire, or not for everything, while no series has this name. */
  readonly of: (name: string) => readonly AnyAlert[]
  /** Whether an alert fires because no series has this name. */
  readonly areWarned: (name: string) => boolean
}

const absences = new Set(['absent', 'absent_over_time'])

/** The alerts of a bot by the series that they depend on, through recording rules too. */
export function dependantsOf({ alerts, records }: Pick<Bot, 'alerts' | 'records'>): Dependants {
  const recorded = new Map(records.map(({ name, of }) => [name, of]))
  const byName = new Map<string, AnyAlert[]>()
  const reported = new Set<string>()
  for (const alert of alerts) {
    const { silences, reports } = missing(alert.when, recorded, new Set())
    if (alert.of === 'absence') {
      for (const name of silences) reported.add(name)
      continue
    }
    for (const name of reports) reported.add(name)
    for (const name of silences) if (!reports.has(name)) byName.set(name, [...(byName.get(name) ?? []), alert])
  }
  return { of: (name) => byName.get(name) ?? [], areWarned: (name) => reported.has(name) }
}

function missing(node: Node, recorded: ReadonlyMap<string, Node>, above: ReadonlySet<string>): Missing {
  const inside = (of: Node) => missing(of, recorded, above)
  const parsed = textOf(node)
  if (parsed !== null) return parsed.ok ? inside(parsed.node) : none
  if (node.kind === 'selector') {
    const of = recorded.get(node.name)
    if (of === undefined || above.has(node.name)) return { silences: new Set([node.name]), reports: none.reports }
    return joined([missing(of, recorded, new Set([...above, node.name])), { ...none, silences: new Set([node.name]) }])
  }
  const all = below(node).map(inside)
  if (node.kind === 'call' && absences.has(node.fn)) return { ...none, reports: joined(all).silences }
  if (node.kind === 'binary' && node.op === 'unless') {
    const [left = none, right = none] = all
    const reports = [...right.silences].filter((name) => !left.silences.has(name))
    return { silences: left.silences, reports: new Set([...left.reports, ...reports]) }
  }
  return joined(all)
}

const none: Missing = { silences: new Set(), reports: new Set() }

const joined = (all: readonly Missing[]): Missing => ({
  silences: new Set(all.flatMap(({ silences }) => [...silences])),
  reports: new Set(all.flatMap(({ reports }) => [...reports])),
})
