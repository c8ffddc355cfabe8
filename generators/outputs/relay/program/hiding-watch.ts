import type { AlertmanagerView } from './alertmanager.ts'
import { now } from './clock.ts'
import type { RelayConfig, SourceConfig } from './config.ts'
import { labelsOfKey, type Message, messageAge } from './message.ts'

type Labels = Readonly<Record<string, string>>

interface HidingWatch {
  /** Takes what is active, and whether the program that evaluates an alert of this name can be believed now. */
  readonly look: (view: AlertmanagerView, isBelieved: (alert: string) => boolean) => void
  /**
   * Whether the end of an alert of this source may only be that of what the source sees: something hides it, has just ended, or may
   * have begun before that end and not be reported yet.
   */
  readonly isHidden: (source: SourceConfig, message: Message) => boolean
}

/** Watches the alerts that tell that a source may not see what happens, such as lines of a log that do not arrive. */
export function createHidingWatch({ bot, sources }: RelayConfig): HidingWatch {
  const telling = new Set(sources.flatMap(({ hiding }) => Object.keys(hiding?.by ?? {})))
  const active = new Map<string, { readonly labels: Labels; readonly seenAt: number }>()
  /** When the program that evaluates an alert could last not be believed. */
  const doubtedAt = new Map<string, number>()
  return {
    look: ({ alerts }, isBelieved) => {
      for (const { labels } of alerts)
        if (labels['bot'] === bot && telling.has(labels['alertname'] ?? ''))
          active.set(JSON.stringify(Object.entries(labels).sort()), { labels, seenAt: now() })
      for (const name of telling) if (!isBelieved(name)) doubtedAt.set(name, now())
    },
    isHidden: ({ hiding }, message) => {
      if (hiding === undefined) return false
      const { alertname: own = '', env } = labelsOfKey(message.key)
      const settles = hiding.settles[own] ?? 0
      const isTold = ([name, within]: readonly [string, number]): boolean => {
        const believedFor = now() - (doubtedAt.get(name) ?? Number.NEGATIVE_INFINITY)
        return Math.min(messageAge(message), believedFor) >= within
      }
      const of = Object.entries(hiding.by).filter(([name]) => name !== own)
      const names = new Set(of.map(([name]) => name))
      return (
        !of.every(isTold) ||
        [...active.values()].some(
          ({ labels, seenAt }) =>
            names.has(labels['alertname'] ?? '') &&
            (env === undefined || labels['env'] === undefined || labels['env'] === env) &&
            now() - seenAt < settles,
        )
      )
    },
  }
}
