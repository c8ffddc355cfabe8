import { fetchLines } from './logs-api.ts'

/** Why queries of a log yield nothing, as a sentence for the owner of the bot: whether it has any line at all. */
export async function whyNoLines(bot: string, span: { readonly from: number; readonly to: number }): Promise<string> {
  const { lines } = await fetchLines(bot, '*', span, 1)
  return lines.length === 0
    ? 'No data: VictoriaLogs has no line at all in this time range. The bot writes none, or the agent that reads its files is down.'
    : 'No data: the log has lines, but in this time range none matches what is selected at the top and the conditions of the query.'
}
