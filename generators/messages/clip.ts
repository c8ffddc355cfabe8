import type { Dialect } from './dialect.ts'

// Lengths are counted after escaping, in UTF-16 code units as the channels count them: a character outside the BMP counts as two.

/** Template lines that set a variable to escaped text of at most this many characters; it is cut before it is escaped. */
export function clip(
  dialect: Dialect,
  variable: string,
  expression: string,
  limit: number,
  escaped = dialect.escaped,
): readonly string[] {
  const whole = `${variable}Whole`
  const cut = (to: number) => escaped(`(reReplaceAll "(?s)^(.{${to - 1}}).{2,}$" "\${1}…" ${whole})`)
  // the last cut fits even if escaping lengthens every character
  const shorter = new Set([Math.floor(limit / 2), Math.floor(limit / dialect.growth)])
  return [
    `{{ ${whole} := ${expression} }}`,
    `{{ ${variable} := ${cut(limit)} }}`,
    ...[...shorter].map((to) => `{{ if ${isLonger(variable, limit)} }}{{ ${variable} = ${cut(to)} }}{{ end }}`),
  ]
}

/** Whether an expression has more than this many characters. */
export const isLonger = (expression: string, limit: number): string =>
  `match "(?s)^${atLeast(limit + 1)}" (reReplaceAll "[\\\\x{10000}-\\\\x{10FFFF}]" "xx" ${expression})`

/** RE2 allows at most 1000 repetitions. */
const atLeast = (count: number): string => (count <= 1000 ? `.{${count},}` : `.{1000}${atLeast(count - 1000)}`)
