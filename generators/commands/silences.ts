import { z } from 'zod'
import type { SilenceMatcher } from '../stack/quiet.ts'
import type { Wrong } from './docker-compose.ts'

/** A silence as Alertmanager's API accepts it. */
export interface NewSilence {
  readonly matchers: readonly SilenceMatcher[]
  readonly startsAt: string
  readonly endsAt: string
  readonly createdBy: string
  readonly comment: string
}

/** A silence that Alertmanager has. */
export interface Silence extends NewSilence {
  readonly id: string
}

const listed = z.array(
  z.object({
    id: z.string(),
    status: z.object({ state: z.string() }),
    matchers: z.array(
      z.object({ name: z.string(), value: z.string(), isRegex: z.boolean(), isEqual: z.boolean().default(true) }),
    ),
    startsAt: z.string(),
    endsAt: z.string(),
    createdBy: z.string(),
    comment: z.string(),
  }),
)
const posted = z.object({ silenceID: z.string() })

/** The silences of Alertmanager that have not ended, by their end. */
export async function silencesOf(alertmanager: string): Promise<readonly Silence[] | Wrong> {
  const said = await asked(alertmanager, '/api/v2/silences', {})
  if ('wrong' in said) return said
  const read = listed.safeParse(said.body)
  if (!read.success) return otherForm(alertmanager)
  return read.data
    .filter(({ status }) => status.state !== 'expired')
    .map(({ status: _, ...silence }) => silence)
    .sort((a, b) => Date.parse(a.endsAt) - Date.parse(b.endsAt))
}

/** Begins a silence, or changes the end of the one with this id; returns its id. */
export async function postSilence(
  alertmanager: string,
  silence: NewSilence & { readonly id?: string },
): Promise<{ readonly id: string } | Wrong> {
  const said = await asked(alertmanager, '/api/v2/silences', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(silence),
  })
  if ('wrong' in said) return said
  const read = posted.safeParse(said.body)
  return read.success ? { id: read.data.silenceID } : otherForm(alertmanager)
}

/** Ends a silence now; returns what is wrong as a sentence. */
export async function expireSilence(alertmanager: string, id: string): Promise<Wrong | null> {
  const said = await asked(alertmanager, `/api/v2/silence/${id}`, { method: 'DELETE' })
  return 'wrong' in said ? said : null
}

const otherForm = (alertmanager: string): Wrong => ({
  wrong: `the server at ${alertmanager} is not Alertmanager: its answer about silences has another form.`,
})

async function asked(
  alertmanager: string,
  path: string,
  request: RequestInit,
): Promise<{ readonly body: unknown } | Wrong> {
  let response: Response
  let text: string
  try {
    response = await fetch(`${alertmanager}${path}`, { ...request, signal: AbortSignal.timeout(10_000) })
    text = await response.text()
  } catch {
    return { wrong: `Alertmanager does not answer at ${alertmanager}: start the stack with \`make up\`.` }
  }
  const body = bodyOf(text)
  // it answers with a sentence in JSON
  if (!response.ok) return { wrong: `Alertmanager refused: ${typeof body === 'string' ? body : text.trim()}.` }
  return { body }
}

/** Null if it is not JSON. */
function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
