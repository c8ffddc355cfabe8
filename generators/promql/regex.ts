import { type Re2, readRe2 } from './re2.ts'

/** What RE2, which Prometheus uses, would not take of a regular expression; null where nothing is known against it. */
export function regexMistake(source: string): string | null {
  const read = readOnce(source)
  return 'wrong' in read ? read.wrong : null
}

/** The same for the same text, found once: rules ask for few of them, again and again. */
function once<T>(find: (source: string) => T): (source: string) => T {
  const known = new Map<string, T>()
  return (source) => {
    const before = known.get(source)
    if (before !== undefined) return before
    const found = find(source)
    if (known.size >= 10_000) known.clear()
    known.set(source, found)
    return found
  }
}

const readOnce = once<Re2>(readRe2)

/** A regular expression as Prometheus asks it: anchored at both ends, dots take line breaks too. Null where this machine cannot ask it. */
export const anchored = once<RegExp | null>((source) => {
  const read = readOnce(source)
  if ('wrong' in read || read.script === null) return null
  try {
    return new RegExp(`^(?:${read.script})$`, `su${read.insensitive ? 'i' : ''}`)
  } catch (error) {
    // groups within groups, or lists too long for this machine
    if (error instanceof SyntaxError || error instanceof RangeError) return null
    throw error
  }
})
