import type { ActiveAlert } from './alertmanager.ts'
import type { SourceConfig } from './config.ts'

/** How much later than usual its Watchdog may arrive before what fires may have been resolved only because nobody sent it again, in seconds. */
const lateLimit = 15
/** How much later what else it sends may arrive, in seconds. */
const settleLimit = 30
/** How long after its return a source may take until its Watchdog arrives, in seconds. */
const startLimit = 90
/** How far apart two things that happened at once may be seen, in seconds. */
const sameTime = 15

/** What is known of a source; times are seconds of the monotonic clock. */
export interface SourceState {
  /** When its Watchdog was last seen to have arrived, and what Alertmanager said of it. */
  readonly watchdogAt: number
  readonly updatedAt: string | null
  /** Whether one has arrived since nothing was known: the first that is seen may be old. */
  readonly hasArrived: boolean
  readonly healthyAt: number
  /** Whether it answered at the last look. */
  readonly isHealthy: boolean
  /** When it last answered again after it had not. */
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
  isHealthy: true,
  returnedAt: null,
  silentSince: null,
  firedBefore: [],
  ...from,
  freshSince: null,
  updatedAt: null,
  hasArrived: false,
  watchdogAt: now,
  healthyAt: now,
})

/** The state after a look at Alertmanager and at the health of the source. */
export const afterLook = (
  state: SourceState,
  now: number,
  { updatedAt, isHealthy }: { readonly updatedAt: string | null; readonly isHealthy: boolean },
): SourceState => ({
  ...state,
  ...(updatedAt === null ? {} : { updatedAt }),
  ...(updatedAt === null || state.updatedAt === null || updatedAt === state.updatedAt
    ? {}
    : { hasArrived: true, watchdogAt: now }),
  ...(isHealthy ? { healthyAt: now } : {}),
  ...(isHealthy && !state.isHealthy ? { returnedAt: now } : {}),
  isHealthy,
})

/** When the newest Watchdog of a source arrived: one with labels that have changed stays active for minutes. */
export const lastArrival = ({ watchdog, labels: own }: SourceConfig, alerts: readonly ActiveAlert[]): string | null =>
  alerts
    .filter(({ labels }) => Object.entries({ ...watchdog, ...own }).every(([label, value]) => labels[label] === value))
    .map(({ updatedAt }) => updatedAt)
    .sort()
    .at(-1) ?? null

/** Why a source counts as silent, as the end of a sentence about it; null while it works. */
export function silenceOf(
  { title, awayLimit, quietLimit }: SourceConfig,
  state: SourceState,
  now: number,
): string | null {
  const [away, quiet] = [now - state.healthyAt, now - state.watchdogAt]
  // a Watchdog that arrives although the URL does not answer shows that it is the URL that fails
  const isUrlAlone = state.watchdogAt > state.healthyAt + sameTime
  if (away > awayLimit && !isUrlAlone) return `${title} has not answered for ${secondsText(away)}`
  // a planned restart: its Watchdog is late for as long as it is away
  if (!state.isHealthy && away <= awayLimit) return null
  const isStarting = state.returnedAt !== null && now - state.returnedAt < startLimit
  if (quiet > quietLimit + (isStarting ? startLimit : 0))
    return `for ${secondsText(quiet)} no evaluation of ${title} has reached Alertmanager`
  return null
}

/** Whether its Watchdog is late. */
export const isLate = ({ every }: SourceConfig, { watchdogAt }: SourceState, now: number): boolean =>
  now - watchdogAt > every + lateLimit

/** Whether it is certain that a source works: its Watchdog arrives again. */
export const isBack = ({ hasArrived, isHealthy, watchdogAt, healthyAt }: SourceState): boolean =>
  hasArrived && (isHealthy || watchdogAt > healthyAt + sameTime)

/** Whether everything that fires has arrived again since the source came back. */
export const isSettled = ({ every }: SourceConfig, state: SourceState, now: number): boolean =>
  state.freshSince !== null && now - state.freshSince > every + settleLimit

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
