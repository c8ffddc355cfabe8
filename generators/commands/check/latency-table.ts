import { severities } from '../../../definitions/language/severity.ts'
import { latencies } from '../../latency/latency.ts'
import type { Model } from '../../model/model.ts'
import { latencyText } from '../../text/latency.ts'

/** The longest line of names. */
const width = 100

/** When each alert of a bot notifies, for people: alerts of a severity with the same times share a line. */
export function latencyTable(model: Model): string {
  const latency = latencies(model)
  const rows = severities.flatMap((severity) => {
    const byTime = new Map<string, { readonly most: number; readonly names: string[] }>()
    for (const alert of model.alerts) {
      const of = latency(alert)
      if (alert.severity !== severity || of === null) continue
      const time = latencyText(of)
      const known = byTime.get(time)
      if (known === undefined) byTime.set(time, { most: of.most, names: [alert.name] })
      else known.names.push(alert.name)
    }
    return [...byTime]
      .sort(([, a], [, b]) => a.most - b.most)
      .flatMap(([time, { names }]) => folded(names).map((line, i) => [severity, i === 0 ? time : '', line] as const))
  })
  if (rows.length === 0) return ''
  const [severityWidth, timeWidth] = [0, 1].map((of) => Math.max(...rows.map((row) => (row[of] as string).length)))
  const lines = rows.map(([severity, time, names], i) => {
    const first = severity === rows[i - 1]?.[0] ? '' : severity
    return `  ${first.padEnd(severityWidth ?? 0)}  ${time.padEnd(timeWidth ?? 0)}  ${names}`
  })
  return `${model.bot.name}: from a fault to its first message, at least and at most, without the delivery\n${lines.join('\n')}\n`
}

/** Names separated by commas, in lines. */
function folded(names: readonly string[]): readonly string[] {
  const lines: string[] = []
  for (const name of names) {
    const last = lines.at(-1)
    if (last === undefined || last.length + name.length + 2 > width) lines.push(name)
    else lines[lines.length - 1] = `${last}, ${name}`
  }
  return lines.map((line, i) => (i < lines.length - 1 ? `${line},` : line))
}
