/** Finds the lines of strings in a JSON text, in the order in which they occur. */
export function lineFinder(text: string): (value: string) => number | null {
  let from = 0
  const found = new Map<string, number>()
  let line = 1
  let counted = 0
  const lineAt = (place: number): number => {
    if (place < counted) [line, counted] = [1, 0]
    for (let end = text.indexOf('\n', counted); end >= 0 && end < place; end = text.indexOf('\n', counted)) {
      line += 1
      counted = end + 1
    }
    return line
  }
  return (value) => {
    const written = JSON.stringify(value)
    // the next one after the last that was found, or one that a writer put elsewhere
    const next = text.indexOf(written, from)
    const place = next >= 0 ? next : (found.get(written) ?? text.indexOf(written))
    if (place < 0) return null
    found.set(written, place)
    if (next >= 0) from = next + written.length
    return lineAt(place)
  }
}
