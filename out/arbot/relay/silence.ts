import type { ActiveAlert, Health } from './alertmanager.ts'
import type { SourceConfig } from './config.ts'

/** How much later than usual its Watchdog may arrive before what fires may have been resolved only because nobody sent it again, in seconds. */
const lateLimit = 15
/** How much later what else it sends may arrive, in seconds. */
const settleLimit = 30
/** How far apart two things that happened at once may be seen, in seconds. */
const sameTime = 15

/** What is known of a source; times are seconds of the monotonic clock. */
export interface SourceState {
  /** When its Watchdog was last seen to have arrived, and what Alertmanager said of it; undefined before the first look, which may see an old one. */
  readonly watchdogAt: number
  readonly updatedAt: string | null | undefined
  /** Whether one has arrived since nothing was known: the first that is seen may be old. */
  readonly hasArrived: boolean
  readonly healthyAt: number
  readonly health: Health
  /** When it was first gone since its Watchdog arrived, and when it was first back after that: a restart counts once. */
  readonly goneAt: number | null
  readonly returnedAt: number | null
  /** Wall-clock milliseconds since which it is silent; null while it works. */
  readonly silentSince: number | null
  /** Since when it works again after a silence that is not over yet. */
  readonly freshSince: number | null
  /** What fired when it fell silent. */
  readonly firedBefore: readonly string[]
}

/** Grace for a source of which nothing is known: after a start, a suspension, or a restart of Alertmanager, which forgets all alerts. */
export const unknownSource = (now: number, from?: SourceState): SourceState => ({
  health: 'answers',
  silentSince: null,
  firedBefore: [],
  ...from,
  freshSince: null,
  updatedAt: undefined,
  hasArrived: false,
  goneAt: null,
  returnedAt: null,
  watchdogAt: now,
  healthyAt: now,
})

/** The state after a look at Alertmanager and at the health of the source. */
export function afterLook(
  state: SourceState,
  now: number,
  { updatedAt, health }: { readonly updatedAt: string | null; readonly health: Health },
): SourceState {
  const hasArrived = updatedAt !== null && state.updatedAt !== undefined && updatedAt !== state.updatedAt
  const goneAt = (hasArrived ? null : state.goneAt) ?? (health === 'gone' ? now : null)
  const isBackNow = goneAt !== null && health === 'answers'
  return {
    ...state,
    updatedAt: updatedAt ?? state.updatedAt ?? null,
    ...(hasArrived ? { hasArrived, watchdogAt: now } : {}),
    ...(health === 'answers' ? { healthyAt: now } : {}),
    health,
    goneAt,
    returnedAt: (hasArrived ? null : state.returnedAt) ?? (isBackNow ? now : null),
  }
}

/** When the newest Watchdog of a source arrived: one with labels that have changed stays active for minutes. */
export const lastArrival = ({ watchdog, labels: own }: SourceConfig, alerts: readonly ActiveAlert[]): string | null =>
  alerts
    .filter(({ labels }) => Object.entries({ ...watchdog, ...own }).every(([label, value]) => labels[label] === value))
    .map(({ updatedAt }) => updatedAt)
    .sort()
    .at(-1) ?? null

/** Why a source counts as silent, as the end of a sentence about it; null while it works. */
export function silenceOf(
  { title, every, awayLimit, quietLimit, startLimit }: SourceConfig,
  { healthyAt, watchdogAt, goneAt, returnedAt }: SourceState,
  now: number,
): string | null {
  const [away, quiet] = [now - healthyAt, now - watchdogAt]
  // a Watchdog that arrives although the URL does not answer shows that it is the URL that fails
  const isUrlAlone = watchdogAt > healthyAt + sameTime
  if (away > awayLimit && !isUrlAlone) return `${title} has not answered for ${secondsText(away)}`
  // a restart: it evaluated until then, was away for no longer than one takes, and is not back for long
  const isRestart =
    goneAt !== null &&
    goneAt - watchdogAt <= every + lateLimit &&
    (returnedAt ?? now) - goneAt <= awayLimit &&
    (returnedAt === null || now - returnedAt <= startLimit)
  return quiet > quietLimit && !isRestart
    ? `for ${secondsText(quiet)} no evaluation of ${title} has reached Alertmanager`
    : null
}

/** Whether its Watchdog is late. */
export const isLate = ({ every }: SourceConfig, { watchdogAt }: SourceState, now: number): boolean =>
  now - watchdogAt > every + lateLimit

/** Whether it is certain that a source works: its Watchdog arrives again. */
export const isBack = ({ hasArrived, health, watchdogAt, healthyAt }: SourceState): boolean =>
  hasArrived && (health === 'answers' || watchdogAt > healthyAt + sameTime)

/** Seconds within which everything that fires arrives again. */
export const settlesWithin = ({ every }: SourceConfig): number => every + settleLimit

/** Whether everything that fires has arrived again since the source came back. */
export const isSettled = (source: SourceConfig, state: SourceState, now: number): boolean =>
  state.freshSince !== null && now - state.freshSince > settlesWithin(source)

/** Seconds as a person writes them. */
export function secondsText(seconds: number): string {
  const whole = Math.round(seconds)
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)]
  return (
    [[hours, 'h'] as const, [minutes, 'm'] as const, [hours > 0 ? 0 : whole % 60, 's'] as const]
      .filter(([amount]) => amount > 0)
      .map(([amount, unit]) => `${amount}${unit}`)
      .join('') || '0s'
  )
}
