import { type FiringTime, keyOf, type LabelSet } from './firing.ts'
import type { Route, Routing } from './routing.ts'

/** One message on one channel. */
export interface SentMessage {
  /** Seconds. */
  readonly at: number
  readonly channel: string
  readonly status: 'FIRING' | 'RESOLVED'
  readonly alert: string
  readonly severity: string
  /** What it is about: what fires, or what is resolved if nothing fires. */
  readonly labels: readonly LabelSet[]
}

/** A time in seconds during which Alertmanager silences all alerts but some. */
export interface SilentTime {
  readonly from: number
  readonly to: number
  readonly except: readonly string[]
}

interface Circumstances {
  readonly routing: Routing
  readonly silences?: readonly SilentTime[]
  /** Whether the relay has Alertmanager look again after what mutes or silences alerts has ended. */
  readonly looksAgain?: boolean
  /** When the last message is sent at the latest, in seconds. */
  readonly until: number
}

/** Prometheus sends a resolved alert again for this long, in seconds. */
const resolvedRetention = 15 * 60
/** Seconds between two of these. */
const resentEvery = 50
/** How long the relay takes to see what has ended, in seconds. */
const seenWithin = 5
/** How long Alertmanager knows a resolved alert, in seconds. */
const knownFor = 3 * 3600

/**
 * The messages that Alertmanager sends about alerts, in order: grouped, muted, silenced, repeated and resolved as it does
 * (test/live/messages-of-alerts.test.ts compares them). It keeps an empty group for up to half a minute; here it is gone at once, so
 * that a flapping alert is never sent later than it would be.
 */
export function messagesOf(firings: readonly FiringTime[], circumstances: Circumstances): readonly SentMessage[] {
  const groups = new Map<string, Group>()
  for (const firing of firings) {
    const route = circumstances.routing.routeOf(firing.labels)
    const of = Object.fromEntries(
      route.groupBy.flatMap((label) => (firing.labels[label] === undefined ? [] : [[label, firing.labels[label]]])),
    )
    const key = `${route.key} ${keyOf(of)}`
    const known = groups.get(key) ?? { route, firings: [] }
    known.firings.push(firing)
    groups.set(key, known)
  }
  const looks = circumstances.looksAgain === true ? looksOf(firings, circumstances) : []
  return [...groups.values()]
    .flatMap((group) => sentOf(group, firings, { ...circumstances, looks }))
    .sort((a, b) => a.at - b.at || a.channel.localeCompare(b.channel))
}

/** When Alertmanager looks at every alert again. */
function looksOf(firings: readonly FiringTime[], { routing, silences = [] }: Circumstances): readonly number[] {
  const ends = firings.flatMap(({ labels, to }) => (to !== null && routing.isMuting(labels) ? [to] : []))
  return [...new Set([...ends, ...silences.map(({ to }) => to)].map((end) => end + seenWithin))].sort((a, b) => a - b)
}

interface Group {
  readonly route: Route
  readonly firings: FiringTime[]
}

/** An alert as it reaches Alertmanager. */
interface Arrival {
  readonly at: number
  readonly labels: LabelSet
  readonly fires: boolean
}

function sentOf(
  group: Group,
  all: readonly FiringTime[],
  circumstances: Circumstances & { readonly looks: readonly number[] },
): readonly SentMessage[] {
  const { route, firings } = group
  const isHeldBack = muting(all, circumstances)
  const arrivals = arrivalsOf(firings)
  const looks = [...circumstances.looks]
  const logs = new Map(route.channels.map((channel) => [channel, null as Sent | null]))
  const held = new Map<string, Arrival>()
  const messages: SentMessage[] = []
  let next = Number.POSITIVE_INFINITY
  for (let i = 0; i < arrivals.length || looks.length > 0 || next < Number.POSITIVE_INFINITY; ) {
    const arrival = arrivals[i]
    const [look = Number.POSITIVE_INFINITY] = looks
    if (arrival !== undefined && arrival.at <= Math.min(next, look)) {
      if (held.size === 0) next = arrival.at + (arrival.fires ? route.wait : 0)
      held.set(keyOf(arrival.labels), arrival)
      i += 1
      continue
    }
    if (look <= next) {
      looks.shift()
      for (const one of knownAt(look, arrivals.slice(0, i))) held.set(keyOf(one.labels), one)
      if (held.size === 0) continue
      next = look
    }
    if (next > circumstances.until) break
    const shown = [...held].filter(([, { labels }]) => !isHeldBack(labels, next))
    for (const channel of shown.length === 0 ? [] : route.channels) {
      const due = dueMessage(shown, logs.get(channel) ?? null, {
        at: next,
        repeat: route.repeat,
        resolves: channel.resolves,
      })
      if (due === null) continue
      logs.set(channel, due.log)
      if (due.log.firing.size > 0 || channel.resolves)
        messages.push({ ...due.message, at: next, channel: channel.name })
    }
    for (const [key, { fires }] of held) if (!fires) held.delete(key)
    next = held.size === 0 ? Number.POSITIVE_INFINITY : next + route.interval
  }
  return messages
}

/** What Alertmanager knows of the alerts of a group that have arrived: the last of each, without what was over long ago. */
const knownAt = (at: number, arrived: readonly Arrival[]): readonly Arrival[] =>
  [...new Map(arrived.map((one) => [keyOf(one.labels), one])).values()].filter(
    (one) => one.fires || one.at > at - knownFor,
  )

/** An alert arrives when it fires and when it no longer does, and the latter again for a while. */
export function arrivalsOf(firings: readonly FiringTime[]): readonly Arrival[] {
  const arrivals = firings.flatMap(({ labels, from, to }) => {
    const again = firings.find((later) => later.from > from && keyOf(later.labels) === keyOf(labels))
    const end = Math.min(again?.from ?? Number.POSITIVE_INFINITY, (to ?? 0) + resolvedRetention)
    const resolved = to === null ? 0 : Math.ceil((end - to) / resentEvery)
    return [
      { at: from, labels, fires: true },
      ...Array.from({ length: resolved }, (_, i) => ({ at: (to ?? 0) + i * resentEvery, labels, fires: false })),
    ]
  })
  return arrivals.sort((a, b) => a.at - b.at)
}

/** Whether an alert is muted by another or silenced at a time. */
function muting(all: readonly FiringTime[], { routing, silences = [] }: Circumstances) {
  return (labels: LabelSet, at: number): boolean => {
    const isSilenced = silences.some(
      ({ from, to, except }) => from <= at && at < to && !except.includes(labels['alertname'] ?? ''),
    )
    const firing = all.filter(({ from, to }) => from <= at && at < (to ?? Number.POSITIVE_INFINITY))
    return (
      isSilenced ||
      routing.isMuted(
        labels,
        firing.map((one) => one.labels),
      )
    )
  }
}

/** The last message to a channel. */
interface Sent {
  readonly at: number
  readonly firing: ReadonlySet<string>
  readonly resolved: ReadonlySet<string>
}

interface Due {
  readonly log: Sent
  readonly message: Pick<SentMessage, 'status' | 'alert' | 'severity' | 'labels'>
}

/** The message about a group that is due on a channel; null if nothing has changed and no reminder is due. */
function dueMessage(
  shown: readonly (readonly [string, Arrival])[],
  last: Sent | null,
  { at, repeat, resolves }: { readonly at: number; readonly repeat: number; readonly resolves: boolean },
): Due | null {
  const keysOf = (fires: boolean) => new Set(shown.filter(([, one]) => one.fires === fires).map(([key]) => key))
  const [firing, resolved] = [keysOf(true), keysOf(false)]
  const isDue =
    [...firing].some((key) => !last?.firing.has(key)) ||
    (last !== null &&
      (firing.size === 0
        ? last.firing.size > 0
        : (resolves && [...resolved].some((key) => !last.resolved.has(key))) || last.at < at - repeat))
  if (!isDue) return null
  const labels = shown.filter(([, { fires }]) => fires === firing.size > 0).map(([, one]) => one.labels)
  const [{ alertname: alert = '', severity = '' } = {}] = labels
  return {
    log: { at, firing, resolved },
    message: { status: firing.size > 0 ? 'FIRING' : 'RESOLVED', alert, severity, labels },
  }
}
