import { type Token, tokensOf } from './scan.ts'

/** A name that a file exports itself. */
export interface ExportedName {
  readonly name: string
  readonly isType: boolean
}

/** A name that a file imports from another: `*` for all of them, or if unknown. */
interface Taken {
  readonly of: string
  readonly name: string
  /** Whether the file re-exports it. */
  readonly isPassedOn: boolean
}

/** The names that a file exports itself, and those that it imports from other files. */
export interface Names {
  readonly exported: readonly ExportedName[]
  readonly taken: readonly Taken[]
}

/** The names in a TypeScript or JavaScript source. */
export function namesOf(source: string): Names {
  const tokens = tokensOf(source)
  const exported = new Map<string, ExportedName>()
  const taken: Taken[] = []
  /** The imports, by their names in this file. */
  const imported = new Map<string, Taken>()
  const listed: (Specifier & { readonly isType: boolean })[] = []
  for (const [i, { kind, text }] of tokens.entries()) {
    if (kind === 'text' || (text !== 'import' && text !== 'export') || tokens[i - 1]?.text === '.') continue
    if (text === 'import' && tokens[i + 1]?.text === '(') {
      taken.push(...fromCall(tokens, i))
      continue
    }
    const clause = clauseAt(tokens, i + 1)
    if (clause === null) {
      if (text === 'export') for (const one of declaredAt(tokens, i + 1)) exported.set(one.name, one)
      continue
    }
    if (clause.of === null) listed.push(...clause.names.map((one) => ({ ...one, isType: clause.isType })))
    else
      for (const { name, as } of clause.names) {
        const one = { of: clause.of, name, isPassedOn: text === 'export' }
        taken.push(one)
        if (text === 'import') imported.set(as, one)
      }
  }
  for (const { name, as, isType } of listed) {
    const from = imported.get(name)
    if (from === undefined) exported.set(as, { name: as, isType })
    else taken.push({ ...from, isPassedOn: true })
  }
  return { exported: [...exported.values()], taken }
}

interface Specifier {
  readonly name: string
  readonly as: string
}

interface Clause {
  readonly of: string | null
  readonly names: readonly Specifier[]
  readonly isType: boolean
}

/** `a, { b as c } from './a.ts'`, `* as d from …`, or `{ e }` of the file itself; null if none of these begins. */
function clauseAt(tokens: readonly Token[], start: number): Clause | null {
  const words = tokens.slice(start, start + 4).map(({ text }) => text)
  const isType = words[0] === 'type' && /^[\w$]+$|^[{*]$/.test(words[1] ?? '') && words[1] !== 'from'
  let at = isType ? start + 1 : start
  const names: Specifier[] = []
  if (/^[\w$]+$/.test(tokens[at]?.text ?? '') && /^(from|,)$/.test(tokens[at + 1]?.text ?? '')) {
    names.push({ name: 'default', as: tokens[at]?.text as string })
    at += tokens[at + 1]?.text === ',' ? 2 : 1
  }
  if (tokens[at]?.text === '*') {
    names.push({ name: '*', as: tokens[at + 1]?.text === 'as' ? (tokens[at + 2]?.text as string) : '*' })
    at += tokens[at + 1]?.text === 'as' ? 3 : 1
  } else if (tokens[at]?.text === '{') {
    const end = tokens.findIndex(({ text }, i) => i > at && text === '}')
    names.push(...specifiersIn(tokens.slice(at + 1, end)))
    at = end + 1
    if (tokens[at]?.text !== 'from') return { of: null, names, isType }
  }
  return tokens[at]?.text === 'from' && tokens[at + 1]?.kind === 'text'
    ? { of: tokens[at + 1]?.text as string, names, isType }
    : null
}

function specifiersIn(tokens: readonly Token[]): readonly Specifier[] {
  const words = tokens.map(({ text }) => text)
  const comma = words.indexOf(',')
  const [one, others] = comma === -1 ? [words, []] : [words.slice(0, comma), tokens.slice(comma + 1)]
  const [name, ...as] = one[0] === 'type' && one.length > 1 && one[1] !== 'as' ? one.slice(1) : one
  const rest = others.length > 0 ? specifiersIn(others) : []
  return name === undefined ? rest : [{ name, as: as[1] ?? name }, ...rest]
}

/** `(await import('./a.ts')).b`, `import('./a.ts').B` and `const { b } = await import('./a.ts')`. */
function fromCall(tokens: readonly Token[], at: number): readonly Taken[] {
  const of = tokens[at + 2]
  if (of?.kind !== 'text') return []
  const taken = (name: string): Taken => ({ of: of.text, name, isPassedOn: false })
  const after = tokens.slice(at + 4, at + 7).map(({ text }) => text)
  const [dot, property] = after[0] === ')' ? after.slice(1) : after
  if (dot === '.' && property !== 'then') return [taken(property as string)]
  const before = tokens.slice(0, at).map(({ text }) => text)
  if (before.slice(-3).join(' ') !== '} = await') return [taken('*')]
  return specifiersIn(tokens.slice(before.lastIndexOf('{') + 1, at - 3)).map(({ name }) => taken(name))
}

const beforeNames = /^(declare|abstract|async|const|let|var|function|class|interface|type|namespace|enum|\*)$/

/** The names of `export const a`, `export async function b`, `export const { c, d: e } = f` and the like. */
function declaredAt(tokens: readonly Token[], start: number): readonly ExportedName[] {
  const at = tokens.findIndex(({ text }, i) => i >= start && !beforeNames.test(text))
  const isType = /^(interface|type)$/.test(tokens[at - 1]?.text ?? '')
  return at === -1 ? [] : boundNames(tokens.slice(at)).map((name) => ({ name, isType }))
}

/** The names that a binding begins with: one, or those of a pattern in braces or brackets. */
function boundNames(tokens: readonly Token[]): readonly string[] {
  const words = tokens.map(({ text }) => text)
  if (!/^[{[]$/.test(words[0] ?? '')) return words.filter((word) => word !== '.' && word !== '...').slice(0, 1)
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (/^[{[(]$/.test(token.text)) depth += 1
    if (/^[}\])]$/.test(token.text)) depth -= 1
    if (depth === 0) break
    if (depth === 1 && token.text === ',') parts.push([])
    else (parts.at(-1) as Token[]).push(token)
  }
  // the first token opens the pattern
  return [parts[0]?.slice(1) ?? [], ...parts.slice(1)].flatMap((part) =>
    boundNames(part[1]?.text === ':' ? part.slice(2) : part),
  )
}
