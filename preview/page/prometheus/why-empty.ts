import type { TargetJson } from '../dashboard.ts'
import { whyNoLines } from '../logs/why-no-lines.ts'
import { metricNames } from './metric-names.ts'
import { fetchNames } from './query-api.ts'

/** When a panel was asked for, in Unix milliseconds. */
interface Span {
  readonly from: number
  readonly to: number
}

type Target = Pick<TargetJson, 'expr' | 'hide' | 'store'>

/** What a panel says until it is known why it is empty, and if that cannot be found out. */
export const noData = 'No data in this time range.'

/** Why the queries of a panel yield nothing, as a sentence for the owner of the bot: which of their metrics exist at all. */
export async function whyEmpty(targets: readonly Target[], { from, to }: Span): Promise<string> {
  const asked = targets.filter(({ hide }) => hide !== true)
  if (asked.length === 0) return 'No data: the panel runs no query.'
  const [store] = asked.map(({ store }) => store)
  if (store !== undefined && asked.every((one) => one.store === store))
    return whyNoLines(store, { from, to }).catch(() => noData)
  const ofMetrics = asked.filter((one) => one.store === undefined)
  const names = [...new Set(ofMetrics.flatMap(({ expr }) => metricNames(expr ?? '')))].sort()
  if (names.length === 0) return noData
  try {
    return emptySentence(names, await fetchNames(names, { from: from / 1000, to: to / 1000 }))
  } catch {
    return noData
  }
}

/** The sentence about the metrics that were asked for and those of them that have series. */
function emptySentence(asked: readonly string[], found: readonly string[]): string {
  const [missing, there] = [asked.filter((name) => !found.includes(name)), asked.filter((name) => found.includes(name))]
  if (missing.length > 0) {
    const it = missing.length === 1 ? 'it' : 'them'
    return [
      `No data: in this time range Prometheus has no series of ${listed(missing, 'or')}.`,
      `The bot, or the program that exposes ${it}, is down, is not scraped or has not sent ${it} yet.`,
    ].join(' ')
  }
  return `No data: Prometheus has ${listed(there, 'and')}, but in this time range nothing matches what is selected at the top and the conditions of the query.`
}

/** At most three names. */
function listed(names: readonly string[], word: string): string {
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names
  const last = shown.at(-1) ?? ''
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} ${names.length > 3 ? 'and' : word} ${last}`
}
