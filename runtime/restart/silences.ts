import type { QuietMatcher } from './matchers.ts'

/** A silence as Alertmanager's API has it; a new one has no id. */
export interface BotSilence {
  readonly id?: string
  readonly matchers: readonly QuietMatcher[]
  readonly startsAt: string
  readonly endsAt: string
  readonly createdBy: string
  readonly comment: string
}

/** The silences of a bot, also those that have ended, as long as Alertmanager keeps them; rejects if Alertmanager does not answer in time. */
export async function readSilences(
  alertmanager: string,
  bot: string,
  signal: AbortSignal,
): Promise<readonly BotSilence[]> {
  const filter = encodeURIComponent(`bot=${JSON.stringify(bot)}`)
  const response = await fetch(`${alertmanager}/api/v2/silences?filter=${filter}`, { signal })
  const all: unknown = await response.json()
  return Array.isArray(all) ? (all as readonly BotSilence[]) : []
}

/** Begins a silence, or changes the one with its id; rejects with a sentence if Alertmanager refuses it or does not answer in time. */
export async function writeSilence(alertmanager: string, silence: BotSilence, signal: AbortSignal): Promise<void> {
  const { id, matchers, startsAt, endsAt, createdBy, comment } = silence
  const response = await fetch(`${alertmanager}/api/v2/silences`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...(id === undefined ? {} : { id }), matchers, startsAt, endsAt, createdBy, comment }),
    signal,
  })
  const said = (await response.text()).slice(0, 300).trim()
  if (!response.ok) throw new Error(`Alertmanager answered ${response.status}: ${said}`)
}
