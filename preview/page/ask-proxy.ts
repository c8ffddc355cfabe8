import { fetchFromServer } from './fetch-from-server.ts'
import { type createTurns, silence } from './prometheus/asking.ts'

/** An answer in the format of Prometheus, which is that of all proxies. */
interface Answer<T> {
  readonly status: string
  readonly data?: T
  readonly error?: string
  readonly warnings?: readonly string[]
  readonly infos?: readonly string[]
}

/** What a server says about an answer; a warning may mean that a part of it is missing. */
export interface AnswerRemark {
  readonly severity: 'warning' | 'info'
  readonly text: string
}

/** A server behind one of the preview's proxies, for people and for its questions. */
export interface AskedServer {
  readonly name: string
  readonly inTurn: ReturnType<typeof createTurns>
}

/** Asks a server through its proxy, and reads what it answers and says about it; throws a readable error if that fails. */
export async function askProxy<T>(
  { name, inTurn }: AskedServer,
  path: string,
  parameters: Readonly<Record<string, string>>,
): Promise<{ readonly data: T; readonly remarks: readonly AnswerRemark[] }> {
  const answer = await inTurn(async () => {
    const response = await fetchFromServer(`${path}?${new URLSearchParams(parameters)}`)
    const read = await bodyOf<T>(name, response)
    if (response.status === 504) throw silence(read.error ?? 'no answer')
    return read
  })
  const { status, data, error, warnings = [], infos = [] } = answer
  if (status !== 'success' || data === undefined) throw new Error(error ?? 'no answer')
  const remarks: readonly AnswerRemark[] = [
    ...warnings.map((text) => ({ severity: 'warning' as const, text })),
    ...infos.map((text) => ({ severity: 'info' as const, text })),
  ]
  return { data, remarks }
}

/** The answer in a response; what ends before its end is as silent as what never begins. */
async function bodyOf<T>(name: string, response: Response): Promise<Answer<T>> {
  try {
    return (await response.json()) as Answer<T>
  } catch (error) {
    if (error instanceof SyntaxError) return { status: 'error', error: response.statusText }
    throw silence(
      response.status === 504 ? `${name} did not answer in time.` : `The answer of ${name} did not end in time.`,
    )
  }
}
