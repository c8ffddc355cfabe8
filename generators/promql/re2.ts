import { classAt, escapeAt, type Piece, unicodeAt } from './re2-classes.ts'

/** A regular expression of RE2 translated to JavaScript (flags s and u, anchored by the caller), or why RE2 rejects it. */
export type Re2 =
  | {
      /** Null if JavaScript cannot express it. */
      readonly script: string | null
      readonly insensitive: boolean
    }
  | { readonly wrong: string }

interface Group {
  readonly script: string
  /** The largest number of repetitions in it, nested counts multiplied. */
  readonly most: number
  readonly dotAll: boolean
  readonly lines: boolean
}

/** An expression that is being read, and what is known about it so far. */
interface Reading {
  readonly source: string
  at: number
  script: string
  /** Whether JavaScript can express all of it. */
  known: boolean
  insensitive: boolean
  dotAll: boolean
  lines: boolean
  /** Where the last repeatable part begins; -1 at the beginning of an alternative. */
  atom: number
  /** The largest number of repetitions of that part, nested counts multiplied. */
  atomMost: number
  /** The largest number of repetitions of any part of the group. */
  groupMost: number
  /** Whether that part is a repetition already. */
  repeated: boolean
  readonly open: Group[]
  readonly names: Set<string>
}

/** Reads the next part; returns why RE2 rejects it, or null. */
type PartReader = (r: Reading) => string | null

const most = 1000
const assertions: Readonly<Record<string, string>> = { A: '(?:^)', z: '(?:$)', b: '(?:\\b)', B: '(?:\\B)' }
const count = /\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}/y
const named = /\(\?P?<([^>]*)>/y
const around = /\(\?<?[=!]/y
/** A run of characters that match themselves. */
const plain = /[\w\-/ :,;@#&=<>'"!~%]+/y
const flagged = /\(\?([a-zA-Z-]*)([:)]?)/y

/** Reads an expression as RE2 does with Prometheus' flags: Perl classes, and dots that match line breaks. */
export function readRe2(source: string): Re2 {
  const r: Reading = {
    source,
    at: 0,
    script: '',
    known: true,
    insensitive: false,
    dotAll: true,
    lines: false,
    atom: -1,
    atomMost: 1,
    groupMost: 1,
    repeated: false,
    open: [],
    names: new Set(),
  }
  while (r.at < source.length) {
    const run = matchAt(plain, r)
    if (run !== null) {
      put(r, run[0], run[0].length)
      continue
    }
    const wrong = (readers.get(source[r.at] as string) ?? letter)(r)
    if (wrong !== null) return { wrong: `${source} ${wrong}` }
  }
  if (r.open.length > 0) return { wrong: `${source} is not a valid regular expression: missing closing )` }
  return { script: r.known ? r.script : null, insensitive: r.insensitive }
}

function matchAt(pattern: RegExp, { source, at }: Reading): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(source)
}

/** Adds a repeatable part and advances by its length in the source; returns null, since nothing is wrong with it. */
function put(r: Reading, text: string, length: number): null {
  r.atom = r.script.length
  r.atomMost = 1
  r.repeated = false
  r.script += text
  r.at += length
  return null
}

function piece(r: Reading, of: Piece | string): string | null {
  if (typeof of === 'string') return of
  if (of.script === null) r.known = false
  return put(r, of.script ?? '', of.end - r.at)
}

function group(r: Reading): string | null {
  if (r.source[r.at + 1] !== '?') return openGroup(r, '(', 1)
  if (matchAt(around, r) !== null) return 'has a lookaround, which RE2 does not support'
  const name = matchAt(named, r)
  return name === null ? withFlags(r) : withName(r, name)
}

function openGroup(r: Reading, script: string, length: number): string | null {
  if (r.open.length >= most) return 'is nested too deeply'
  r.open.push({ script: r.script, most: r.groupMost, dotAll: r.dotAll, lines: r.lines })
  r.script = script
  r.groupMost = 1
  r.atom = -1
  r.repeated = false
  r.at += length
  return null
}

function withName(r: Reading, [whole, name = '']: RegExpExecArray): string | null {
  if (!/^\w+$/.test(name)) return `has an invalid group name: ${whole}`
  // in JavaScript a group name cannot start with a digit, and must be unique
  const isName = /^[a-zA-Z_]/.test(name) && !r.names.has(name)
  r.names.add(name)
  return openGroup(r, isName ? `(?<${name}>` : '(', whole.length)
}

/** Flags for a new group, or for the rest of the current one. */
function withFlags(r: Reading): string | null {
  const [whole = '', word = '', end = ''] = matchAt(flagged, r) ?? []
  if (!isFlags(word, end)) return `uses ${whole}, which RE2 does not support`
  const [set = '', cleared = ''] = word.split('-')
  const isOfWhole = r.at === 0 && end === ')'
  if (end === ')') {
    r.at += whole.length
    r.repeated = false
  } else {
    const wrong = openGroup(r, '(?:', whole.length)
    if (wrong !== null) return wrong
  }
  // in JavaScript, case sensitivity applies to the whole expression
  if (set.includes('i') && isOfWhole) r.insensitive = true
  else if (set.includes('i') || cleared.includes('i')) r.known = false
  if (set.includes('s')) r.dotAll = true
  if (cleared.includes('s')) r.dotAll = false
  if (set.includes('m')) r.lines = true
  if (cleared.includes('m')) r.lines = false
  return null
}

function closeGroup(r: Reading): string | null {
  const outer = r.open.pop()
  if (outer === undefined) return 'is not a valid regular expression: unmatched )'
  const [inner, inside] = [`${r.script})`, r.groupMost]
  r.script = outer.script
  put(r, inner, 1)
  r.atomMost = inside
  r.groupMost = Math.max(outer.most, inside)
  r.dotAll = outer.dotAll
  r.lines = outer.lines
  return null
}

function alternative(r: Reading): null {
  r.script += '|'
  r.at++
  r.atom = -1
  r.repeated = false
  return null
}

function repetition(r: Reading): string | null {
  const counted = countAt(r)
  const text = counted?.text ?? (r.source[r.at] as string)
  if (counted !== null) {
    const wrong = countIn(r, counted)
    if (wrong !== null) return wrong
  }
  if (r.repeated) return 'repeats a repetition, which RE2 does not allow'
  if (r.atom < 0) return `is not a valid regular expression: nothing to repeat before ${text}`
  r.at += text.length
  // whether it is lazy makes no difference when the whole text has to match
  const lazy = r.source[r.at] === '?' ? '?' : ''
  r.script += text + lazy
  r.at += lazy.length
  r.repeated = true
  return null
}

/** Applies a repeat count, unless RE2 does not allow it. */
function countIn(r: Reading, { text, least, greatest }: Count): string | null {
  const times = Math.max(least, greatest ?? 0)
  if (times > most) return 'repeats more than 1000 times, which RE2 does not allow'
  if (greatest !== null && greatest < least) return `has an invalid repeat count: ${text}`
  r.atomMost *= Math.max(1, greatest ?? least)
  r.groupMost = Math.max(r.groupMost, r.atomMost)
  return times > 1 && r.atomMost > most ? 'repeats more than 1000 times, which RE2 does not allow' : null
}

function backslash(r: Reading): string | null {
  const next = r.source[r.at + 1] ?? ''
  const assertion = Object.hasOwn(assertions, next) ? assertions[next] : undefined
  if (assertion !== undefined) return put(r, assertion, 2)
  if (next === 'Q') return quoted(r)
  return piece(r, next === 'p' || next === 'P' ? unicodeAt(r.source, r.at) : escapeAt(r.source, r.at))
}

/** Text between `\Q` and `\E`, or the end, is literal. */
function quoted(r: Reading): null {
  const end = r.source.indexOf('\\E', r.at)
  for (const one of r.source.slice(r.at + 2, end === -1 ? undefined : end)) put(r, literal(one), 0)
  r.at = end === -1 ? r.source.length : end + 2
  return null
}

function letter(r: Reading): null {
  const one = String.fromCodePoint(r.source.codePointAt(r.at) as number)
  return put(r, literal(one), one.length)
}

const readers: ReadonlyMap<string, PartReader> = new Map<string, PartReader>([
  ['(', group],
  [')', closeGroup],
  ['|', alternative],
  ['*', repetition],
  ['+', repetition],
  ['?', repetition],
  ['{', (r) => (countAt(r) === null ? letter(r) : repetition(r))],
  ['[', (r) => piece(r, classAt(r.source, r.at))],
  ['.', (r) => put(r, r.dotAll ? '.' : '[^\\n]', 1)],
  ['^', (r) => put(r, r.lines ? '(?:(?<=^|\\n))' : '(?:^)', 1)],
  ['$', (r) => put(r, r.lines ? '(?:(?=$|\\n))' : '(?:$)', 1)],
  ['\\', backslash],
])

const literal = (letter: string) => letter.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')

/** Flags are set before an optional minus and cleared after it, with at least one after the minus. */
const isFlags = (word: string, end: string): boolean => end !== '' && /^[imsU]*(?:-[imsU]+)?$/.test(word)

interface Count {
  readonly text: string
  readonly least: number
  /** Null if there is no limit. */
  readonly greatest: number | null
}

function countAt(r: Reading): Count | null {
  const counted = r.source[r.at] === '{' ? matchAt(count, r) : null
  if (counted === null) return null
  const [text, least = '', comma, greatest] = counted
  const upTo = greatest === undefined ? null : Number(greatest)
  return { text, least: Number(least), greatest: comma === undefined ? Number(least) : upTo }
}
