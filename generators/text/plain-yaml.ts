import type { YamlNode } from './yaml.ts'

interface Line {
  /** From 1. */
  readonly number: number
  readonly indent: number
  readonly text: string
}

/** The position of the reader; it only moves forward. */
interface Place {
  readonly lines: readonly Line[]
  /** The lines unchanged, for block scalars that keep their line breaks. */
  readonly all: readonly string[]
  next: number
}

/** Thrown if the text is more than plain: then the full parser reads it from the start. */
const more = Symbol('more than plain')

/**
 * The documents of a plain YAML text, as most rule files are: block mappings and sequences of one-line scalars, and
 * block scalars. Null for everything else and for invalid text: this is only a faster way to the same result.
 */
export function readPlain(text: string): readonly YamlNode[] | null {
  if (/[\t\r\0\u0085\u2028\u2029\ufeff]|^%|^\.\.\.|^--- *\S/m.test(text)) return null
  const all = text.split('\n')
  const documents: Line[][] = [[]]
  for (const [i, line] of all.entries()) {
    const indent = line.search(/[^ ]/)
    if (line.startsWith('---')) documents.push([])
    else if (indent >= 0) documents.at(-1)?.push({ number: i + 1, indent, text: line.slice(indent).trimEnd() })
  }
  try {
    const read = documents.flatMap((lines, i) => {
      // before the first marker, or after the last, there may be nothing but comments
      if (lines.every(({ text: of }) => of.startsWith('#'))) {
        if (documents.length === 1 || i > 0) throw more
        return []
      }
      const place: Place = { lines, all, next: 0 }
      const made = block(place, -1)
      if (current(place) !== undefined) throw more
      return [made]
    })
    return read
  } catch (error) {
    if (error === more || error instanceof RangeError) return null
    throw error
  }
}

function current(place: Place): Line | undefined {
  while (place.lines[place.next]?.text.startsWith('#')) place.next += 1
  return place.lines[place.next]
}

/** What is indented deeper than its parent. */
function block(place: Place, parent: number): YamlNode {
  const line = current(place)
  if (line === undefined || line.indent <= parent) throw more
  return isItem(line.text) ? sequence(place, line.indent) : mapping(place, line.indent, line)
}

const isItem = (text: string) => text === '-' || text.startsWith('- ')

function sequence(place: Place, indent: number): YamlNode {
  const items: YamlNode[] = []
  const first = (current(place) as Line).number
  for (let line = current(place); line?.indent === indent && isItem(line.text); line = current(place)) {
    const rest = line.text.slice(1)
    const inner = rest.search(/[^ ]/)
    if (inner < 0 || isItem(rest.trimStart())) throw more
    const inside: Line = { number: line.number, indent: indent + 1 + inner, text: rest.slice(inner) }
    if (keyOf(inside.text) !== null) items.push(mapping(place, inside.indent, inside))
    else {
      place.next += 1
      items.push(scalar(place, inside.text, inside.number, indent))
    }
  }
  const after = current(place)
  if (after !== undefined && after.indent > indent) throw more
  return { line: first, of: items }
}

function mapping(place: Place, indent: number, first: Line): YamlNode {
  const made = new Map<string, YamlNode>()
  let line: Line | undefined = first
  while (line !== undefined && line.indent === indent && !isItem(line.text)) {
    const key = keyOf(line.text)
    if (key === null || key.name === '<<' || made.has(key.name)) throw more
    place.next += 1
    made.set(key.name, behindKey(place, key.rest, line, indent))
    line = current(place)
  }
  if (line !== undefined && line.indent > indent) throw more
  return { line: first.number, of: made }
}

function behindKey(place: Place, rest: string, { number }: Line, indent: number): YamlNode {
  if (rest !== '' && !rest.startsWith('#')) return scalar(place, rest, number, indent)
  const next = current(place)
  // a sequence under a key need not be indented deeper
  if (next?.indent === indent && isItem(next.text)) return sequence(place, indent)
  return next !== undefined && next.indent > indent ? block(place, indent) : { line: number, of: null }
}

/** A key and what follows its colon; null if there is none. */
function keyOf(text: string): { readonly name: string; readonly rest: string } | null {
  const found = /^(?:([A-Za-z_][\w./-]*)|"([^"\\]*)"|'([^']*)') *:(?: +(.*))?$/.exec(text)
  if (found === null) return null
  return { name: found[1] ?? found[2] ?? found[3] ?? '', rest: found[4] ?? '' }
}

function scalar(place: Place, text: string, line: number, indent: number): YamlNode {
  if (/^[|>]/.test(text)) return { line, of: textBlock(place, text, line, indent) }
  const next = place.lines[place.next]
  // a scalar that continues on the next line
  if (next !== undefined && next.indent > indent) throw more
  if (text.startsWith('"')) {
    const quoted = /^("(?:[^"\\]|\\["\\/bfnrt])*")(?: +#.*)?$/.exec(text)?.[1]
    if (quoted === undefined) throw more
    return { line, of: JSON.parse(quoted) as string }
  }
  if (text.startsWith("'")) {
    const quoted = /^'((?:[^']|'')*)'(?: +#.*)?$/.exec(text)?.[1]
    if (quoted === undefined) throw more
    return { line, of: quoted.replaceAll("''", "'") }
  }
  if (/^(?:[[\]{},#&*!%@`]|[-?:](?: |$))|: |:$| #/.test(text)) throw more
  return { line, of: plain(text) }
}

function plain(text: string): string | number | boolean | null {
  if (/^(?:~|null|Null|NULL)$/.test(text)) return null
  if (/^(?:true|True|TRUE)$/.test(text)) return true
  if (/^(?:false|False|FALSE)$/.test(text)) return false
  if (/^[-+]?(?:0|[1-9]\d*)$/.test(text) && text.length < 16) return Number(text)
  // numbers of any other form
  if (/^[-+.]?\d[\w.+-]*$/.test(text) && /^[-+]?(?:[\d.]+(?:[eE][-+]?\d+)?|0[xo][\da-fA-F]+)$/.test(text)) throw more
  if (/^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$|^[-+]?\./.test(text)) throw more
  return text
}

/** A block scalar, literal (`|`) or folded (`>`). */
function textBlock(place: Place, header: string, line: number, parent: number): string {
  const found = /^([|>])(-?)$/.exec(header)
  const first = place.all[line]
  if (found === null || first === undefined) throw more
  const indent = first.search(/[^ ]/)
  if (indent <= parent || indent < 0) throw more
  const texts: string[] = []
  for (let i = line; i < place.all.length; i += 1) {
    const one = place.all[i] as string
    const own = one.search(/[^ ]/)
    if (own >= 0 && own < indent) break
    // in a folded scalar, lines that are indented deeper keep their line breaks
    if (found[1] === '>' && (own < 0 || own > indent) && i < place.all.length - 1) throw more
    texts.push(own < 0 ? '' : one.slice(indent))
  }
  const last = line + texts.length
  while ((place.lines[place.next]?.number ?? Infinity) <= last) place.next += 1
  while (texts.at(-1) === '') texts.pop()
  if (texts.some((text) => text === '') && found[1] === '>') throw more
  return texts.join(found[1] === '|' ? '\n' : ' ') + (found[2] === '-' ? '' : '\n')
}
