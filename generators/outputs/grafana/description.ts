import { type Node, selectors } from '../../../definitions/language/node.ts'
import type { Threshold } from '../../model/model.ts'
import type { Drawing } from './drawing.ts'

/** What a panel shows and which alerts watch it: its own description, the help of its metrics, its alerts. */
export function descriptionOf(drawing: Drawing): string {
  const { panel, placed } = drawing
  const alerts = placed.alerts.map((name) => `- ${watched(name, drawing)}`)
  return [
    panel.description,
    helpOf(
      panel.show.map(({ query }) => query),
      drawing,
    ),
    alerts.length === 0 ? '' : `Alerts:\n${alerts.join('\n')}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function helpOf(queries: readonly Node[], { context }: Drawing): string {
  const sources = queries.flatMap((query) => selectors(query).map(({ name }) => context.choices.sources.get(name)))
  return [...new Set(sources)]
    .flatMap((source) => (source === undefined ? [] : [`- \`${source.of}\`: ${source.help}`]))
    .filter((line, i, all) => all.indexOf(line) === i)
    .join('\n')
}

function watched(name: string, { panel, placed, context }: Drawing): string {
  const severity = context.alerts.get(name)?.severity
  const limits = placed.thresholds
    .filter(({ alert }) => alert === name)
    .map((limit) => said(limit, panel.show[0]?.unit.symbol ?? ''))
  return `${[name, severity].filter((part) => part !== undefined).join(', ')}${limits.map((limit) => `, ${limit}`).join('')}`
}

const said = ({ bad, value }: Threshold, symbol: string) => `${bad} ${value}${symbol === '' ? '' : ` ${symbol}`}`
