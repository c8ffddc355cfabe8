import type { Wrong } from './docker-compose.ts'

/** An alert as Alertmanager's API accepts it. */
export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly startsAt: string
  readonly endsAt: string
}

/** Requests to an integration since Alertmanager started: attempts that worked, and attempts that failed. */
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

/** How often each integration was tried, by its name in Alertmanager's own metrics. */
export async function triesOf(alertmanager: string): Promise<ReadonlyMap<string, Tries> | Wrong> {
  let text: string
  try {
    const response = await fetch(`${alertmanager}/metrics`, { signal: AbortSignal.timeout(10_000) })
    text = await response.text()
  } catch {
    return { wrong: `Alertmanager does not answer at ${alertmanager}: start the stack with \`make up\`.` }
  }
  // A message that is never delivered counts as failed only when Alertmanager gives up, minutes later: so count each attempt.
  const all = byIntegration(text, 'alertmanager_notification_requests_total')
  const bad = byIntegration(text, 'alertmanager_notification_requests_failed_total')
  const given = byIntegration(text, 'alertmanager_notifications_failed_total')
  return new Map(
    [...all].map(([integration, count]) => {
      const failed = Math.max(bad.get(integration) ?? 0, given.get(integration) ?? 0)
      return [integration, { good: count - failed, bad: failed }]
    }),
  )
}

function byIntegration(text: string, name: string): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const line of text.split('\n')) {
    const found = /^(\w+)\{([^}]*)\} (\S+)$/.exec(line)
    const integration = /(?:^|,)integration="([^"]*)"/.exec(found?.[2] ?? '')?.[1]
    if (found?.[1] !== name || integration === undefined) continue
    sums.set(integration, (sums.get(integration) ?? 0) + Number(found[3]))
  }
  return sums
}
