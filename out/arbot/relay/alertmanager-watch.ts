import { secondsText } from './silence.ts'

/** How long Alertmanager may leave a look unanswered, in seconds: a planned restart is shorter. */
const awayLimit = 60
/** How long it must answer without a restart until it works: after a start it sends nothing for almost as long. */
const worksAfter = 60
/** How long it may be before it works again, in seconds: a restart at the longest, and the time until it works. */
const brokenLimit = 150
/** After being away for this long it may have lost what Prometheus sent meanwhile, in seconds. */
const hungAfter = 15

/** What is known of Alertmanager; times are seconds of the monotonic clock. */
export interface AlertmanagerState {
  /** When it was started, in its own words; '' if it has not answered yet. */
  readonly startedAt: string
  /** Since when it has answered every look without a restart. */
  readonly steadySince: number
  readonly answeredAt: number
  /** When it last worked; the start of this process counts. */
  readonly workedAt: number
}

export const unknownAlertmanager = (now: number): AlertmanagerState => ({
  startedAt: '',
  steadySince: now,
  answeredAt: now,
  workedAt: now,
})

/** The state after an answer, with the start time in it, or after none, and whether it may have forgotten alerts. */
export function afterAnswer(
  state: AlertmanagerState,
  now: number,
  startedAt: string | null,
): { readonly state: AlertmanagerState; readonly hasForgotten: boolean } {
  if (startedAt === null) return { state, hasForgotten: false }
  const isNew = startedAt !== state.startedAt || now - state.answeredAt > hungAfter
  const steadySince = isNew ? now : state.steadySince
  const workedAt = now - steadySince >= worksAfter ? now : state.workedAt
  return {
    state: { startedAt, steadySince, answeredAt: now, workedAt },
    hasForgotten: isNew && state.startedAt !== '',
  }
}

/** Why no alert can get through it, as a clause; null while it works. */
export function breakdownOf({ answeredAt, workedAt }: AlertmanagerState, now: number): string | null {
  if (now - answeredAt > awayLimit) return `it has not answered for ${secondsText(now - answeredAt)}`
  return now - workedAt > brokenLimit
    ? `it has kept restarting, or answered only now and then, for ${secondsText(now - workedAt)}`
    : null
}
