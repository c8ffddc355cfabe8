import type { AnyAlert } from '../../definitions/language/alert.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import type { AnyDashboard } from '../../definitions/language/dashboard.ts'
import type { Defect } from '../../definitions/language/defect.ts'
import { seriesNames } from '../../definitions/language/family.ts'
import type { Node, SelectorNode } from '../../definitions/language/node.ts'
import type { AnyPanel } from '../../definitions/language/panel.ts'
import type { AnyRecord } from '../../definitions/language/record.ts'
import type { AnyRunbook, Step } from '../../definitions/language/runbook.ts'
import { type Finding, finding, type Subject } from '../model/finding.ts'
import { freeLabelDefects, freeLabelsOf } from '../model/free-labels.ts'
import { keepLabels } from './keep-labels.ts'
import type { Pass } from './pass.ts'

/** Keeps the free labels of the bot's targets in all its rules and panels. */
export const freeLabelsPass: Pass = (bot, draft) => ({ draft, ...withFreeLabels(bot) })

/** A bot whose rules and panels keep the free labels of its targets, with the problems found; without free labels, the bot unchanged. */
function withFreeLabels(bot: Bot): { readonly bot: Bot; readonly findings: readonly Finding[] } {
  const defects = freeLabelDefects(bot).map((f) =>
    finding({ of: `bot ${bot.name}`, key: bot.name, where: bot.where }, f),
  )
  const free = freeLabelsOf(bot)
  if (free.length === 0) return { bot, findings: defects }

  const found: Finding[] = [...defects]
  const carried = carriedBy(bot, free)
  const kept = (node: Node, labels: readonly string[], subject: Subject) => {
    const made = keepLabels(node, carried)
    found.push(...made.defects.map((f: Defect) => finding(subject, f)))
    return { node: made.node, labels: Object.freeze([...new Set([...labels, ...made.labels])].sort()) }
  }

  const record = (of: AnyRecord): AnyRecord => {
    const { node, labels } = kept(of.of, of.labels, subjectOf(of, `recording rule ${of.name}`))
    return Object.freeze({ ...of, of: node, labels })
  }
  const panel = once((of: AnyPanel): AnyPanel => {
    const show = of.show.map((shown) => {
      const { node, labels } = kept(shown.query, shown.labels, subjectOf(of, `panel ${of.name}`))
      return Object.freeze({ ...shown, query: node, labels })
    })
    return Object.freeze({ ...of, show: Object.freeze(show) })
  })
  const step = (of: Step): Step => (of.kind === 'look' ? Object.freeze({ ...of, panel: panel(of.panel) }) : of)
  const alert = once((of: AnyAlert): AnyAlert => {
    const { node, labels } = kept(of.when, of.labels, subjectOf(of, `alert ${of.name}`))
    const [first, ...more] = of.runbook.steps
    const steps: AnyRunbook['steps'] = Object.freeze([step(first), ...more.map(step)] as const)
    const runbook = Object.freeze({ ...of.runbook, steps })
    const marks = Object.freeze(of.marks.map((mark) => Object.freeze({ ...mark, panel: panel(mark.panel) })))
    return Object.freeze({ ...of, when: node, labels, runbook, marks, mutedBy: Object.freeze(of.mutedBy.map(alert)) })
  })
  const board = (of: AnyDashboard): AnyDashboard => Object.freeze({ ...of, panels: mapped(of.panels, panel) })
  return {
    bot: Object.freeze({
      ...bot,
      records: Object.freeze(bot.records.map(record)),
      dashboards: mapped(bot.dashboards, board),
      alerts: Object.freeze(bot.alerts.map(alert)),
    }),
    findings: found,
  }
}

const subjectOf = ({ key, where }: Pick<Subject, 'key' | 'where'>, of: string): Subject => ({ of, key, where })

const mapped = <T>(of: Readonly<Record<string, T>>, change: (value: T) => T): Readonly<Record<string, T>> =>
  Object.freeze(Object.fromEntries(Object.entries(of).map(([key, value]) => [key, change(value)])))

/** Returns the same result for the same value: panels and alerts are referred to as values. */
function once<T extends object>(make: (of: T) => T): (of: T) => T {
  const made = new Map<T, T>()
  return (of) => {
    const known = made.get(of) ?? make(of)
    made.set(of, known)
    return known
  }
}

/** Which free labels the series of a selector have: those of the bot's own targets do, those of the exporters do not. */
function carriedBy(bot: Bot, free: readonly string[]): (of: SelectorNode) => readonly string[] {
  const jobs = new Map<string, Set<string>>()
  for (const { job, metrics } of bot.exporters)
    for (const name of Object.values(metrics).flatMap(seriesNames)) {
      const known = jobs.get(name)
      if (known === undefined) jobs.set(name, new Set([job]))
      else known.add(job)
    }
  const records = new Map(bot.records.map(({ name, of }) => [name, of]))
  const recorded = new Map<string, readonly string[]>()

  const carried = (of: SelectorNode): readonly string[] => {
    const record = records.get(of.name)
    if (record !== undefined) {
      const known = recorded.get(of.name)
      if (known !== undefined) return known
      // A record that uses itself would recurse forever.
      recorded.set(of.name, [])
      const made = keepLabels(record, carried).labels
      recorded.set(of.name, made)
      return made
    }
    const asked = of.matchers.find(({ label, op }) => label === 'job' && op === '=')?.value
    if (asked !== undefined) return asked === bot.name ? free : []
    // Alerts have the labels of their series.
    if (of.name === 'ALERTS' || of.name === 'ALERTS_FOR_STATE') return free
    const from = jobs.get(of.name)
    return from === undefined || from.has(bot.name) ? free : []
  }
  return carried
}
