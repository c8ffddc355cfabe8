const mostRows = 200
const widest = 64

/** A row of a table of findings. */
interface FindingRow {
  readonly cells: readonly string[]
  readonly fix: string
}

/** A titled table for people, each finding with what to do about it; no lines if there are no findings. */
export function findingTable(
  title: string,
  header: readonly string[],
  findings: readonly FindingRow[],
): readonly string[] {
  if (findings.length === 0) return []
  const shown = findings.slice(0, mostRows)
  const rows = [header, ...shown.map(({ cells }) => cells.map(inOneLine))]
  // The last column needs no padding.
  const widths = header
    .slice(1)
    .map((_, i) => Math.min(widest, Math.max(...rows.map((row) => (row[i] as string).length))))
  const printed = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [
    title,
    `  ${printed[0]}`,
    // A fix that several consecutive findings share is printed once.
    ...shown.flatMap(({ fix }, i) => [`  ${printed[i + 1]}`, ...(shown[i + 1]?.fix === fix ? [] : [`      → ${fix}`])]),
    ...(findings.length > mostRows ? [`  … and ${findings.length - mostRows} more: --json lists them all`] : []),
    '',
  ]
}

const inOneLine = (cell: string): string => cell.replace(/\p{Cc}/gu, ' ')
