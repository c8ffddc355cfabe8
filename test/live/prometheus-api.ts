/** A series in the answer to an instant query. */
interface InstantSample {
  readonly metric: Readonly<Record<string, string>>
  readonly value: number
}

interface Answer<T> {
  readonly status: 'success' | 'error'
  readonly data: T
  readonly error?: string
}

/** Calls the HTTP API of Prometheus; an API error is thrown with its own words. */
export async function queryPrometheus<T>(
  url: string,
  path: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<T> {
  const response = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(parameters)}`)
  const answer = (await response.json()) as Answer<T>
  if (answer.status !== 'success') throw new Error(`${path} ${JSON.stringify(parameters)}: ${answer.error}`)
  return answer.data
}

interface Vector {
  readonly resultType: 'vector' | 'scalar' | 'matrix' | 'string'
  readonly result: readonly {
    readonly metric: Readonly<Record<string, string>>
    readonly value: readonly [number, string]
  }[]
}

/** The series of an instant query now. */
export async function instant(url: string, query: string): Promise<readonly InstantSample[]> {
  const { resultType, result } = await queryPrometheus<Vector>(url, 'query', { query })
  if (resultType === 'scalar')
    return [{ metric: {}, value: Number((result as unknown as readonly [number, string])[1]) }]
  return result.map((one) => ({ metric: one.metric, value: Number(one.value[1]) }))
}

/** Polls until a condition holds; if time runs out, the error says what it waited for. */
export async function until<T>(what: string, within: number, look: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + within
  let last: unknown = null
  for (;;) {
    try {
      const found = await look()
      if (found !== null) return found
      last = null
    } catch (error) {
      last = error
    }
    if (Date.now() > end)
      throw new Error(`${what}: not within ${within / 1000} s${last === null ? '' : ` (${(last as Error).message})`}`)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}
