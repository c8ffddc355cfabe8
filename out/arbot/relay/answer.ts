import { readFile } from 'node:fs/promises'
import { pause } from './clock.ts'
import { objectOf } from './message.ts'

/** What became of one attempt to deliver a message. */
export type AttemptOutcome =
  | { readonly kind: 'delivered' }
  /** The service refuses this very message, whoever sends it. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** It may work later. `reason` is a word for the metric, `why` a sentence without secrets; `answer` may still come. */
  | {
      readonly kind: 'later'
      readonly seconds: number | null
      readonly reason: string
      readonly why: string
      readonly answer?: Promise<AttemptOutcome>
    }

/** A service that has not answered by then hangs, in seconds. */
const answerWithin = 10
/** Until then its answer still counts, in milliseconds: it may have taken the message. */
const lateAnswerWithin = 300_000
/** A service that hangs is tried again this often, in seconds: each attempt may arrive in the end. */
const hangingPause = 45
/** What only a person can fix is tried again this often, in seconds. */
const fixedByPerson = 30
/** The longest a service may ask to wait, in seconds. */
const longestWait = 3600

type IsAboutMessage = (status: number, words: string, code: unknown) => boolean

/** Sends a JSON body and classifies the answer, which may come after the attempt counts as hanging. */
export async function attempt(
  title: string,
  url: string,
  body: object,
  isAboutMessage: IsAboutMessage,
): Promise<AttemptOutcome> {
  const answer = send(title, url, body, isAboutMessage)
  const hangs = pause(answerWithin).then(
    (): AttemptOutcome => ({
      kind: 'later',
      seconds: hangingPause,
      reason: 'timeout',
      why: `${title} did not answer within ${answerWithin} s`,
      answer,
    }),
  )
  return Promise.race([answer, hangs])
}

/** Errors never contain the URL, which is or holds a secret. */
async function send(title: string, url: string, body: object, isAboutMessage: IsAboutMessage): Promise<AttemptOutcome> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(lateAnswerWithin),
    })
    if (response.ok) {
      void response.body?.cancel()
      return { kind: 'delivered' }
    }
    const answer = await response.text()
    const { description, message, code, retry_after, parameters } = objectOf(answer) as Readonly<
      Record<string, unknown>
    >
    const words = withoutSecrets(String(description ?? message ?? response.statusText), url).slice(0, 200)
    const { status } = response
    if (status === 429) {
      const inner = (parameters as { readonly retry_after?: unknown } | undefined)?.retry_after
      const asked = Number(retry_after ?? inner ?? response.headers.get('retry-after') ?? 5)
      const seconds = Math.min(Math.max(Number.isFinite(asked) ? asked : 5, 1), longestWait)
      return { kind: 'later', seconds, reason: '429', why: `${title} limits the rate of messages (429: ${words})` }
    }
    if (status === 413 || isAboutMessage(status, words, code))
      return { kind: 'rejected', reason: `${title} answered ${status}: ${words}` }
    const seconds = status >= 500 || status === 408 ? null : fixedByPerson
    return { kind: 'later', seconds, reason: String(status), why: `${title} answered ${status}: ${words}` }
  } catch (error) {
    const { name, cause } = error as Error & { readonly cause?: { readonly code?: unknown } }
    const code = typeof cause?.code === 'string' ? cause.code : name
    return { kind: 'later', seconds: null, reason: 'network', why: `${title} cannot be reached (${code})` }
  }
}

/** A service's words without the parts of the URL that may be secret, which some servers repeat. */
function withoutSecrets(words: string, url: string): string {
  const parts = new URL(url).pathname
    .split('/')
    .filter((part) => part.length > 7 && part !== 'webhooks' && part !== 'sendMessage')
  return parts.reduce((text, part) => text.replaceAll(part, '…').replaceAll(decodeURIComponent(part), '…'), words)
}

/** The content of a secret file, or the reason why nothing can be sent. */
export async function secretIn(path: string): Promise<{ readonly secret: string } | AttemptOutcome> {
  const wrong = (what: string): AttemptOutcome => ({
    kind: 'later',
    seconds: fixedByPerson,
    reason: 'secret',
    why: `${path} ${what}`,
  })
  try {
    const secret = (await readFile(path, 'utf8')).trim()
    return secret === '' ? wrong('is empty') : { secret }
  } catch (error) {
    return wrong(`cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}
