/** An expression of up to this many characters stays on one line. */
const oneLine = 100

/** Where a line may break, the loosest operators first. */
const cuts = [/^ (?:and|or|unless) /, /^ (?:[<>]=?|==|!=) /, /^ [+-] /, /^ [*/%] /]

/** PromQL for people: what is too long for a line is broken before operators outside parentheses. */
export const inLines = (expr: string): string => broken(expr, 0).join('\n')

const broken = (expr: string, from: number): readonly string[] => {
  const cut = cuts[from]
  if (expr.length <= oneLine || cut === undefined) return [expr]
  return outside(expr, cut).flatMap((part) => broken(part, from + 1))
}

/** The parts of an expression, cut before each match outside parentheses and quotes. */
function outside(expr: string, cut: RegExp): string[] {
  const parts: string[] = []
  let [depth, quoted, from] = [0, false, 0]
  for (let at = 0; at < expr.length; at++) {
    const char = expr.charAt(at)
    if (quoted) {
      if (char === '\\') at++
      else if (char === '"') quoted = false
    } else if (char === '"') quoted = true
    else if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char)) depth--
    else if (char === ' ' && depth === 0 && cut.test(expr.slice(at, at + 9))) {
      parts.push(expr.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, expr.slice(from)]
}
