/** An alert as Alertmanager's API lists it. */
export interface ActiveAlert {
  readonly labels: Readonly<Record<string, string>>
  /** When it was last received. */
  readonly updatedAt: string
}

/** What Alertmanager knows now. */
export interface AlertmanagerView {
  /** Changes when it restarts. */
  readonly startedAt: string
  readonly alerts: readonly ActiveAlert[]
  /** The ids of the silences that have begun and not ended. */
  readonly silences: readonly string[]
}

interface Silence {
  readonly id: string
  readonly status: { readonly state: string }
}

const answerWithin = 5000

/** All active alerts, muted and silenced ones included; null if it does not answer. */
export async function viewOf(alertmanager: string): Promise<AlertmanagerView | null> {
  try {
    const [status, alerts, silences] = await Promise.all([
      get(`${alertmanager}/api/v2/status`),
      get(`${alertmanager}/api/v2/alerts`),
      get(`${alertmanager}/api/v2/silences`),
    ])
    return {
      startedAt: (status as { readonly uptime: string }).uptime,
      alerts: alerts as readonly ActiveAlert[],
      silences: (silences as readonly Silence[]).filter(({ status }) => status.state === 'active').map(({ id }) => id),
    }
  } catch {
    return null
  }
}

export interface RaisedAlert {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly startsAt: string
  readonly endsAt: string
}

/** Raises or ends alerts; false if Alertmanager did not take them. */
export async function raise(alertmanager: string, alerts: readonly RaisedAlert[]): Promise<boolean> {
  try {
    const response = await fetch(`${alertmanager}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(alerts),
      signal: AbortSignal.timeout(answerWithin),
    })
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}

/** Makes it look at every alert now, rather than when its cooldown is over; what has been sent is not sent again. */
export async function lookAgain(alertmanager: string): Promise<void> {
  try {
    const response = await fetch(`${alertmanager}/-/reload`, {
      method: 'POST',
      signal: AbortSignal.timeout(answerWithin),
    })
    await response.arrayBuffer()
  } catch {
    // what was held back is then sent when its cooldown is over
  }
}

/** Whether a source answers, does not answer in time, or refuses: only a process that is gone or starting refuses. */
export type Health = 'answers' | 'slow' | 'gone'

/** Whether a URL answers 200. */
export async function healthOf(url: string): Promise<Health> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(answerWithin) })
    await response.arrayBuffer()
    return response.ok ? 'answers' : 'gone'
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? 'slow' : 'gone'
  }
}

async function get(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(answerWithin) })
  if (!response.ok) throw new Error(`${response.status}`)
  return response.json()
}
