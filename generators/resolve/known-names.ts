import type { Bot } from '../../definitions/language/bot.ts'
import { seriesNames } from '../../definitions/language/family.ts'
import { type Fault, fault } from '../../definitions/language/fault.ts'
import type { Node } from '../../definitions/language/node.ts'
import { type Retired, retiredOf } from '../../definitions/language/retired.ts'
import { type Finding, finding } from '../model/finding.ts'
import { asked, textOf } from '../model/usage.ts'
import { print } from '../promql/print.ts'
import { nearest } from '../text/nearest.ts'

/** What queries and sentences of a bot may name. */
export interface KnownNames {
  readonly prefix: string
  readonly names: ReadonlySet<string>
  readonly retired: Retired
}

/** Every name that a query of this bot may ask for, and those that it no longer may. */
export function knownNames(bot: Bot): KnownNames {
  const metrics = [...Object.values(bot.metrics), ...bot.exporters.flatMap((e) => Object.values(e.metrics))]
  return {
    prefix: bot.name,
    names: new Set([...metrics.flatMap(seriesNames), ...bot.records.map((of) => of.name)]),
    retired: retiredOf(bot.metrics),
  }
}

/** Names that a query asks for, by value or in text, and that nothing exposes. */
export const unknownAsked = (known: KnownNames, query: Node): readonly Fault[] =>
  [...new Set(asked(query).map(({ name }) => name))]
    .filter((name) => name !== '' && !known.names.has(name))
    .map((name) => undeclared(known, name))

/** What is wrong with the text of a query that nobody can read: its names are then not checked. */
export function unreadable(query: Node): readonly Fault[] {
  const parsed = textOf(query)
  if (parsed === null || parsed.ok) return []
  const [first] = parsed.mistakes
  return [
    fault(
      'promql-text',
      `its text is no PromQL: ${first?.message ?? 'it cannot be read'}, in ${print(query)}`,
      first === undefined || first.fix === '' ? 'write what Prometheus reads' : first.fix,
    ),
  ]
}

/** What is said of a name that is asked for and that nothing exposes. */
export const undeclared = (known: KnownNames, name: string): Fault =>
  fault(
    'metric-undeclared',
    `it asks for ${name}, ${whyUnknown(known, name, 'which nothing of this bot exposes')}`,
    instead(known, name, 'declare it, or list its catalogue under the bot'),
  )

/** Words in a runbook that look like a metric of the bot and are none. */
export const unknownWords = (known: KnownNames, words: string): readonly Fault[] =>
  [...words.matchAll(new RegExp(`\\b${known.prefix}[_:][a-z0-9_:]*[a-z0-9_]`, 'g'))]
    .map(([name]) => name)
    .filter((name) => !known.names.has(name))
    .map((name) =>
      fault(
        'runbook-metric',
        `its runbook says ${name}, ${whyUnknown(known, name, 'which nothing exposes')}`,
        'write the metric into a note by value, so that a rename follows',
      ),
    )

const whyUnknown = ({ retired }: KnownNames, name: string, otherwise: string): string =>
  Object.hasOwn(retired, name) ? `which is retired: ${retired[name]}` : otherwise

function instead({ names, retired }: KnownNames, name: string, otherwise: string): string {
  if (Object.hasOwn(retired, name)) return 'ask for what took its place'
  const near = nearest(name, names)
  return near === '' ? otherwise : `${near} Otherwise ${otherwise}`
}

/** Metrics without a panel or a rule, which are emitted for nobody; those about the contract are nobody's to leave out. */
export function unwatched(bot: Bot): readonly Finding[] {
  const queries = [
    ...bot.alerts.map((alert) => alert.when),
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
        fault('metric-unwatched', 'no panel shows it and no rule watches it', 'show it, or do not emit it'),
        'warning',
      ),
    )
}

/** Where the text cannot be read, each of its words may be a name: a false alarm would be worse. */
const named = (query: Node): readonly string[] =>
  textOf(query)?.ok === false ? (print(query).match(/[a-zA-Z_:][\w:]*/g) ?? []) : asked(query).map(({ name }) => name)
