import { behindGroup, insideGroup, isAdjacent, isMark, isWord, type LogsToken } from './tokens.ts'

/** What a filter asks of a field: its exact values if it names them, otherwise none. */
export interface AskedField {
  readonly field: LogsToken
  readonly values: readonly LogsToken[]
}

/** The fields that a filter asks for, and words without a field, which are looked for in the message. */
export interface FilterFields {
  readonly asked: readonly AskedField[]
  readonly bare: readonly LogsToken[]
}

/** Reads which fields a filter asks for. */
export function filterFields(tokens: readonly LogsToken[]): FilterFields {
  const asked: AskedField[] = []
  const bare: LogsToken[] = []
  let i = 0
  while (i < tokens.length) {
    const token = tokens[i] as LogsToken
    if (token.kind === 'mark' || ['and', 'or', 'not'].some((word) => isWord(token, word))) {
      i += 1
    } else if (isMark(tokens[i + 1], ':')) {
      const value = valueAt(tokens, i + 2)
      asked.push({ field: token, values: value.values })
      i = value.behind
    } else {
      bare.push(token)
      i = isFunction(tokens, i) ? behindGroup(tokens, i + 1) : i + 1
    }
  }
  return { asked, bare }
}

const isFunction = (tokens: readonly LogsToken[], at: number): boolean =>
  isAdjacent(tokens[at], tokens[at + 1]) && (isMark(tokens[at + 1], '(') || isMark(tokens[at + 1], '['))

/** The exact values after the colon at this index, and where they end. */
function valueAt(tokens: readonly LogsToken[], from: number): { values: readonly LogsToken[]; behind: number } {
  let i = from
  while (['!', '=', '~', '<', '>', '-'].some((mark) => isMark(tokens[i], mark))) i += 1
  const isExact = tokens.slice(from, i).every(({ text }) => text === '!' || text === '=')
  if (isMark(tokens[i], '(')) return { values: [], behind: behindGroup(tokens, i) }
  const value = tokens[i]
  if (value === undefined || value.kind === 'mark') return { values: [], behind: i + 1 }
  if (isFunction(tokens, i)) {
    const values = isWord(value, 'in') ? insideGroup(tokens, i + 1).filter(({ kind }) => kind !== 'mark') : []
    return { values, behind: behindGroup(tokens, i + 1) }
  }
  // a prefix, such as time*
  if (isMark(tokens[i + 1], '*') && isAdjacent(value, tokens[i + 1])) return { values: [], behind: i + 2 }
  return { values: isExact ? [value] : [], behind: i + 1 }
}
