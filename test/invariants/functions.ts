import { type Token, tokensOf } from './scan.ts'

/** A function with a body: its name, where it begins, and how many lines it has, including the closures in it. */
interface Measured {
  readonly name: string
  readonly line: number
  readonly lines: number
}

/**
 * Every function in a TypeScript or JavaScript source: declarations, expressions, methods and arrow functions. A function type
 * counts as an arrow function too: nothing is missed that way, and types are short.
 */
export function functionsOf(source: string): readonly Measured[] {
  const tokens = tokensOf(source)
  const c: Code = { tokens, ends: endsIn(tokens) }
  return tokens.flatMap((_, at) => {
    const found = functionAt(c, at)
    if (found === null) return []
    const [first, last] = [tokens[found.start] as Token, tokens[found.end] as Token]
    return [{ name: nameOf(c, found.start), line: first.line, lines: last.lastLine - first.line + 1 }]
  })
}

interface Code {
  readonly tokens: readonly Token[]
  /** The closing bracket of each opening one. */
  readonly ends: ReadonlyMap<number, number>
}

interface Extent {
  readonly start: number
  readonly end: number
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

function endsIn(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>()
  const open: number[] = []
  for (const [at, { kind, text, line }] of tokens.entries()) {
    if (kind !== 'code') continue
    if (Object.hasOwn(closing, text)) open.push(at)
    else if (/^[)\]}]$/.test(text)) {
      const start = open.pop() ?? -1
      if (closing[tokens[start]?.text ?? ''] !== text) throw new Error(`line ${line}: ${text} closes nothing`)
      ends.set(start, at)
    }
  }
  const unclosed = tokens[open.at(-1) ?? -1]
  if (unclosed !== undefined) throw new Error(`line ${unclosed.line}: ${unclosed.text} is never closed`)
  return ends
}

const is = ({ tokens }: Code, at: number, text: string) => tokens[at]?.kind === 'code' && tokens[at]?.text === text
const isWord = ({ tokens }: Code, at: number) => tokens[at]?.kind === 'code' && /^[\w$]+$/.test(tokens[at]?.text ?? '')
const isName = (c: Code, at: number) => isWord(c, at) || c.tokens[at]?.kind === 'text'
const isOneOf = ({ tokens }: Code, at: number, words: RegExp) =>
  tokens[at]?.kind === 'code' && words.test(tokens[at]?.text ?? '')
/** Whether a token directly follows the one before it. */
const isClose = ({ tokens }: Code, at: number) => at > 0 && tokens[at - 1]?.to === tokens[at]?.from
const isArrow = (c: Code, at: number) => is(c, at, '=') && is(c, at + 1, '>') && isClose(c, at + 1)

/** The function whose parameters or keyword `function` begin at a token. */
function functionAt(c: Code, at: number): Extent | null {
  if (isWord(c, at) && isArrow(c, at + 1) && !isOfType(c, at))
    return { start: is(c, at - 1, 'async') ? at - 1 : at, end: bodyEnd(c, at + 3) }
  if (!is(c, at, '(')) return null
  const name = beforeTypeParameters(c, at) - 1
  const after = (c.ends.get(at) as number) + 1
  const body = is(c, after, ':') ? typeEnd(c, after + 1) : after
  if (isArrow(c, body)) return { start: is(c, name, 'async') ? name : name + 1, end: bodyEnd(c, body + 2) }
  if (!is(c, body, '{')) return null
  const keyword = [name, name - 1, name - 2].find((one) => is(c, one, 'function'))
  if (keyword !== undefined) return { start: keyword, end: c.ends.get(body) as number }
  const isMethod =
    (isName(c, name) || is(c, name, ']')) && !isOneOf(c, name, /^(if|for|while|switch|catch|with|await|return)$/)
  return isMethod ? { start: name, end: c.ends.get(body) as number } : null
}

/** Whether a word before an arrow is the end of a function's return type, not a parameter without parentheses. */
const isOfType = (c: Code, at: number): boolean =>
  isOneOf(c, at - 1, /^([.|&]|readonly|keyof|typeof|is)$/) || (is(c, at - 1, ':') && is(c, at - 2, ')'))

/** Where the `<T>` that ends right before a token begins; the token itself if there is none. */
function beforeTypeParameters(c: Code, at: number): number {
  if (!is(c, at - 1, '>') || !isClose(c, at) || isArrow(c, at - 2)) return at
  let depth = 0
  for (let i = at - 1; i >= 0; i--) {
    if (is(c, i, '>') && !isArrow(c, i - 1)) depth += 1
    if (is(c, i, '<')) depth -= 1
    if (depth === 0) return i
  }
  return at
}

/** The token after `<…>`. */
function afterTypeArguments(c: Code, start: number): number {
  let depth = 0
  for (let at = start; at < c.tokens.length; at = (c.ends.get(at) ?? at) + 1) {
    if (is(c, at, '<')) depth += 1
    if (is(c, at, '>') && !isArrow(c, at - 1)) depth -= 1
    if (depth === 0) return at + 1
  }
  return c.tokens.length
}

/** The token after the type that begins at a token. */
function typeEnd(c: Code, start: number): number {
  let at = start
  while (isOneOf(c, at, /^([|&-]|keyof|readonly|unique|infer|typeof|asserts|new|abstract)$/)) at += 1
  if (is(c, at, '<')) return typeEnd(c, afterTypeArguments(c, at))
  const isFunction = isParameters(c, at)
  at = (c.ends.get(is(c, at, 'import') ? at + 1 : at) ?? at) + 1
  if (isFunction) return typeEnd(c, at + 2)
  for (;;) {
    if (is(c, at, '.')) at += 2
    else if (is(c, at, '<') && isClose(c, at)) at = afterTypeArguments(c, at)
    else if (is(c, at, '[') && isClose(c, at)) at = (c.ends.get(at) as number) + 1
    else break
  }
  if (isOneOf(c, at, /^([|&]|is)$/)) return typeEnd(c, at + 1)
  if (!is(c, at, 'extends')) return at
  const [test, yes] = [typeEnd(c, at + 1), (from: number) => typeEnd(c, from + 1)]
  return is(c, test, '?') ? yes(yes(test)) : test
}

/** Whether parentheses contain the parameters of a function type, not a type in parentheses. */
const isParameters = (c: Code, at: number): boolean =>
  is(c, at, '(') &&
  isArrow(c, (c.ends.get(at) as number) + 1) &&
  (!isWord(c, at + 1) || isOneOf(c, at + 2, /^[:,?=)]$/))

/** The last token of an arrow function's body. */
function bodyEnd(c: Code, start: number): number {
  if (is(c, start, '{')) return c.ends.get(start) as number
  let choices = 0
  let last = start
  for (let at = start; at < c.tokens.length; at = last + 1) {
    if (isOneOf(c, at, /^[,;)\]}]$/) || (at > start && isComplete(c, at - 1) && isNext(c, at))) break
    // a default or a function type ends at its value or at the enclosing `>`
    if (is(c, at, '=') && !isOperator(c, at)) break
    if (is(c, at, '>') && isClose(c, at) && !isOneOf(c, at - 1, /^[=>]$/)) break
    if (is(c, at, ':')) choices -= 1
    if (choices < 0) break
    if (is(c, at, '?') && !isOneOf(c, at + 1, /^[.?]$/) && !(is(c, at - 1, '?') && isClose(c, at))) choices += 1
    last =
      functionAt(c, at)?.end ??
      (is(c, at, '<') && isClose(c, at) ? afterTypeArguments(c, at) - 1 : (c.ends.get(at) ?? at))
  }
  return last
}

/** Whether an equals sign is part of another operator, such as `>=`, `===` or `=>`. */
const isOperator = (c: Code, at: number) =>
  (isClose(c, at) && isOneOf(c, at - 1, /^[=!<>]$/)) || (isClose(c, at + 1) && isOneOf(c, at + 1, /^[=>]$/))

/** Whether an expression or a type can end with a token. */
const isComplete = (c: Code, at: number): boolean =>
  c.tokens[at]?.kind === 'text' ||
  (isOneOf(c, at, /^([\w$]+|[)\]}`>]|\/\/)$/) &&
    !isArrow(c, at - 1) &&
    !isOneOf(c, at, /^(return|new|await|yield|as|satisfies)$/))

/** Whether a token after an expression is not part of it: a block, or a statement on its own line. */
function isNext(c: Code, at: number): boolean {
  const [before, token] = [c.tokens[at - 1] as Token, c.tokens[at] as Token]
  if (is(c, at, '{')) return true
  if (before.lastLine === token.line || isOneOf(c, at, /^(as|satisfies|instanceof|in|is|extends)$/)) return false
  return token.kind === 'text' || /^([\w$]+|[!~#@])$/.test(token.text)
}

/** The name of a function: its own, that of its constant or property, or the string before it in a call, such as a test's name. */
function nameOf(c: Code, start: number): string {
  const own = is(c, start, 'function') ? start + (is(c, start + 1, '*') ? 2 : 1) : start
  const before = c.tokens[start - 2]
  if (isName(c, own) && !is(c, own, 'async') && !isArrow(c, own + 1)) return c.tokens[own]?.text as string
  if (is(c, start - 1, ':') && isName(c, start - 2)) return before?.text as string
  if (is(c, start - 1, ',') && before?.kind === 'text') return before.text
  if (!is(c, start - 1, '=')) return 'anonymous'
  const declared = c.tokens.findLastIndex((_, i) => i < start && isOneOf(c, i, /^(const|let|var)$/))
  return isName(c, declared + 1) ? (c.tokens[declared + 1]?.text as string) : 'anonymous'
}
