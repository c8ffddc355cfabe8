import type { Span } from '../promql/tokens.ts'

/** The line in which a part of a text begins, and a second line with carets under that part. */
export function caret(text: string, { from, to }: Span): readonly [string, string] {
  const start = text.lastIndexOf('\n', from - 1) + 1
  const end = text.indexOf('\n', from)
  const line = text.slice(start, end < 0 ? text.length : end)
  const width = Math.max(1, Math.min(to, start + line.length) - from)
  return [line, `${' '.repeat(from - start)}${'^'.repeat(width)}`]
}
