import { lines } from '../../../definitions/language/index.ts'
import { printFigure } from '../../../generators/logsql/print.ts'
import { events } from '../../fixtures/logs-bot.ts'
import { writer } from './log-stage.ts'

/** A line as the store has it: all values are texts. */
type StoredLine = Readonly<Record<string, string>>

/** The answer to a query of LogsQL. */
export async function ask(store: string, query: string): Promise<readonly StoredLine[]> {
  const answer = await fetch(`${store}/select/logsql/query?${new URLSearchParams({ query })}`)
  const body = await answer.text()
  if (!answer.ok) throw new Error(`${query}: ${answer.status} ${body}`)
  return body
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as StoredLine)
}

/** How many lines the store has, and how many rows it has of them; asked like a figure, since a new stream is found a second later than its rows. */
export async function storedLines(store: string): Promise<{ readonly distinct: number; readonly rows: number }> {
  const [answer] = await ask(store, '{bot="tb",env="paper"} | stats count_uniq(run, seq) as distinct, count() as rows')
  return { distinct: Number(answer?.['distinct']), rows: Number(answer?.['rows']) }
}

const filled = lines(events.order_filled)

const asked = {
  count: filled.count('1h'),
  sum: filled.sum('latency_ms', '1h'),
  avg: filled.avg('latency_ms', '1h'),
  min: filled.min('latency_ms', '1h'),
  max: filled.max('latency_ms', '1h'),
  median: filled.quantile(0.5, 'latency_ms', '1h'),
  p95: filled.quantile(0.95, 'latency_ms', '1h'),
} as const

/** The figures of alerts and panels about the latency of fills, as the store computes them; NaN if there is none. */
export async function storedFigures(store: string): Promise<Readonly<Record<keyof typeof asked, number>>> {
  const { bot, env } = writer
  const entries = Object.entries(asked).map(async ([name, { figure }]) => {
    const [answer] = await ask(store, `_time:1h ${printFigure(figure, { bot, env })}`)
    return [name, Number(answer?.['value'])]
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** The same figures of values, computed here. */
export function computedFigures(
  values: readonly number[],
  count = values.length,
): Awaited<ReturnType<typeof storedFigures>> {
  const sorted = [...values].sort((a, b) => a - b)
  const sum = values.reduce((a, b) => a + b, 0)
  const share = (phi: number) => sorted[Math.min(Math.floor(phi * sorted.length), sorted.length - 1)] ?? Number.NaN
  return {
    count,
    sum,
    avg: sum / sorted.length,
    min: share(0),
    max: share(1),
    median: share(0.5),
    p95: share(0.95),
  }
}
