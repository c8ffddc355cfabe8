/** The part of the page that is visible without scrolling, in pixels. */
export interface Screen {
  readonly width: number
  readonly height: number
}

interface Placed {
  readonly gridPos: { readonly x: number; readonly y: number; readonly h: number }
}

/** Pixels of a unit of the grid's height, and the width below which the grid has one column. */
const cell = 38
const narrow = 768

/** The panels of the first screen, and the others, from top to bottom. */
export function byScreen<P extends Placed>(
  panels: readonly P[],
  { width, height }: Screen,
): readonly [first: readonly P[], others: readonly P[]] {
  const sorted = [...panels].sort((a, b) => a.gridPos.y - b.gridPos.y || a.gridPos.x - b.gridPos.x)
  let top = 0
  const count = sorted.findIndex(({ gridPos }) => {
    const begins = width < narrow ? top : gridPos.y * cell
    top += gridPos.h * cell
    return begins > height
  })
  return count < 0 ? [sorted, []] : [sorted.slice(0, count), sorted.slice(count)]
}
