import {
  type Matcher,
  type MatchOp,
  type Node,
  rewrite,
  type SelectorNode,
} from '../../../definitions/language/node.ts'
import type { BoardVariable } from '../../model/model.ts'
import { jobOf, type Source, type Sources } from './sources.ts'
import { mended } from './text-door.ts'

/** What a dashboard's reader may choose, and whose series it narrows. */
export interface Choices {
  readonly bot: string
  readonly sources: Sources
  readonly variables: readonly BoardVariable[]
  /** The labels of the owner's choosing that the bot's targets carry; each has a variable of its name. */
  readonly free: readonly string[]
}

/** The query with the reader's choices in every selector that carries their labels and does not match on them already. */
export const narrow = (query: Node, choices: Choices): Node =>
  rewrite(query, (node) => {
    if (node.kind === 'selector') return narrowed(node, matchersOf(node, choices))
    return node.kind === 'text' ? mended(node) : node
  })

/** The matchers that the reader's choices make of a selector's series. */
export function matchersOf(node: SelectorNode, choices: Choices): readonly Matcher[] {
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
/** The machine and the servers beside the bot are no instances of it. */
const ofElsewhere = [matcher('env', '=', '$env')]
/** An alert without an environment concerns all of them, as one without an account does all accounts. */
export const ofAlerts = (free: readonly string[]): readonly Matcher[] =>
  ['env', ...free].map((label) => matcher(label, '=~', `|$${label}`))
const chosen = (label: string) => matcher(label, '=~', `$${label}`)

const ofVariables = (source: Source | undefined, job: string | null, { sources, variables }: Choices) =>
  variables
    .filter(({ of }) => source?.labels.has(of.label) && jobOfMetric(of.metric, sources) === job)
    .map(({ name, of }) => matcher(of.label, '=~', `$${name}`))

const jobOfMetric = (metric: BoardVariable['of']['metric'], sources: Sources): string | null =>
  (sources.get(metric.name) ?? sources.get(`${metric.name}_bucket`))?.job ?? null

function narrowed(node: SelectorNode, matchers: readonly Matcher[]): Node {
  const free = matchers.filter(({ label }) => !node.matchers.some((own) => own.label === label))
  return Object.freeze({ ...node, matchers: Object.freeze([...node.matchers, ...free]) })
}
