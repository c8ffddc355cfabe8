/** `; did you mean X?` for the known word nearest to a wrong one; empty if none is near. */
export function didYouMean(wrong, known) {
  const near = [...known]
    .filter((word) => word !== '')
    .map((word) => ({ word, away: distance(wrong, word) }))
    .filter(({ word, away }) => away <= Math.max(2, Math.floor(wrong.length / 4)) || word.endsWith(`/${wrong}`))
    .sort((a, b) => a.away - b.away)[0]
  return near === undefined ? '' : `; did you mean ${near.word}?`
}

/** The edit distance of two words: insertions, deletions and substitutions. */
function distance(a, b) {
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++)
      row.push(Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)))
    last = row
  }
  return last[b.length]
}
