import { type FilterFields, filterFields } from './filter-fields.ts'
import { behindGroup, insideGroup, isMark, isWord, type LogsToken, splitAt } from './tokens.ts'

/** What a pipe does with the fields of the lines that it gets. */
interface PipeFields extends FilterFields {
  /** The fields that it reads. */
  readonly reads: readonly LogsToken[]
  /** The fields that it sets. */
  readonly makes: readonly string[]
  /** Whether it sets fields that its text does not name. */
  readonly makesOthers: boolean
}

type Tokens = readonly LogsToken[]

const nothing: PipeFields = { asked: [], bare: [], reads: [], makes: [], makesOthers: false }

/** The pipes that text may have: in a query over a range, the store takes no others before a `stats`. */
const pipes: Readonly<Record<string, (tokens: Tokens) => Partial<PipeFields>>> = {
  filter: (tokens) => filterFields(tokens),
  where: (tokens) => filterFields(tokens),
  extract: (tokens) => ({ reads: behind(tokens, 'from'), makes: placeholders(tokens), ...condition(tokens) }),
  extract_regexp: (tokens) => ({
    reads: behind(tokens, 'from'),
    makes: [...(quoted(tokens)?.matchAll(/\(\?P?<(\w+)>/g) ?? [])].map(([, name = '']) => name),
    ...condition(tokens),
  }),
  format: (tokens) => ({
    reads: placeholders(tokens).map((text) => ({
      ...(tokens.find(({ kind }) => kind === 'quoted') as LogsToken),
      text,
    })),
    makes: names(behind(tokens, 'as')),
    ...condition(tokens),
  }),
  math: (tokens) => calculated(tokens),
  eval: (tokens) => calculated(tokens),
  replace: (tokens) => ({ reads: behind(tokens, 'at'), ...condition(tokens) }),
  replace_regexp: (tokens) => ({ reads: behind(tokens, 'at'), ...condition(tokens) }),
  collapse_nums: (tokens) => ({ reads: behind(tokens, 'at'), ...condition(tokens) }),
  rename: (tokens) => moved(tokens),
  mv: (tokens) => moved(tokens),
  copy: (tokens) => moved(tokens),
  cp: (tokens) => moved(tokens),
  len: (tokens) => ({ reads: argument(tokens), makes: names(behind(tokens, 'as')) }),
  hash: (tokens) => ({ reads: argument(tokens), makes: names(behind(tokens, 'as')) }),
  json_array_len: (tokens) => ({ reads: argument(tokens), makes: names(behind(tokens, 'as')) }),
  unroll: (tokens) => ({ reads: argument(tokens), ...condition(tokens) }),
  unpack_json: (tokens) => unpacked(tokens),
  unpack_logfmt: (tokens) => unpacked(tokens),
  stats: (tokens) => statsFields(tokens),
}

export const knownPipes: readonly string[] = Object.freeze(Object.keys(pipes))

/** What a pipe does, by its name and the tokens after it; null if text may not have it. */
export function pipeFields(name: string, tokens: Tokens): PipeFields | null {
  const read = Object.hasOwn(pipes, name) ? pipes[name] : undefined
  return read === undefined ? null : { ...nothing, ...read(tokens) }
}

const quoted = (tokens: Tokens): string | undefined =>
  withoutCondition(tokens).find(({ kind }) => kind === 'quoted')?.text

/** The names in a pattern, such as <waited> or <uc:symbol>. */
const placeholders = (tokens: Tokens): readonly string[] =>
  [...(quoted(tokens)?.matchAll(/<(?:\w+:)?(\w+)>/g) ?? [])].map(([, name = '']) => name)

const names = (tokens: Tokens): readonly string[] => tokens.map(({ text }) => text)

/** The token after a word. */
function behind(tokens: Tokens, word: string): Tokens {
  const at = tokens.findIndex((token) => isWord(token, word))
  const next = at < 0 ? undefined : tokens[at + 1]
  return next === undefined ? [] : [next]
}

/** The words in the brackets, or after the name if there are none. */
function argument(tokens: Tokens): Tokens {
  const rest = withoutCondition(tokens)
  const at = rest.findIndex((token) => isMark(token, '('))
  return (at < 0 ? rest : insideGroup(rest, at)).filter((token) => token.kind !== 'mark' && !isWord(token, 'by'))
}

/** Where `if (…)` is, which several pipes and functions have. */
const conditionAt = (tokens: Tokens): number =>
  tokens.findIndex((token, i) => isWord(token, 'if') && isMark(tokens[i + 1], '('))

const condition = (tokens: Tokens): Partial<PipeFields> => {
  const at = conditionAt(tokens)
  return at < 0 ? {} : filterFields(insideGroup(tokens, at + 1))
}

const withoutCondition = (tokens: Tokens): Tokens => {
  const at = conditionAt(tokens)
  return at < 0 ? tokens : [...tokens.slice(0, at), ...tokens.slice(behindGroup(tokens, at + 1))]
}

function calculated(tokens: Tokens): Partial<PipeFields> {
  const parts = splitAt(tokens, ',').map((part) => ({
    of: part,
    as: part.findLastIndex((token) => isWord(token, 'as')),
  }))
  return {
    reads: parts.flatMap(({ of, as }) =>
      (as < 0 ? of : of.slice(0, as)).filter(
        (token, i, all) =>
          token.kind !== 'mark' && !isMark(all[i + 1], '(') && !isWord(token, 'default') && !/^[\d.]/.test(token.text),
      ),
    ),
    makes: parts.flatMap(({ of, as }) => (as < 0 ? [] : names(of.slice(as + 1, as + 2)))),
  }
}

const moved = (tokens: Tokens): Partial<PipeFields> => {
  const parts = splitAt(tokens, ',')
  return { reads: parts.flatMap((part) => part.slice(0, 1)), makes: parts.flatMap((part) => names(part.slice(-1))) }
}

function unpacked(tokens: Tokens): Partial<PipeFields> {
  const at = tokens.findIndex((token) => isWord(token, 'fields'))
  const [prefix] = names(behind(tokens, 'result_prefix'))
  const listed = at < 0 ? [] : insideGroup(tokens, at + 1).filter(({ kind }) => kind !== 'mark')
  return {
    reads: behind(tokens, 'from'),
    makes: listed.map(({ text }) => `${prefix ?? ''}${text}`),
    makesOthers: at < 0,
    ...condition(tokens),
  }
}

/** A function of a `stats`, the last field that it reads, and the name of its result. */
interface StatsFunction {
  readonly name: string
  readonly field: string | null
  readonly as: string | null
}

/** The functions of a `stats`. */
export function statsFunctions(tokens: Tokens): readonly StatsFunction[] {
  return splitAt(withoutGrouping(tokens), ',').flatMap((part) => {
    const [first] = part
    if (first === undefined) return []
    const rest = withoutCondition(part.slice(behindGroup(part, 1)))
    const named = rest.filter((token) => token.kind !== 'mark' && !isWord(token, 'as'))
    // uniq_values(x) limit 5
    const last = isWord(named[0], 'limit') ? named[2] : named[0]
    return [{ name: first.text, field: argument(part).at(-1)?.text ?? null, as: last?.text ?? null }]
  })
}

/** The fields in `by (…)`; null without it. */
export function groupedBy(tokens: Tokens): Tokens | null {
  const at = isWord(tokens[0], 'by') ? 1 : 0
  return isMark(tokens[at], '(') ? insideGroup(tokens, at).filter(({ kind }) => kind !== 'mark') : null
}

const withoutGrouping = (tokens: Tokens): Tokens => {
  const at = isWord(tokens[0], 'by') ? 1 : 0
  return isMark(tokens[at], '(') ? tokens.slice(behindGroup(tokens, at)) : tokens
}

function statsFields(tokens: Tokens): Partial<PipeFields> {
  const parts = splitAt(withoutGrouping(tokens), ',')
  const filters = parts.map((part) => condition(part))
  return {
    asked: filters.flatMap(({ asked = [] }) => asked),
    bare: filters.flatMap(({ bare = [] }) => bare),
    reads: [
      ...(groupedBy(tokens) ?? []),
      ...parts.flatMap((part) =>
        (isMark(part[1], '(') ? insideGroup(part, 1) : []).filter(
          (token) => token.kind !== 'mark' && !/^[\d.]/.test(token.text),
        ),
      ),
    ],
    makes: statsFunctions(tokens).flatMap(({ as }) => (as === null ? [] : [as])),
  }
}
