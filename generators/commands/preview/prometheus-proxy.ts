/** An answer to the page: always in the format of Prometheus' own API. */
interface ProxyResponse {
  readonly status: number
  readonly body: string
}

/** The only paths that are forwarded: all of them are read-only. */
const readable = /^\/api\/v1\/(?:query|query_range|series|labels|label\/[\w:]+\/values|metadata|rules|alerts)$/

/** Queries Prometheus on behalf of the page; whatever goes wrong is answered with a sentence, never thrown. */
export async function forwardToPrometheus(
  prometheus: URL,
  path: string,
  search: string,
  within: number,
): Promise<ProxyResponse> {
  if (!readable.test(path))
    return failure(
      403,
      'forbidden',
      `The preview forwards only read-only queries to Prometheus: ${path} is not allowed.`,
    )
  const { asked, headers } = addressOf(prometheus, path, search)
  try {
    const response = await fetch(asked, { headers, signal: AbortSignal.timeout(within), redirect: 'error' })
    const body = await response.text()
    return isAnswer(body)
      ? { status: response.status, body }
      : failure(
          502,
          'bad_gateway',
          `${shownAddress(prometheus)} answered ${response.status}, but not in the format of Prometheus.`,
        )
  } catch (error) {
    return (error as Error).name === 'TimeoutError'
      ? failure(504, 'timeout', `Prometheus at ${shownAddress(prometheus)} did not answer within ${within / 1000} s.`)
      : failure(
          502,
          'unreachable',
          `Prometheus at ${shownAddress(prometheus)} does not answer (${causeOf(error)}). Is it running? Use --prometheus to name another server.`,
        )
  }
}

/** The address as it may be shown: without user name and password. */
export const shownAddress = ({ origin, pathname }: URL): string => `${origin}${pathname.replace(/\/$/, '')}`

/** Moves a user name and password from the address to a header, as fetch requires. */
function addressOf(prometheus: URL, path: string, search: string) {
  const { username, password } = prometheus
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
  const headers: Record<string, string> = username === '' ? {} : { authorization: `Basic ${credentials}` }
  return { asked: `${shownAddress(prometheus)}${path}${search}`, headers }
}

const failure = (status: number, errorType: string, error: string): ProxyResponse => ({
  status,
  body: JSON.stringify({ status: 'error', errorType, error }),
})

function isAnswer(body: string): boolean {
  try {
    return typeof (JSON.parse(body) as { status?: unknown }).status === 'string'
  } catch {
    return false
  }
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined
  return cause?.code ?? cause?.message ?? String(error)
}
