/** One import in a file: its source, and whether it imports only types, which do not exist at run time. */
export interface Import {
  readonly of: string
  readonly isType: boolean
}

/**
 * Every import in a TypeScript or JavaScript source: `import`, `export … from`, `import()` and `require()` with a string,
 * and an empty name for a computed one. Comments, other strings and regular expressions are skipped.
 */
export function importsOf(source: string): readonly Import[] {
  const found: Import[] = []
  const tokens = tokensOf(source)
  for (const [i, token] of tokens.entries()) {
    if (token.text === 'import' && tokens[i + 1]?.text === '(' && tokens[i + 2]?.kind === 'code')
      found.push({ of: '', isType: false })
    if (token.kind !== 'text') continue
    const [before, opening] = [tokens[i - 1]?.text, tokens[i - 2]?.text]
    const isCalled = before === '(' && (opening === 'import' || opening === 'require')
    if (isCalled || before === 'import') found.push({ of: token.text, isType: false })
    if (before === 'from') {
      const start = tokens.findLastIndex((one, j) => j < i && (one.text === 'import' || one.text === 'export'))
      if (start !== -1 && isClause(tokens.slice(start + 1, i - 1)))
        found.push({ of: token.text, isType: tokens[start + 1]?.text === 'type' && tokens[start + 2]?.text !== 'from' })
    }
  }
  return found
}

/** The tokens of a source that are code: names, numbers and punctuation, without comments, strings and regular expressions. */
export const codeOf = (source: string): readonly string[] =>
  tokensOf(source)
    .filter((token) => token.kind === 'code')
    .map((token) => token.text)

export interface Token {
  readonly kind: 'code' | 'text'
  readonly text: string
  /** Where it begins and ends in the source. */
  readonly from: number
  readonly to: number
  /** The lines of its first and last character, from 1. */
  readonly line: number
  readonly lastLine: number
}

/** What is between `import` and `from`: names, braces, commas, a star. */
const isClause = (tokens: readonly Token[]) =>
  tokens.every(({ kind, text }) => kind === 'text' || /^([\w$]+|[{},*])$/.test(text)) &&
  !tokens.some((t) => t.text === ';')

const pieces =
  /(?<blank>\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<quoted>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")|(?<word>[\w$]+)|(?<sign>[\s\S])/y
const regular = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[dgimsuvy]*/y

export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = []
  /** How many braces are open in each template interrupted by a `${`. */
  const templates: number[] = []
  let at = 0
  let [line, counted] = [1, 0]
  const lineAt = (end: number): number => {
    for (; counted < end; counted++) if (source[counted] === '\n') line += 1
    return line
  }
  const put = (kind: Token['kind'], text: string, from: number): void =>
    void tokens.push({ kind, text, from, to: at, line: lineAt(from), lastLine: lineAt(at) })
  const template = (from: number) => {
    const end = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(`|\$\{|$)/y
    end.lastIndex = at
    const piece = end.exec(source)
    at = end.lastIndex
    if (piece?.[1] === '${') templates.push(0)
    put('code', '`', from)
  }
  while (at < source.length) {
    const [from, last] = [at, tokens.at(-1)]
    if (source[at] === '/' && mayBeginRegular(last)) {
      regular.lastIndex = at
      if (!/^\/[/*]/.test(source.slice(at, at + 2)) && regular.test(source)) {
        at = regular.lastIndex
        put('code', '//', from)
        continue
      }
    }
    pieces.lastIndex = at
    const groups = pieces.exec(source)?.groups ?? {}
    at = pieces.lastIndex
    const { quoted, word, sign } = groups
    if (quoted !== undefined) put('text', quoted.slice(1, -1), from)
    else if (word !== undefined) put('code', word, from)
    else if (sign === '`') template(from)
    else if (sign !== undefined) {
      const depth = templates.at(-1)
      if (sign === '}' && depth === 0) {
        templates.pop()
        template(from)
        continue
      }
      if (depth !== undefined) templates[templates.length - 1] = depth + (sign === '{' ? 1 : sign === '}' ? -1 : 0)
      put('code', sign, from)
    }
  }
  return tokens
}

/** A slash after a value divides; after anything else it begins a regular expression. */
const mayBeginRegular = (last: Token | undefined) =>
  last === undefined ||
  (last.kind === 'code' &&
    (/^(return|typeof|case|in|of|default|do|else)$/.test(last.text) || !/^([\w$]+|[)\]`]|\/\/)$/.test(last.text)))

/** Text between tags or braces: at least two words, and nothing that only code has. */
const elementText = /(?<=[>}])[^<>{}()=;&|]*\b[A-Za-z]+ [a-z]+\b[^<>{}()=;&|]*(?=[<{])/g

/** The comments and strings of a source, and the text of its elements, with its code blanked out; lines stay where they are. */
export function proseOf(source: string, hasElements = false): string {
  const characters = source.split('')
  for (const { kind, text, from, to } of tokensOf(source))
    if (kind === 'code' && text !== '`')
      for (let at = from; at < to; at++) if (characters[at] !== '\n') characters[at] = ' '
  if (hasElements)
    for (const { 0: text, index } of source.matchAll(elementText))
      characters.splice(index, text.length, ...text.split(''))
  return characters.join('')
}
