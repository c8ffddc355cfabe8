import { inSeconds } from '../../definitions/language/duration.ts'
import type { Budget } from '../../definitions/language/scenario.ts'
import { countText } from '../../generators/text/count-text.ts'
import { durationWords } from '../../generators/text/duration-words.ts'
import { listText } from '../../generators/text/list-text.ts'
import type { FiringTime } from './firing.ts'
import type { SentMessage } from './messages.ts'

interface Exactness {
  /** Seconds that may pass until a condition that is true is scraped. */
  readonly seenWithin: number
}

/** What is wrong with the messages of a scenario, a sentence each. */
export function problemsOf(
  { messages: most, critical = most, first, reports = [] }: Budget,
  { firings, messages }: { readonly firings: readonly FiringTime[]; readonly messages: readonly SentMessage[] },
  { seenWithin }: Exactness,
): readonly string[] {
  const channels = [...new Set(messages.map(({ channel }) => channel))].sort()
  const tooMany = channels.flatMap((channel) => {
    const own = messages.filter((message) => message.channel === channel)
    const grave = own.filter(({ severity }) => severity === 'critical')
    return [
      ...(own.length > most ? [`${countText(own.length, 'message')} on ${channel}, at most ${most} expected`] : []),
      ...(grave.length > critical
        ? [`${countText(grave.length, 'critical message')} on ${channel}, at most ${critical} expected`]
        : []),
    ]
  })
  const order = channels.flatMap((channel) => {
    const told = messages.filter((one) => one.channel === channel && one.status === 'FIRING').map(({ alert }) => alert)
    const places = reports.map(({ name }) => told.indexOf(name))
    const isWrong = places.some((place, i) => place < 0 || place < (places[i - 1] ?? 0))
    return isWrong ? [`${channel} gets ${listText([...new Set(told)])}, expected ${names(reports)} in this order`] : []
  })
  const nobody = reports.length > 0 && channels.length === 0 ? [`nobody gets ${names(reports)}`] : []
  return [...tooMany, ...order, ...nobody, ...(first === undefined ? [] : late(first, firings, messages, seenWithin))]
}

function late(
  { of, within }: NonNullable<Budget['first']>,
  firings: readonly FiringTime[],
  messages: readonly SentMessage[],
  seenWithin: number,
): readonly string[] {
  const wanted = of.map(({ name }) => name)
  const [first] = messages
  if (first === undefined || !wanted.includes(first.alert))
    return [`the first message is about ${first?.alert ?? 'nothing'}, expected ${listText(wanted, 'or')}`]
  const since = firings.find(({ labels }) => labels['alertname'] === first.alert)?.since ?? 0
  const took = first.at - since + seenWithin
  if (took <= inSeconds(within)) return []
  return [
    `${first.alert} is sent up to ${countText(took, 'second')} after its condition is true, at most ${durationWords(within)} expected`,
  ]
}

const names = (alerts: readonly { readonly name: string }[]) => listText(alerts.map(({ name }) => name))
