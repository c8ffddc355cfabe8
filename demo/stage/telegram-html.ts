/** The visible text of a message, or the error with which Telegram's Bot API rejects it. */
export type TelegramText = { readonly text: string } | { readonly refused: string }

const tags: ReadonlySet<string> = new Set(['a', 'b', 'blockquote', 'code', 'em', 'i', 'pre', 's', 'strong', 'u'])
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const longest = 4096

/** Parses a message in parse mode HTML like Telegram: few tags, closed in order, few entities, at most 4,096 characters. */
export function readTelegramHtml(html: string): TelegramText {
  const open: string[] = []
  let text = ''
  for (const { 0: part, 1: slash, 2: tag, 3: entity, 4: bare, index } of html.matchAll(
    /<(\/?)([a-z]+)(?: href="[^"<>]*")?>|&(#\d+|#x[\da-f]+|[a-z]+);|([<>&])|[^<>&]+/gi,
  )) {
    if (bare !== undefined) return refused(`a bare ${bare} at '${html.slice(index, index + 20)}'`)
    if (tag !== undefined) {
      if (!tags.has(tag)) return refused(`Unsupported start tag "${tag}"`)
      if (slash === '') open.push(tag)
      else if (open.pop() !== tag) return refused(`Unexpected end tag "${tag}"`)
    } else if (entity !== undefined) {
      const character = characterOf(entity)
      if (character === null) return refused(`Unsupported entity "${entity}"`)
      text += character
    } else text += part
  }
  if (open.length > 0) return refused(`Can't find end tag corresponding to start tag "${open.at(-1)}"`)
  if (text.trim() === '') return { refused: 'Bad Request: message text is empty' }
  if (text.length > longest) return { refused: 'Bad Request: message is too long' }
  return { text }
}

const refused = (why: string): TelegramText => ({ refused: `Bad Request: can't parse entities: ${why}` })

function characterOf(entity: string): string | null {
  if (!entity.startsWith('#')) return named[entity] ?? null
  const code = /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1))
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null
}
