import type { PanelJson } from '../dashboard.ts'

/** The part of the page that is visible without scrolling, in pixels. */
export interface Screen {
  readonly width: number
  readonly height: number
}

/** Pixels of a unit of the grid's height, and the width below which the grid has one column. */
const cell = 38
const narrow = 768

/** The panels of the first screen, and the others, from top to bottom. */
export function byScreen(
  panels: readonly PanelJson[],
  { width, height }: Screen,
): readonly [first: readonly PanelJson[], others: readonly PanelJson[]] {
  const sorted = [...panels].sort((a, b) => a.gridPos.y - b.gridPos.y || a.gridPos.x - b.gridPos.x)
  let top = 0
  const count = sorted.findIndex(({ gridPos }) => {
    const begins = width < narrow ? top : gridPos.y * cell
    top += gridPos.h * cell
    return begins > height
  })
  return count < 0 ? [sorted, []] : [sorted.slice(0, count), sorted.slice(count)]
}
