/** The question that names the known word nearest to a wrong one; empty if none is near. */
export function nearest(wrong: string, known: Iterable<string>): string {
  const best = nearestWord(wrong, known)
  return best === '' ? '' : `did you mean ${best}?`
}

/** The known word nearest to a wrong one; empty where none is near. */
export function nearestWord(wrong: string, known: Iterable<string>): string {
  let best = ''
  // two changes would leave nothing of a short word
  let least = Math.max(1, Math.floor(wrong.length / 3)) + 1
  for (const word of known) {
    const away = editDistance(wrong, word, least)
    if (away < least) [best, least] = [word, away]
  }
  return best
}

/** The number of insertions, removals, changes and swaps of neighbours between two words, counted up to `enough`. */
export function editDistance(a: string, b: string, enough = Infinity): number {
  if (Math.abs(a.length - b.length) >= enough) return enough
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] as number) + 1)
      row.push(cost)
    }
    if (Math.min(...row) >= enough) return enough
    beforeLast = last
    last = row
  }
  return last[b.length] as number
}
