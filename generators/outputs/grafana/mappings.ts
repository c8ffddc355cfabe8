import { MappingType, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard'
import type { Colour, Meanings } from '../../../definitions/language/panel.ts'
import type { Drawing } from './drawing.ts'
import { isLimited } from './limits.ts'

const onOff: Meanings = { 0: { text: 'off', colour: 'grey' }, 1: { text: 'on', colour: 'blue' } }
/** If an alert watches the value, its threshold decides the colour. */
const watchedOnOff: Meanings = { 0: { text: 'off' }, 1: { text: 'on' } }

/** The words for values: the panel's own, or off and on for a flag; a state set is named by its labels. */
export function mappingsOf(drawing: Drawing): ValueMapping[] {
  const meanings = drawing.panel.meanings ?? usual(drawing)
  if (meanings === null) return []
  const options = Object.entries(meanings).map(
    ([value, { text, colour }], index) =>
      [value, { text, index, ...(colour === undefined ? {} : { color: colourName(colour) }) }] as const,
  )
  return [{ type: MappingType.ValueToText, options: Object.fromEntries(options) }]
}

function usual(drawing: Drawing): Meanings | null {
  const { panel, queries } = drawing
  const isFlag = panel.show.length > 0 && panel.show.every(({ unit }) => unit.dim === 'flag')
  if (!isFlag || queries.some(({ says }) => says !== 'value')) return null
  return isLimited(drawing) ? watchedOnOff : onOff
}

/** Colours that Grafana's palette has no name for, in tones readable in the light and the dark theme. */
const unnamed: Readonly<Partial<Record<Colour, string>>> = { grey: '#808080', cyan: '#12a5b5', pink: '#e8709a' }

export const colourName = (colour: Colour) => unnamed[colour] ?? colour
