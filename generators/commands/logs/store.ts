import { byCodeUnit } from '../../../definitions/language/code-unit.ts'
import type { StoredLine } from './line-text.ts'

/** Why the store gave no lines, as a sentence. */
interface Wrong {
  readonly wrong: string
}

/** Milliseconds that the store may take to answer. */
const patience = 30_000

/** The newest lines that a query yields, oldest first. */
export async function newestLines(store: string, query: string, limit: number): Promise<readonly StoredLine[] | Wrong> {
  try {
    const asked = new URLSearchParams({ query, limit: String(limit) })
    const response = await fetch(`${store}/select/logsql/query?${asked}`, { signal: AbortSignal.timeout(patience) })
    const text = await response.text()
    if (!response.ok) return { wrong: `VictoriaLogs at ${store} refuses the query: ${text.trim()}` }
    return text
      .split('\n')
      .flatMap(lineOf)
      .sort((a, b) => byCodeUnit(a['_time'] ?? '', b['_time'] ?? ''))
  } catch {
    return {
      wrong: `VictoriaLogs does not answer at ${store}: start the stack with \`make up\`, or name its address with --store.`,
    }
  }
}

function lineOf(text: string): readonly StoredLine[] {
  try {
    return text === '' ? [] : [JSON.parse(text) as StoredLine]
  } catch {
    return []
  }
}
