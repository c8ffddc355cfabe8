import type { Bot } from '../../definitions/language/bot.ts'
import { type Defect, defect } from '../../definitions/language/defect.ts'
import { seriesNames } from '../../definitions/language/family.ts'
import { figuresOf } from '../../definitions/language/figures.ts'
import type { Node } from '../../definitions/language/node.ts'
import { type RetiredNames, retiredOf } from '../../definitions/language/retired.ts'
import { type Finding, finding } from '../model/finding.ts'
import { selectorsOf, textOf } from '../model/usage.ts'
import { print } from '../promql/print.ts'
import { nearest } from '../text/nearest.ts'

/** The metric names that a bot's queries and texts may use. */
export interface KnownNames {
  readonly prefix: string
  readonly names: ReadonlySet<string>
  readonly retired: RetiredNames
}

/** Every name that a query of this bot may use, and the retired ones that it may not. */
export function knownNames(bot: Bot): KnownNames {
  const metrics = [...Object.values(bot.metrics), ...bot.exporters.flatMap((e) => Object.values(e.metrics))]
  return {
    prefix: bot.name,
    names: new Set([...metrics.flatMap(seriesNames), ...bot.records.map((of) => of.name)]),
    retired: retiredOf(bot.metrics),
  }
}

/** Names that a query uses, by value or in text, but nothing exposes. */
export const unknownQueryNames = (known: KnownNames, query: Node): readonly Defect[] =>
  [...new Set(selectorsOf(query).map(({ name }) => name))]
    .filter((name) => name !== '' && !known.names.has(name))
    .map((name) => undeclaredMetric(known, name))

/** Why the text of a query cannot be parsed; its names are then not checked. */
export function unreadable(query: Node): readonly Defect[] {
  const parsed = textOf(query)
  if (parsed === null || parsed.ok) return []
  const [first] = parsed.errors
  return [
    defect(
      'promql-text',
      `its text is not PromQL: ${first?.message ?? 'it cannot be parsed'}, in ${print(query)}`,
      first === undefined || first.fix === '' ? 'write valid PromQL' : first.fix,
    ),
  ]
}

/** Reports a name that is used but that nothing exposes. */
export const undeclaredMetric = (known: KnownNames, name: string): Defect =>
  defect(
    'metric-undeclared',
    `it uses ${name}, ${whyUnknown(known, name, 'which neither this bot nor its exporters expose')}`,
    instead(known, name, 'declare it, or list its catalogue in the bot'),
  )

/** Words in a runbook that look like a metric of the bot but are not. */
export const unknownProseNames = (known: KnownNames, words: string): readonly Defect[] =>
  [...words.matchAll(new RegExp(`\\b${known.prefix}[_:][a-z0-9_:]*[a-z0-9_]`, 'g'))]
    .map(([name]) => name)
    .filter((name) => !known.names.has(name))
    .map((name) =>
      defect(
        'runbook-metric',
        `its runbook mentions ${name}, ${whyUnknown(known, name, 'which nothing exposes')}`,
        'insert the metric into a note by value, so that a rename follows',
      ),
    )

const whyUnknown = ({ retired }: KnownNames, name: string, otherwise: string): string =>
  Object.hasOwn(retired, name) ? `which is retired: ${retired[name]}` : otherwise

function instead({ names, retired }: KnownNames, name: string, otherwise: string): string {
  if (Object.hasOwn(retired, name)) return 'use its replacement'
  const near = nearest(name, names)
  return near === '' ? otherwise : `${near} Otherwise ${otherwise}`
}

/** Metrics that no panel or rule uses, except those about the contract, which every bot has. */
export function unwatchedMetrics(bot: Bot): readonly Finding[] {
  const queries = [
    ...bot.alerts.flatMap((alert) => [alert.when, ...figuresOf(alert).map(({ query }) => query)]),
    ...bot.records.map((record) => record.of),
    ...Object.values(bot.dashboards).flatMap((board) =>
      Object.values(board.panels).flatMap((panel) => panel.show.map((shown) => shown.query)),
    ),
  ]
  const used = new Set(queries.flatMap(named))
  return Object.values(bot.metrics)
    .filter((metric) => !metric.ofContract && !seriesNames(metric).some((name) => used.has(name)))
    .map((metric) =>
      finding(
        { of: `metric ${metric.name}`, key: metric.key, where: metric.where },
        defect(
          'metric-unwatched',
          'no panel shows it and no rule uses it',
          'show it in a panel, use it in a rule, or stop emitting it',
        ),
        'warning',
      ),
    )
}

/** If a text cannot be parsed, each of its words counts as a possible name: a false alarm would be worse. */
const named = (query: Node): readonly string[] =>
  textOf(query)?.ok === false
    ? (print(query).match(/[a-zA-Z_:][\w:]*/g) ?? [])
    : selectorsOf(query).map(({ name }) => name)
