import { type Re2, readRe2 } from './re2.ts'

/** Why RE2, which Prometheus uses, rejects a regular expression; null if no reason is known. */
export function regexError(source: string): string | null {
  const read = readOnce(source)
  return 'wrong' in read ? read.wrong : null
}

/** Caches results by text: rules use few regular expressions, again and again. */
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

/** A regular expression as Prometheus matches it: anchored at both ends, with dots that match line breaks. Null if JavaScript cannot run it. */
export const anchoredRegex = once<RegExp | null>((source) => {
  const read = readOnce(source)
  if ('wrong' in read || read.script === null) return null
  try {
    return new RegExp(`^(?:${read.script})$`, `su${read.insensitive ? 'i' : ''}`)
  } catch (error) {
    // nesting that is too deep or lists that are too long for the engine
    if (error instanceof SyntaxError || error instanceof RangeError) return null
    throw error
  }
})
