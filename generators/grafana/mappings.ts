import { MappingType, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard'
import type { Colour, Meanings } from '../../definitions/language/panel.ts'
import type { Drawing } from './drawing.ts'

const onOff: Meanings = { 0: { text: 'off', colour: 'grey' }, 1: { text: 'on', colour: 'blue' } }
/** Where an alert watches, the colour is its threshold's. */
const watchedOnOff: Meanings = { 0: { text: 'off' }, 1: { text: 'on' } }

/** The words for values: a panel's own, else off and on for a flag; a state set is named by its labels. */
export function mappingsOf(drawing: Drawing): ValueMapping[] {
  const meanings = drawing.panel.meanings ?? usual(drawing)
  if (meanings === null) return []
  const options = Object.entries(meanings).map(
    ([value, { text, colour }], index) =>
      [value, { text, index, ...(colour === undefined ? {} : { color: colourName(colour) }) }] as const,
  )
  return [{ type: MappingType.ValueToText, options: Object.fromEntries(options) }]
}

function usual({ panel, placed, queries }: Drawing): Meanings | null {
  const isFlag = queries.length > 0 && panel.show.every(({ unit }) => unit.dim === 'flag')
  if (!isFlag || queries.some(({ says }) => says !== 'value')) return null
  return placed.thresholds.length > 0 ? watchedOnOff : onOff
}

/** Grafana's palette has no grey. */
const colourName = (colour: Colour) => (colour === 'grey' ? '#808080' : colour)
