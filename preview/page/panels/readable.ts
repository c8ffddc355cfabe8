import { colorManipulator, type DataFrame, type DisplayValue, type Field } from '@grafana/data'
import { TableCellDisplayMode } from '@grafana/schema'
import { theme } from '../theme.ts'

/** What WCAG 2.2 asks of text, and how far a colour moves in one step towards it. */
const least = 4.5
const step = 0.06

const known = new Map<string, string>()

/** A colour of a dashboard, as dark or as light as text on a panel must be to be read; Grafana's green on white is not. */
export function readable(colour: string): string {
  const found = known.get(colour) ?? moved(colour)
  known.set(colour, found)
  return found
}

/** A value whose text is in its colour. */
export const withReadableColour = (value: DisplayValue): DisplayValue =>
  value.color === undefined ? value : { ...value, color: readable(value.color) }

/** A table in which the cells that write their value in its colour can be read. */
export const withReadableCells = (frame: DataFrame): DataFrame => ({ ...frame, fields: frame.fields.map(legible) })

function legible(field: Field): Field {
  const { display, config } = field
  if (display === undefined || config.custom?.cellOptions?.type !== TableCellDisplayMode.ColorText) return field
  return { ...field, display: (value, decimals) => withReadableColour(display(value, decimals)) }
}

function moved(colour: string): string {
  // Names, such as transparent, are not computed with.
  if (!/^(?:#|rgb|hsl)/.test(colour)) return colour
  const { darken, lighten, getContrastRatio } = colorManipulator
  const background = theme.colors.background.primary
  let text = colour
  for (let share = step; share < 1 && getContrastRatio(text, background) < least; share += step)
    text = theme.isDark ? lighten(colour, share) : darken(colour, share)
  return text
}
