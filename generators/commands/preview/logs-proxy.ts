import { answerText, failureOf, fetchFrom, isAnswer, type ProxyResponse, refusal, shownAddress } from './forwarding.ts'

/** The only paths that are forwarded: all of them are read-only. */
const readable = /^\/select\/logsql\/(?:query|stats_query|stats_query_range)$/

/** What may be asked; anything else, such as another tenant, is refused. */
const parameters: readonly string[] = ['query', 'start', 'end', 'time', 'step', 'limit']

/** How many lines may be asked for at once. */
const mostLines = 1001

/** Characters of an answer that are read: a line may have a megabyte, and a panel asks for hundreds. */
const mostText = 8_000_000

/** Queries VictoriaLogs on behalf of the page; whatever goes wrong is answered with a sentence, never thrown. */
export async function forwardToLogs(
  store: URL,
  path: string,
  search: string,
  within: number,
  most: number = mostText,
): Promise<ProxyResponse> {
  const wrong = wrongIn(path, new URLSearchParams(search))
  if (wrong !== null) return wrong
  try {
    const response = await fetchFrom(store, path, search, within)
    const { text, isCut } = await answerText(response, most)
    if (!response.ok && !isAnswer(text)) return refusal(response.status, 'bad_data', reasonIn(text, response.status))
    const body = path.endsWith('/query') && response.ok ? linesIn(text, isCut) : !isCut && isAnswer(text) ? text : null
    if (body !== null) return { status: response.status, body }
    return isCut
      ? refusal(
          413,
          'too_long',
          `The answer of VictoriaLogs has more than ${most / 1_000_000} MB: choose a shorter time range.`,
        )
      : refusal(
          502,
          'bad_gateway',
          `${shownAddress(store)} answered ${response.status}, but not in the format of VictoriaLogs.`,
        )
  } catch (error) {
    return failureOf(error, 'VictoriaLogs', store, within, '--logs')
  }
}

/** Why a question is not forwarded; null if it is. */
function wrongIn(path: string, asked: URLSearchParams): ProxyResponse | null {
  if (!readable.test(path))
    return refusal(
      403,
      'forbidden',
      `The preview forwards only read-only queries to VictoriaLogs: ${path} is not allowed.`,
    )
  const names = [...asked.keys()]
  const other = names.find((name, i) => !parameters.includes(name) || names.indexOf(name) < i)
  if (other !== undefined)
    return refusal(
      400,
      'bad_data',
      `The preview forwards ${parameters.join(', ')} to VictoriaLogs, each once: ${other} is not allowed.`,
    )
  const limit = asked.get('limit') ?? ''
  return path.endsWith('/query') && !(/^\d{1,4}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= mostLines)
    ? refusal(400, 'bad_data', `Lines are asked for with a limit from 1 to ${mostLines}, given '${limit}'.`)
    : null
}

/** The lines of an answer, a JSON object each, in the format of Prometheus; null if it has something else. */
function linesIn(text: string, isCut: boolean): string | null {
  const all = text.split('\n')
  const whole = (isCut ? all.slice(0, -1) : all).filter((line) => line !== '')
  return whole.every(isLine) ? `{"status":"success","data":{"isCut":${isCut},"lines":[${whole.join(',')}]}}` : null
}

function isLine(text: string): boolean {
  try {
    const line: unknown = JSON.parse(text)
    return typeof line === 'object' && line !== null && Object.values(line).every((value) => typeof value === 'string')
  } catch {
    return false
  }
}

/** What VictoriaLogs says about a query that it refuses: a text, which repeats the query. */
const reasonIn = (text: string, status: number): string =>
  text.trim() === '' ? `VictoriaLogs answered ${status}.` : text.trim().slice(0, 1000)
