import type { Wrong } from './docker-compose.ts'

/** An alert as Alertmanager's API accepts it. */
export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly startsAt: string
  readonly endsAt: string
}

/** Attempts since the start of a server: those that worked, and those that failed. */
export interface Tries {
  readonly good: number
  readonly bad: number
}

/** Posts alerts to Alertmanager; returns what is wrong as a sentence. */
export async function post(alertmanager: string, alerts: readonly PostedAlert[]): Promise<Wrong | null> {
  try {
    const response = await fetch(`${alertmanager}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(alerts),
      signal: AbortSignal.timeout(10_000),
    })
    const said = await response.text()
    return response.ok ? null : { wrong: `Alertmanager rejected the test alert: ${said.trim()}` }
  } catch {
    return { wrong: `Alertmanager does not answer at ${alertmanager}: start the stack with \`make up\`.` }
  }
}

/** Whether Alertmanager was started after this time, in milliseconds. */
export async function hasStartedSince(alertmanager: string, time: number): Promise<boolean> {
  try {
    const response = await fetch(`${alertmanager}/api/v2/status`, { signal: AbortSignal.timeout(10_000) })
    return Date.parse(((await response.json()) as { readonly uptime: string }).uptime) >= time
  } catch {
    return false
  }
}

/** Whether an Alertmanager answers now. */
export async function answers(alertmanager: string): Promise<boolean> {
  try {
    const response = await fetch(`${alertmanager}/-/ready`, { signal: AbortSignal.timeout(2000) })
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}

/**
 * Makes Alertmanager send at once what a silence has held back, instead of at the end of each alert's cooldown, and nothing twice;
 * false if it does not.
 */
export async function sendHeldBack(alertmanager: string): Promise<boolean> {
  try {
    // a reload forms new groups, and a new group whose alert is older than the group wait is sent at once
    const response = await fetch(`${alertmanager}/-/reload`, { method: 'POST', signal: AbortSignal.timeout(10_000) })
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}

/** How often the dead man's switch was tried. */
export async function switchTries(alertmanager: string): Promise<Tries> {
  const text = await metricsOf(alertmanager)
  if (text === null) return { good: 0, bad: 0 }
  const isSwitch = { receiver_name: 'dead-mans-switch' }
  // one that is never delivered counts as failed only when Alertmanager gives up, minutes later: so count each attempt
  const all = sumOf(text, 'alertmanager_notification_requests_total', isSwitch)
  const bad = Math.max(
    sumOf(text, 'alertmanager_notification_requests_failed_total', isSwitch),
    sumOf(text, 'alertmanager_notifications_failed_total', isSwitch),
  )
  return { good: all - bad, bad }
}

/** How often the relay has tried each of its channels. */
export async function relayTries(relay: string): Promise<((channel: string) => Tries) | Wrong> {
  const text = await metricsOf(relay)
  if (text === null) return { wrong: `the relay does not answer at ${relay}: start the stack with \`make up\`.` }
  return (channel) => ({
    good: sumOf(text, 'relay_messages_total', { channel, outcome: 'delivered' }),
    bad:
      sumOf(text, 'relay_failed_attempts_total', { channel }) +
      sumOf(text, 'relay_messages_total', { channel, outcome: 'rejected' }),
  })
}

async function metricsOf(server: string): Promise<string | null> {
  try {
    return await (await fetch(`${server}/metrics`, { signal: AbortSignal.timeout(10_000) })).text()
  } catch {
    return null
  }
}

/** The sum of a metric over all series with these labels. */
function sumOf(text: string, name: string, labels: Readonly<Record<string, string>>): number {
  let sum = 0
  for (const line of text.split('\n')) {
    const [, found, pairs = '', value] = /^(\w+)\{([^}]*)\} (\S+)$/.exec(line) ?? []
    const has = ([label, wanted]: readonly [string, string]) => `,${pairs},`.includes(`,${label}="${wanted}",`)
    if (found === name && Object.entries(labels).every(has)) sum += Number(value)
  }
  return sum
}
