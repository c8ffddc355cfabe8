import { type Re2, readRe2 } from './re2.ts'

/** What RE2, which Prometheus uses, would not take of a regular expression; null where nothing is known against it. */
export function regexMistake(source: string): string | null {
  const read = readOnce(source)
  return 'wrong' in read ? read.wrong : null
}

/** A regular expression as Prometheus asks it: anchored at both ends, dots take line breaks too. Null where this machine cannot ask it. */
export function anchored(source: string): RegExp | null {
  const known = asked.get(source)
  if (known !== undefined) return known
  const answer = compiled(source)
  if (asked.size >= 10_000) asked.clear()
  asked.set(source, answer)
  return answer
}
const asked = new Map<string, RegExp | null>()

function readOnce(source: string): Re2 {
  const known = reads.get(source)
  if (known !== undefined) return known
  const read = readRe2(source)
  if (reads.size >= 10_000) reads.clear()
  reads.set(source, read)
  return read
}
const reads = new Map<string, Re2>()

function compiled(source: string): RegExp | null {
  const read = readOnce(source)
  if ('wrong' in read || read.script === null) return null
  try {
    return new RegExp(`^(?:${read.script})$`, `su${read.insensitive ? 'i' : ''}`)
  } catch (error) {
    // groups within groups, or lists too long for this machine
    if (error instanceof SyntaxError || error instanceof RangeError) return null
    throw error
  }
}
