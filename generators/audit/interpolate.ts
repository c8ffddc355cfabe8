import type { DashboardVariable } from './verdict.ts'

/** A panel's expression as PromQL, with a placeholder for each variable. */
export interface Interpolation {
  readonly text: string
  /** The text with the variables back in it. */
  readonly restored: (text: string) => string
  /** Whether a variable takes the place of a name or an operator: then only the other parts are known. */
  readonly loose: boolean
}

/** Represents any value of a variable inside strings. */
export const anyValue = '\u{F0000}'
/** Prefix of the names that replace a variable. */
export const anyName = 'botwatch_any_'

const variable = /\$\{(\w+)[^}]*\}|\$(\w+)|\[\[(\w+)(?::\w+)?\]\]/y
const durations = new Set(['__rate_interval', '__interval', '__range', '__auto'])
const numbers = /^__(?:\w+_(?:ms|s)|from|to)$/

/** Replaces each variable of a dashboard with something that parses; `number` where a name is not allowed. */
export function interpolate(
  expr: string,
  variables: ReadonlyMap<string, DashboardVariable>,
  otherwise: 'name' | 'number' = 'name',
): Interpolation {
  const originals: [standIn: string, original: string][] = []
  let loose = false
  let text = ''
  let quote = ''
  let brackets = 0
  for (let at = 0; at < expr.length; ) {
    const char = expr[at] as string
    if (char === '#' && quote === '') {
      const end = expr.indexOf('\n', at)
      text += expr.slice(at, end === -1 ? undefined : end)
      at = end === -1 ? expr.length : end
      continue
    }
    variable.lastIndex = at
    const found = char === '$' || char === '[' ? variable.exec(expr) : null
    if (found !== null) {
      const name = (found[1] ?? found[2] ?? found[3]) as string
      at += found[0].length
      const number = originals.length
      const put = (standIn: string) => {
        originals.push([standIn, found[0]])
        text += standIn
      }
      if (quote !== '') put(`${anyValue}${number}${anyValue}`)
      // 301 s: a window that nobody writes
      else if (numbers.test(name) || (brackets > 0 && /^[smhdwy]/.test(expr.slice(at)))) put(`${301_000 + number}`)
      else if (brackets > 0 || durations.has(name) || /\boffset\s+$/.test(text)) put(`${301_000 + number}ms`)
      else {
        loose = true
        const current = variables.get(name)?.current ?? null
        if (current !== null && /^[\w:.]+$/.test(current)) text += current
        else put(otherwise === 'name' ? `${anyName}${number}_` : '1')
      }
      continue
    }
    if (quote !== '') {
      if (char === '\\' && quote !== '`') text += char + (expr[++at] ?? '')
      else text += char
      if (char === quote) quote = ''
    } else {
      if (char === '"' || char === "'" || char === '`') quote = char
      if (char === '[') brackets += 1
      if (char === ']') brackets -= 1
      text += char
    }
    at += 1
  }
  return {
    text,
    loose,
    restored: (of) => originals.reduce((so, [standIn, original]) => so.replaceAll(standIn, original), of),
  }
}
