import { type AskedServer, askProxy } from '../ask-proxy.ts'
import { createTurns } from '../prometheus/asking.ts'
import { type AnswerData, type SeriesAnswer, seriesIn } from '../prometheus/query-api.ts'
import type { LineFields } from './lines.ts'

/** Lines, newest first; `isCut` if there is no room for more of them in an answer. */
interface LinesAnswer {
  readonly lines: readonly LineFields[]
  readonly isCut: boolean
}

const victoriaLogs: AskedServer = { name: 'VictoriaLogs', inTurn: createTurns(2) }

const ask = <T>(bot: string, path: string, parameters: LineFields) =>
  askProxy<T>(victoriaLogs, `/logs/${encodeURIComponent(bot)}/select/logsql/${path}`, parameters)

/** At most so many of the newest lines that match a query between two times, in Unix milliseconds. */
export async function fetchLines(
  bot: string,
  query: string,
  { from, to }: { readonly from: number; readonly to: number },
  limit: number,
): Promise<LinesAnswer> {
  const asked = { query, start: String(from / 1000), end: String(to / 1000), limit: String(limit) }
  return (await ask<LinesAnswer>(bot, 'query', asked)).data
}

/** The figures of a query at one time, or for each step of a range; all in Unix seconds. */
export async function fetchFigures(
  bot: string,
  query: string,
  when: { readonly at: number } | { readonly from: number; readonly to: number; readonly step: string },
): Promise<SeriesAnswer> {
  const { data, remarks } =
    'at' in when
      ? await ask<AnswerData>(bot, 'stats_query', { query, time: String(when.at) })
      : await ask<AnswerData>(bot, 'stats_query_range', {
          query,
          start: String(when.from),
          end: String(when.to),
          step: when.step,
        })
  return { series: seriesIn(data), remarks }
}
