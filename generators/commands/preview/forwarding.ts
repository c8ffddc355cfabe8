/** An answer to the page: always in the format of Prometheus' own API. */
export interface ProxyResponse {
  readonly status: number
  readonly body: string
}

/** An answer that says why there is none. */
export const refusal = (status: number, errorType: string, error: string): ProxyResponse => ({
  status,
  body: JSON.stringify({ status: 'error', errorType, error }),
})

/** The address as it may be shown: without user name and password. */
export const shownAddress = ({ origin, pathname }: URL): string => `${origin}${pathname.replace(/\/$/, '')}`

/** Sends a request to a server; moves a user name and password from its address to a header, as fetch requires. */
export function fetchFrom(server: URL, path: string, search: string, within: number): Promise<Response> {
  const { username, password } = server
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
  return fetch(`${shownAddress(server)}${path}${search}`, {
    headers: username === '' ? {} : { authorization: `Basic ${credentials}` },
    signal: AbortSignal.timeout(within),
    redirect: 'error',
  })
}

/** Why a server gave no answer; `option` is the one that names another. */
export const failureOf = (error: unknown, name: string, server: URL, within: number, option: string): ProxyResponse =>
  (error as Error).name === 'TimeoutError'
    ? refusal(504, 'timeout', `${name} at ${shownAddress(server)} did not answer within ${within / 1000} s.`)
    : refusal(
        502,
        'unreachable',
        `${name} at ${shownAddress(server)} does not answer (${causeOf(error)}). Is it running? Use ${option} to name another server.`,
      )

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined
  return cause?.code ?? cause?.message ?? String(error)
}

/** The beginning of an answer, at most so many characters, and whether it goes on; what is not read is not sent either. */
export async function answerText(
  { body }: Response,
  most: number,
): Promise<{ readonly text: string; readonly isCut: boolean }> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const bytes of body ?? []) {
    text += decoder.decode(bytes, { stream: true })
    if (text.length > most) return { text: text.slice(0, most), isCut: true }
  }
  return { text: text + decoder.decode(), isCut: false }
}

/** Characters up to which an answer is parsed to be checked: more would hold up all other requests. */
const parsed = 1_000_000

/** Whether a text is an answer in the format of Prometheus; of a long one the two ends are looked at. */
export function isAnswer(body: string): boolean {
  if (body.length > parsed)
    return /^\s*\{\s*"status"\s*:\s*"/.test(body.slice(0, 100)) && /\}\s*$/.test(body.slice(-10))
  try {
    return typeof (JSON.parse(body) as { status?: unknown }).status === 'string'
  } catch {
    return false
  }
}
