import { setTimeout as sleep } from 'node:timers/promises'

/** The bot that the watchdog has given up, as the labels of the alert, equal to those of the bot's scrape target. */
export interface GivenUp {
  /** Base URL of Alertmanager, such as `http://127.0.0.1:9093`. */
  readonly alertmanager: string
  readonly bot: string
  readonly env: string
  readonly instance: string
}

const alertName = 'BotGivenUp'
/** Without an end time an alert resolves after five minutes unless it is sent again, and nothing sends it again. */
const lasts = 24 * 3_600_000
const tries = 3
const pauses = 2000
const answerWithin = 5000

/**
 * Sends Alertmanager the alert that the watchdog gave up, or, once the bot runs again, resolves it. Returns the error message
 * if that failed, null otherwise.
 */
export async function tellAlertmanager(of: GivenUp, state: { readonly why: string } | 'over'): Promise<string | null> {
  const now = Date.now()
  const ends = state === 'over' ? now : now + lasts
  const again = `${of.bot} (${of.env}) is running again: check its positions and open orders`
  const alert = {
    labels: {
      alertname: alertName,
      severity: 'critical',
      bot: of.bot,
      env: of.env,
      instance: of.instance,
      // not muted while Prometheus is silent
      evaluator: 'watchdog',
    },
    annotations:
      state === 'over'
        ? { summary: again, resolved: again }
        : {
            summary: `${of.bot} (${of.env}) is down: its watchdog gave up restarting it`,
            description: state.why,
            steps: [
              '1. Check positions and open orders at the exchange itself: nothing is managing them.',
              '2. Read the last lines of the bot’s log.',
              '3. Fix the cause, then start the watchdog again.',
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
    return response.ok ? null : `Alertmanager answered ${response.status}: ${said}`
  } catch (error) {
    const { message, cause } = error as Error
    return `Alertmanager did not respond at ${new URL(alertmanager).host}: ${cause instanceof Error ? cause.message : message}`
  }
}
