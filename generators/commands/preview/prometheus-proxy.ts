import { answerText, failureOf, fetchFrom, isAnswer, type ProxyResponse, refusal, shownAddress } from './forwarding.ts'

/** The only paths that are forwarded: all of them are read-only. */
const readable = /^\/api\/v1\/(?:query|query_range|series|labels|label\/[\w:]+\/values|metadata|rules|alerts)$/

/** Characters of an answer that are read: more than this neither the server nor a phone handles in the time that a panel waits. */
const mostText = 20_000_000

/** Queries Prometheus on behalf of the page; whatever goes wrong is answered with a sentence, never thrown. */
export async function forwardToPrometheus(
  prometheus: URL,
  path: string,
  search: string,
  within: number,
): Promise<ProxyResponse> {
  if (!readable.test(path))
    return refusal(
      403,
      'forbidden',
      `The preview forwards only read-only queries to Prometheus: ${path} is not allowed.`,
    )
  try {
    const response = await fetchFrom(prometheus, path, search, within)
    const { text: body, isCut } = await answerText(response, mostText)
    if (isCut)
      return refusal(
        413,
        'too_long',
        `Prometheus answered more than ${mostText / 1_000_000} MB: narrow the query, for example with sum by (…) or topk(…).`,
      )
    return isAnswer(body)
      ? { status: response.status, body }
      : refusal(
          502,
          'bad_gateway',
          `${shownAddress(prometheus)} answered ${response.status}, but not in the format of Prometheus.`,
        )
  } catch (error) {
    return failureOf(error, 'Prometheus', prometheus, within, '--prometheus')
  }
}
