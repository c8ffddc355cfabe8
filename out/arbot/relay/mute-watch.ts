import { type AlertmanagerView, lookAgain } from './alertmanager.ts'
import { now } from './clock.ts'
import type { RelayConfig } from './config.ts'
import { labelsOfKey } from './message.ts'

type Labels = Readonly<Record<string, string>>

/** What holds back alerts: a silence, or an alert that mutes others, whose labels say which. */
interface Mute {
  readonly labels: Labels | null
  seenAt: number
  isOver: boolean
}

interface MuteWatch {
  readonly look: (view: AlertmanagerView) => void
  /**
   * Whether an alert of this group is or was just held back, so that its end may be that of its data: a bot that comes back may
   * expose a loss again only after a while, which then takes as long as the alert asks for.
   */
  readonly isSettling: (key: string) => boolean
}

/**
 * Watches what holds back alerts, and has Alertmanager look at every alert again when that has ended. What still fires would be sent
 * only when its cooldown is over; and what was over for a quarter of an hour would not be sent as resolved at all.
 */
export function createMuteWatch({ alertmanager, muted }: RelayConfig): MuteWatch {
  const muting = new Set(Object.values(muted).flatMap(({ by }) => by))
  const longest = Math.max(0, ...Object.values(muted).map(({ settles }) => settles))
  const known = new Map<string, Mute>()
  return {
    look: ({ silences, alerts }) => {
      const seen = new Map<string, Labels | null>(silences.map((id) => [id, null]))
      for (const { labels } of alerts)
        if (muting.has(labels['alertname'] ?? '')) seen.set(JSON.stringify(Object.entries(labels).sort()), labels)
      for (const [id, labels] of seen) known.set(id, { labels, seenAt: now(), isOver: false })
      const ended = [...known].filter(([id, { isOver }]) => !isOver && !seen.has(id))
      for (const [, mute] of ended) mute.isOver = true
      for (const [id, { seenAt, isOver }] of known) if (isOver && now() - seenAt > longest) known.delete(id)
      if (ended.length > 0) void lookAgain(alertmanager)
    },
    isSettling: (key) => {
      const labels = labelsOfKey(key)
      const of = muted[labels['alertname'] ?? '']
      if (of === undefined) return false
      return [...known.values()].some(
        ({ labels: source, seenAt }) =>
          now() - seenAt < of.settles &&
          (source === null || (of.by.includes(source['alertname'] ?? '') && agree(source, labels))),
      )
    },
  }
}

/** Whether two alerts are about the same target, as far as their labels say. */
const agree = (one: Labels, other: Labels): boolean =>
  ['bot', 'env', 'instance'].every(
    (label) => one[label] === undefined || other[label] === undefined || one[label] === other[label],
  )
