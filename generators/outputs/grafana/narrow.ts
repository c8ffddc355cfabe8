import {
  type Matcher,
  type MatchOp,
  type Node,
  rewrite,
  type SelectorNode,
} from '../../../definitions/language/node.ts'
import type { BoardVariable } from '../../model/model.ts'
import { jobOf, type SeriesSource, type SeriesSources } from './sources.ts'
import { repairText } from './text-door.ts'

/** The variables of a dashboard, and the series that they narrow. */
export interface DashboardFilters {
  readonly bot: string
  readonly sources: SeriesSources
  readonly variables: readonly BoardVariable[]
  /** The free labels of the bot's targets; each has a variable with its name. */
  readonly free: readonly string[]
}

/** The query with the dashboard's variables in every selector whose series have the labels and that does not match on them already. */
export const narrow = (query: Node, choices: DashboardFilters): Node =>
  rewrite(query, (node) => {
    if (node.kind === 'selector') return narrowed(node, matchersOf(node, choices))
    return node.kind === 'text' ? repairText(node) : node
  })

/** The matchers that the dashboard's variables add to a selector. */
export function matchersOf(node: SelectorNode, choices: DashboardFilters): readonly Matcher[] {
  if (node.name === 'ALERTS' || node.name === 'ALERTS_FOR_STATE') return ofAlerts(choices.free)
  const source = choices.sources.get(node.name)
  const job = jobOf(node, choices)
  const ofTarget = job === choices.bot ? [...ofBot, ...choices.free.map(chosen)] : ofElsewhere
  return [
    ...ofTarget.filter(({ label }) => source === undefined || source.labels.has(label)),
    ...ofVariables(source, job, choices),
  ]
}

const matcher = (label: string, op: MatchOp, value: string): Matcher => Object.freeze({ label, op, value })
const ofBot = [matcher('env', '=', '$env'), matcher('instance', '=~', '$instance')]
/** The machine and the servers next to the bot are not instances of it. */
const ofElsewhere = [matcher('env', '=', '$env')]
/** An alert without an environment concerns all environments, just as one without an account concerns all accounts. */
export const ofAlerts = (free: readonly string[]): readonly Matcher[] =>
  ['env', ...free].map((label) => matcher(label, '=~', `|$${label}`))
const chosen = (label: string) => matcher(label, '=~', `$${label}`)

const ofVariables = (source: SeriesSource | undefined, job: string | null, { sources, variables }: DashboardFilters) =>
  variables
    .filter(({ of }) => source?.labels.has(of.label) && jobOfMetric(of.metric, sources) === job)
    .map(({ name, of }) => matcher(of.label, '=~', `$${name}`))

/** The job that the series of a metric come from. */
export const jobOfMetric = (metric: BoardVariable['of']['metric'], sources: SeriesSources): string | null =>
  (sources.get(metric.name) ?? sources.get(`${metric.name}_bucket`))?.job ?? null

function narrowed(node: SelectorNode, matchers: readonly Matcher[]): Node {
  const free = matchers.filter(({ label }) => !node.matchers.some((own) => own.label === label))
  return Object.freeze({ ...node, matchers: Object.freeze([...node.matchers, ...free]) })
}
