/** What RE2, which Prometheus uses, would not take of a regular expression; null where nothing is known against it. */
export function regexMistake(source: string): string | null {
  const plain = unquotedLiterals(source)
  const bare = plain
    .replace(/\\[1-7][0-7]+/g, 'x')
    .replace(/\\./gs, (pair) => (isUnknown(pair) ? pair : 'x'))
    .replace(/\[\^?\]?[^\]]*\]/g, 'x')
  const unknown = /\\(.)/s.exec(bare)
  if (/\(\?<?[=!]/.test(bare)) return `${source} looks around, which RE2 cannot`
  if (unknown !== null)
    return /[1-9]/.test(unknown[1] as string)
      ? `${source} refers back, which RE2 cannot`
      : `${source} has the escape ${unknown[0]}, which RE2 does not know`
  if (
    /[*+?}][*+]|[*+]\{\d|\}\{\d|\?\?\?|[*+}]\?\?/.test(bare.replace(/\{(?!\d+(?:,\d*)?\})|(?<!\{\d+(?:,\d*)?)\}/g, 'x'))
  )
    return `${source} repeats a repetition, which RE2 cannot`
  for (const [, least, most] of bare.matchAll(/\{(\d+)(?:,(\d*))?\}/g))
    if (Math.max(Number(least), Number(most || 0)) > 1000)
      return `${source} repeats more than a thousand times, which RE2 does not`
  const made = compiled(source)
  return typeof made === 'string' ? `${source} is no regular expression: ${made}` : null
}

/** A regular expression as Prometheus asks it: anchored at both ends, dots take line breaks too. Null where this machine cannot ask it. */
export function anchored(source: string): RegExp | null {
  const known = asked.get(source)
  if (known !== undefined) return known
  const made = regexMistake(source) === null ? compiled(source) : null
  const answer = made instanceof RegExp ? made : null
  if (asked.size >= 10_000) asked.clear()
  asked.set(source, answer)
  return answer
}
const asked = new Map<string, RegExp | null>()

/** The expression, why it is none, or null where JavaScript has no words for it. */
function compiled(source: string): RegExp | string | null {
  const plain = unquotedLiterals(source)
  const insensitive = plain.startsWith('(?i)')
  const body = (insensitive ? plain.slice(4) : plain)
    .replace(/\(\?\)/g, '')
    .replace(/\(\?P</g, '(?<')
    .replace(/\\A/g, '^')
    .replace(/\\z/g, '$')
  if (/\(\?[imsU-]|\[\[:|\\[pPxaQ]/.test(body)) return null
  const letter = insensitive ? 'i' : ''
  try {
    // with u a dot takes a whole character
    return new RegExp(`^(?:${body})$`, `su${letter}`)
  } catch {
    try {
      // without u needless escapes are taken, as by RE2
      return new RegExp(`^(?:${body})$`, `s${letter}`)
    } catch (error) {
      return (error as Error).message.replace(/^Invalid regular expression: .*: /s, '')
    }
  }
}

/** Letters behind a backslash that mean something to RE2; signs stand for themselves. */
const isUnknown = (pair: string) => /^\\[a-zA-Z1-9]$/.test(pair) && !/^\\[aftnrvdDsSwWbBAzQEpPx]$/.test(pair)

/** `\Q…\E` takes everything between literally. */
const unquotedLiterals = (source: string): string =>
  source.replace(/\\Q(.*?)(?:\\E|$)/gs, (_, text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
