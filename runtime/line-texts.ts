import { type LabelOffsets, valuesAt } from './label-offsets.ts'
import { labelText } from './label-text.ts'
import type { LineTexts } from './shapes.ts'

/**
 * Series with the same closed values share all of their text except the open values, so only the shared parts are cached: a
 * text for each series would take more memory than everything else in it.
 */
export function createLineTexts(
  offsets: readonly LabelOffsets[],
  width: number,
  whole: (labels: string) => string,
): LineTexts {
  const names = offsets.map((label) => label.name)
  // Placeholder for an open value: longer than any run of this character in a closed value.
  let gap = '\u0000'
  const closed = offsets.flatMap(({ steps }) => [...(steps?.keys() ?? [])].map(String))
  while (closed.some((value) => value.includes(gap))) gap += '\u0000'
  const open = offsets.filter((label) => label.steps === null).map(() => gap)
  const known: (readonly string[])[] = []
  return (block, series) => {
    if (block.overflow) return whole(labelText(names, block.open))
    known[series] ??= whole(labelText(names, valuesAt(offsets, open, series * width))).split(gap)
    const pieces = known[series] as readonly string[]
    let text = pieces[0] as string
    for (let i = 1; i < pieces.length; i++) text += (block.escaped[i - 1] as string) + pieces[i]
    return text
  }
}
