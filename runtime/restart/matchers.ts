/** A matcher of a silence, as Alertmanager's API has it. */
export interface QuietMatcher {
  readonly name: string
  readonly value: string
  readonly isRegex: boolean
  readonly isEqual: boolean
}

const shape = /^\s*([A-Za-z_]\w*)(=~|!~|!=|=)"?([^"]+?)"?\s*$/

/** The matchers in a text such as `bot=mybot,alertname!~A|B`, with or without quotes; null unless one of them names the bot. */
export function matchersIn(text: string): readonly QuietMatcher[] | null {
  const found = text.split(',').map((part): QuietMatcher | null => {
    const [, name, operator, value] = shape.exec(part) ?? []
    if (name === undefined || value === undefined) return null
    return {
      name,
      value,
      isRegex: operator === '=~' || operator === '!~',
      isEqual: operator === '=' || operator === '=~',
    }
  })
  const matchers = found.filter((matcher) => matcher !== null)
  return matchers.length === found.length && botIn(matchers) !== null ? matchers : null
}

/** The bot that these matchers are about. */
export const botIn = (matchers: readonly QuietMatcher[]): string | null =>
  matchers.find(({ name, isRegex, isEqual }) => name === 'bot' && isEqual && !isRegex)?.value ?? null

/** Whether two lists say the same, in any order. */
export const sameMatchers = (one: readonly QuietMatcher[], other: readonly QuietMatcher[]): boolean =>
  keyOf(one) === keyOf(other)

const keyOf = (matchers: readonly QuietMatcher[]): string =>
  matchers
    .map(({ name, value, isRegex, isEqual }) => JSON.stringify([name, value, isRegex, isEqual]))
    .sort()
    .join()
