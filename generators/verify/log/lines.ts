/** By default, VictoriaLogs skips longer lines that are sent to /insert. */
export const mostBytes = 256 * 1024

/** A line as it is in the file: at most `mostBytes` of it. */
export interface RawLine {
  readonly bytes: Uint8Array
  /** Its length in the file, in bytes, without the line break. */
  readonly size: number
  /** Whether a line break follows: without one, it may still be being written. */
  readonly isEnded: boolean
}

/** The lines of a stream, those of each chunk together; of a line that is too long, only its beginning is kept in memory. */
export async function* rawLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly RawLine[]> {
  let parts: Uint8Array[] = []
  let kept = 0
  let size = 0
  const add = (part: Uint8Array) => {
    size += part.length
    const rest = part.subarray(0, mostBytes - kept)
    kept += rest.length
    if (rest.length > 0) parts.push(rest)
  }
  const take = (isEnded: boolean): RawLine => {
    const line = { bytes: joined(parts, kept), size, isEnded }
    parts = []
    kept = 0
    size = 0
    return line
  }
  for await (const chunk of chunks) {
    const lines: RawLine[] = []
    let from = 0
    for (let to = chunk.indexOf(lineBreak); to !== -1; to = chunk.indexOf(lineBreak, from)) {
      add(chunk.subarray(from, to))
      lines.push(take(true))
      from = to + 1
    }
    add(chunk.subarray(from))
    if (lines.length > 0) yield lines
  }
  if (size > 0) yield [take(false)]
}
const lineBreak = 0x0a

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  const all = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
