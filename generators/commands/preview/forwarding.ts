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

/** Whether a text is an answer in the format of Prometheus. */
export function isAnswer(body: string): boolean {
  try {
    return typeof (JSON.parse(body) as { status?: unknown }).status === 'string'
  } catch {
    return false
  }
}
