/** What a text with variables became, or why Compose rejects it. */
type Interpolated = { readonly text: string } | { readonly wrong: string }

/** The value of a variable; undefined if it is not set. */
export type Lookup = (name: string) => string | undefined

/** A text as Compose fills it in: `$NAME`, `${NAME}` and `${NAME:-default}` with its five relatives; `$$` is a dollar sign. */
export function withVariables(text: string, lookup: Lookup): Interpolated {
  let wrong: string | null = null
  const filled = text.replace(variable, (found: string, dollar?: string, named?: string) => {
    if (wrong !== null) return ''
    if (dollar !== undefined) return '$'
    if (named !== undefined) return lookup(named) ?? ''
    const done = braced(found, lookup)
    if ('text' in done) return done.text
    wrong = done.wrong
    return ''
  })
  return wrong === null ? { text: filled } : { wrong }
}

/** The variables that a text refers to and that are not set, without those that have a default; a fragment of a secret may be among them. */
export function unsetVariables(text: string, lookup: Lookup): readonly string[] {
  const unset: string[] = []
  withVariables(text, (name) => {
    const value = lookup(name)
    if (value === undefined) unset.push(name)
    return value
  })
  // A default is not missing anything: what remains are the plain references.
  return unset.filter((name) => new RegExp(`\\$(?:${name}(?![_a-z0-9])|\\{${name}\\})`, 'iu').test(text))
}

// As in Compose, the last brace of the line ends the widest match; what follows the variable's own brace is a text of its own.
const variable = /\$(?:(\$)|([_a-z][_a-z0-9]*)|\{(?:[_a-z][_a-z0-9]*(?::?[-+?][^\n]*)?\})?)/giu
const inBraces = /^\$\{([_a-z][_a-z0-9]*)(?:(:?[-+?])([^\n]*))?\}$/iu

function braced(found: string, lookup: Lookup): Interpolated {
  const end = closingBrace(found)
  const [own, rest] = end === -1 ? [found, ''] : [found.slice(0, end + 1), found.slice(end + 1)]
  const [, name, operator, word = ''] = inBraces.exec(own) ?? []
  if (name === undefined) return { wrong: 'a `${` is not the start of a variable' }
  const value = lookup(name)
  if (operator === undefined) return { text: value ?? '' }
  const given = withVariables(word, lookup)
  if ('wrong' in given) return given
  const isThere = value !== undefined && (operator.length === 1 || value !== '')
  switch (operator.at(-1)) {
    case '?':
      if (!isThere) return { wrong: 'a variable that it requires is not set' }
      return joined(value, rest, lookup)
    case '+':
      return joined(isThere ? given.text : (value ?? ''), rest, lookup)
    default:
      return joined(isThere ? value : given.text, rest, lookup)
  }
}

function joined(text: string, rest: string, lookup: Lookup): Interpolated {
  const after = withVariables(rest, lookup)
  return 'wrong' in after ? after : { text: `${text}${after.text}` }
}

/** Where the first brace is closed; -1 if it is not. Compose does not look at the character after an opening brace. */
function closingBrace(text: string): number {
  let open = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '}') {
      open--
      if (open === 0) return i
    }
    if (text[i] === '{') {
      open++
      i++
    }
  }
  return -1
}
