import { readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { type AlertmanagerView, type Health, healthOf, viewOf } from './alertmanager.ts'
import { afterAnswer, breakdownOf, unknownAlertmanager } from './alertmanager-watch.ts'
import { now, pause, type SuspensionWatch } from './clock.ts'
import type { RelayConfig, SourceConfig } from './config.ts'
import { createHidingWatch } from './hiding-watch.ts'
import { labelsOfKey, type Message, objectOf } from './message.ts'
import { createMuteWatch } from './mute-watch.ts'
import { silenceReporter } from './report-silence.ts'
import {
  afterLook,
  isLate,
  lastArrival,
  type SourceState,
  secondsText,
  settlesWithin,
  unknownSource,
} from './silence.ts'

/** Seconds between two looks. */
const lookEvery = 5

/** Watches the sources of alerts, and whether what Alertmanager reports as resolved can be believed. */
export interface Sentinel {
  /** Whether RESOLVED for a group of alerts may only mean that nobody looks any more, or not yet again, or at too little. */
  isUnsure(resolved: Message): boolean
  /** Whether an alert of this group is active again; null if Alertmanager does not answer. */
  isActive(key: string): Promise<boolean | null>
  readonly states: ReadonlyMap<string, SourceState>
  alertmanagerAwayFor(): number
}

interface Options {
  readonly config: RelayConfig
  /** Where the silences are kept over a restart. */
  readonly stateFile: string
  readonly runbookUrl: string
  readonly suspension: SuspensionWatch
  readonly log: (line: string) => void
  /** Notifies every channel without Alertmanager. */
  readonly notify: (key: string, status: 'firing' | 'resolved', title: string, text: string) => void
}

/** Starts to look every few seconds, forever. */
export function startSentinel({ config, stateFile, runbookUrl, suspension, log, notify }: Options): Sentinel {
  const states = new Map<string, SourceState>(
    config.sources.map(({ name }) => [name, unknownSource(now(), remembered(stateFile, name))]),
  )
  const report = silenceReporter({ config, runbookUrl, log })
  const remember = rememberer(stateFile)
  let alertmanager = unknownAlertmanager(now())
  const [mutes, hiding] = [createMuteWatch(config), createHidingWatch(config)]
  /** When it last worked, once its breakdown has been reported. */
  let brokenSince: number | null = null
  /** By when everything that fires has arrived again, by source. */
  const unsureUntil = new Map<string, number>()
  const unsettle = (source: SourceConfig) => unsureUntil.set(source.name, now() + settlesWithin(source))
  for (const source of config.sources) unsettle(source)

  const forget = () => {
    for (const [name, state] of states) states.set(name, unknownSource(now(), state))
    for (const source of config.sources) unsettle(source)
  }
  const wake = () => {
    if (!suspension.woke()) return
    log(
      'this process was stopped for a while: nothing is reported as resolved until everything has been evaluated again',
    )
    forget()
    alertmanager = { ...unknownAlertmanager(now()), startedAt: alertmanager.startedAt }
  }

  const look = async (): Promise<void> => {
    wake()
    const [view, health] = await Promise.all([
      viewOf(config.alertmanager),
      Promise.all(config.sources.map(async ({ health }) => best(await Promise.all(health.map(healthOf))))),
    ])
    wake()
    lookAtAlertmanager(view)
    if (view === null) return
    mutes.look(view)
    for (const [i, source] of config.sources.entries()) {
      const known = states.get(source.name) as SourceState
      const seen = { updatedAt: lastArrival(source, view.alerts), health: health[i] ?? 'gone' }
      const state = afterLook(known, now(), seen)
      // what was resolved meanwhile may fire again only some evaluations after its Watchdog
      if (isLate(source, state, now())) unsettle(source)
      states.set(source.name, await report(source, state, view))
    }
    hiding.look(view, (name) => !isDoubtful(sourceOf(config, name)?.name ?? '', states, unsureUntil))
    void remember(states)
  }

  const lookAtAlertmanager = (view: AlertmanagerView | null): void => {
    const before = alertmanager
    const { state, hasForgotten } = afterAnswer(before, now(), view?.startedAt ?? null)
    alertmanager = state
    // it knows no alert until each is sent again
    if (hasForgotten) forget()
    // this process is the relay, so it is up
    if (before.startedAt === '' && view?.alerts.some(({ labels }) => labels['alertname'] === config.relayDown))
      notify('relay', 'resolved', config.relayDown, 'The relay works again and delivers what waited.')
    const breakdown = breakdownOf(state, now())
    if (breakdown !== null && brokenSince === null) {
      brokenSince = before.workedAt
      notify(
        'alertmanager',
        'firing',
        'Alertmanager',
        `Alertmanager does not work: ${breakdown}; no alert of ${config.bot} can reach you.\n1. Run docker compose ps\n2. Run docker compose logs --tail 50 alertmanager`,
      )
    } else if (brokenSince !== null && state.workedAt > before.workedAt) {
      notify(
        'alertmanager',
        'resolved',
        'Alertmanager',
        `Alertmanager works again, after ${secondsText(now() - brokenSince)}.`,
      )
      brokenSince = null
    }
  }

  void (async () => {
    for (;;) {
      await look().catch((error: unknown) => log(`looking failed: ${(error as Error).message}`))
      await pause(lookEvery)
    }
  })()
  return {
    isUnsure: (resolved) => {
      wake()
      const source = sourceOf(config, labelsOfKey(resolved.key)['alertname'] ?? '')
      const isHidden = source !== undefined && hiding.isHidden(source, resolved)
      return isDoubtful(source?.name ?? '', states, unsureUntil) || isHidden || mutes.isSettling(resolved.key)
    },
    isActive: async (key) => {
      const view = await viewOf(config.alertmanager)
      return view === null ? null : view.alerts.some(({ labels }) => isInGroup(labels, key))
    },
    states,
    alertmanagerAwayFor: () => now() - alertmanager.answeredAt,
  }
}

/** The source that evaluates the alerts of a name: what one does not evaluate says nothing about the alerts of another. */
function sourceOf({ sources }: RelayConfig, name: string): SourceConfig | undefined {
  return sources.find(({ alerts }) => alerts?.includes(name)) ?? sources.find(({ alerts }) => alerts === undefined)
}

/** Whether what a source has evaluated may be missing in Alertmanager: it is silent, or not everything has arrived again. */
const isDoubtful = (name: string, states: Sentinel['states'], unsureUntil: ReadonlyMap<string, number>): boolean =>
  now() < (unsureUntil.get(name) ?? 0) || (states.get(name)?.silentSince ?? null) !== null

/** A source is there as long as one of its replicas is. */
const best = (of: readonly Health[]): Health =>
  (['answers', 'slow'] as const).find((health) => of.includes(health)) ?? 'gone'

/** Whether an alert is in the group that a key such as `alertname=BotDown bot=mcbot` names. */
const isInGroup = (labels: Readonly<Record<string, string>>, key: string): boolean =>
  Object.entries(labelsOfKey(key)).every(([label, value]) => (labels[label] ?? '') === value)

type Remembered = Pick<SourceState, 'silentSince' | 'firedBefore'>

/** A silence that a previous run of the relay had reported. */
function remembered(file: string, name: string): SourceState | undefined {
  try {
    const known = objectOf(readFileSync(file, 'utf8'))[name] as Remembered | undefined
    return known === undefined ? undefined : { ...unknownSource(0), ...known }
  } catch {
    return undefined
  }
}

/** Writes what a restart of the relay must not forget, whenever it differs from what is on disk; a write that failed is repeated. */
function rememberer(file: string): (states: ReadonlyMap<string, SourceState>) => Promise<void> {
  let [onDisk, isWriting] = ['', false]
  return async (states) => {
    const kept = [...states].map(([of, { silentSince, firedBefore }]) => [of, { silentSince, firedBefore }] as const)
    const text = JSON.stringify(Object.fromEntries(kept))
    if (text === onDisk || isWriting) return
    isWriting = true
    try {
      await writeFile(`${file}.new`, text)
      await rename(`${file}.new`, file)
      onDisk = text
    } catch {
      // at the next look
    }
    isWriting = false
  }
}
