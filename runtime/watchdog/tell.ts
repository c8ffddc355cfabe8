import { setTimeout as sleep } from 'node:timers/promises'

/** Which bot the watchdog has given up, as the labels of its alert; they are those of the bot's scrape target. */
export interface GivenUp {
  /** Where Alertmanager answers, such as `http://127.0.0.1:9093`. */
  readonly alertmanager: string
  readonly bot: string
  readonly env: string
  readonly instance: string
}

const alertName = 'BotGivenUp'
/** An alert without an end is over five minutes after nobody repeats it, and nobody will. */
const lasts = 24 * 3_600_000
const tries = 3
const pauses = 2000
const answerWithin = 5000

/**
 * Tells Alertmanager that nobody restarts the bot any more, or, once it runs again, that this is over. Says what is wrong
 * where it could not.
 */
export async function tellAlertmanager(of: GivenUp, state: { readonly why: string } | 'over'): Promise<string | null> {
  const now = Date.now()
  const ends = state === 'over' ? now : now + lasts
  const alert = {
    labels: { alertname: alertName, severity: 'critical', bot: of.bot, env: of.env, instance: of.instance },
    annotations:
      state === 'over'
        ? { summary: `${of.bot} (${of.env}) runs again` }
        : {
            summary: `${of.bot} (${of.env}) is down for good: its watchdog gave up`,
            description: state.why,
            steps: [
              '1. Look at the positions and open orders at the exchange itself: nobody manages them.',
              '2. Read the last lines that the bot wrote.',
              '3. Mend the cause, then start the watchdog again.',
            ].join('\n'),
          },
    startsAt: new Date(now - 1000).toISOString(),
    endsAt: new Date(ends).toISOString(),
  }
  let wrong = ''
  for (let i = 0; i < tries; i++) {
    if (i > 0) await sleep(pauses)
    const answer = await posted(of.alertmanager, alert)
    if (answer === null) return null
    wrong = answer
  }
  return wrong
}

async function posted(alertmanager: string, alert: object): Promise<string | null> {
  try {
    const response = await fetch(`${alertmanager.replace(/\/$/, '')}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([alert]),
      signal: AbortSignal.timeout(answerWithin),
    })
    const said = (await response.text()).slice(0, 300).trim()
    return response.ok ? null : `Alertmanager answers ${response.status}: ${said}`
  } catch (error) {
    const { message, cause } = error as Error
    return `Alertmanager does not answer at ${new URL(alertmanager).host}: ${cause instanceof Error ? cause.message : message}`
  }
}
