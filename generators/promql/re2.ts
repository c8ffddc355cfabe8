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
  most: number
  readonly dotAll: boolean
  readonly lines: boolean
}

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
  const open: Group[] = []
  const names = new Set<string>()
  let [script, known, insensitive, dotAll, lines] = ['', true, false, true, false]
  // where the last repeatable part begins, and how often it is repeated; none at the beginning of an alternative
  let [atom, atomMost, groupMost, repeated] = [-1, 1, 1, false]
  const put = (text: string) => {
    atom = script.length
    atomMost = 1
    script += text
    repeated = false
  }
  const piece = (of: Piece | string): string | null => {
    if (typeof of === 'string') return of
    if (of.script === null) known = false
    put(of.script ?? '')
    at = of.end
    return null
  }
  let at = 0
  while (at < source.length) {
    const char = source[at] as string
    plain.lastIndex = at
    const run = plain.exec(source)
    if (run !== null) {
      put(run[0])
      at = plain.lastIndex
      continue
    }
    let wrong: string | null = null
    if (char === '(') {
      named.lastIndex = at
      flagged.lastIndex = at
      around.lastIndex = at
      const isMore = source[at + 1] === '?'
      const name = isMore ? named.exec(source) : null
      const flags = isMore ? flagged.exec(source) : null
      if (isMore && around.test(source)) return { wrong: `${source} has a lookaround, which RE2 does not support` }
      if (name !== null) {
        const [whole, given = ''] = name
        if (!/^\w+$/.test(given)) return { wrong: `${source} has an invalid group name: ${whole}` }
      } else if (flags !== null && !isFlags(flags))
        return { wrong: `${source} uses ${flags[0]}, which RE2 does not support` }
      const [before, word = '', end = ''] = name === null ? (flags ?? []) : []
      const [set = '', cleared = ''] = word.split('-')
      if (end !== ')') {
        if (open.length >= most) return { wrong: `${source} is nested too deeply` }
        open.push({ script, most: groupMost, dotAll, lines })
        const called = name?.[1] ?? ''
        // in JavaScript a group name cannot start with a digit, and must be unique
        const isName = /^[a-zA-Z_]/.test(called) && !names.has(called)
        names.add(called)
        script = isName ? `(?<${called}>` : before === undefined ? '(' : '(?:'
        groupMost = 1
      }
      // in JavaScript, case sensitivity applies to the whole expression
      if (set.includes('i') && at === 0 && end === ')') insensitive = true
      else if (set.includes('i') || cleared.includes('i')) known = false
      if (set.includes('s')) dotAll = true
      if (cleared.includes('s')) dotAll = false
      if (set.includes('m')) lines = true
      if (cleared.includes('m')) lines = false
      at += (name?.[0] ?? before ?? '(').length
      if (end !== ')') atom = -1
      repeated = false
    } else if (char === ')') {
      const group = open.pop()
      if (group === undefined) return { wrong: `${source} is not a valid regular expression: unmatched )` }
      const inner = `${script})`
      script = group.script
      const inside = groupMost
      put(inner)
      atomMost = inside
      groupMost = Math.max(group.most, inside)
      dotAll = group.dotAll
      lines = group.lines
      at++
    } else if (char === '|') {
      script += '|'
      atom = -1
      repeated = false
      at++
    } else if (char === '*' || char === '+' || char === '?' || (char === '{' && countAt(source, at) !== null)) {
      const counted = countAt(source, at)
      if (counted !== null) {
        const times = Math.max(counted.least, counted.most ?? 0)
        if (times > most || (counted.most !== null && counted.most < counted.least))
          return {
            wrong: `${source} ${times > most ? 'repeats more than 1000 times, which RE2 does not allow' : `has an invalid repeat count: ${counted.text}`}`,
          }
        atomMost *= Math.max(1, counted.most ?? counted.least)
        groupMost = Math.max(groupMost, atomMost)
        if (times > 1 && atomMost > most)
          return { wrong: `${source} repeats more than 1000 times, which RE2 does not allow` }
      }
      if (repeated) return { wrong: `${source} repeats a repetition, which RE2 does not allow` }
      if (atom < 0)
        return {
          wrong: `${source} is not a valid regular expression: nothing to repeat before ${counted?.text ?? char}`,
        }
      at += (counted?.text ?? char).length
      // whether it is lazy makes no difference when the whole text has to match
      const lazy = source[at] === '?' ? '?' : ''
      script += (counted?.text ?? char) + lazy
      at += lazy.length
      repeated = true
    } else if (char === '[') wrong = piece(classAt(source, at))
    else if (char === '.') {
      put(dotAll ? '.' : '[^\\n]')
      at++
    } else if (char === '^' || char === '$') {
      put(char === '^' ? (lines ? '(?:(?<=^|\\n))' : '(?:^)') : lines ? '(?:(?=$|\\n))' : '(?:$)')
      at++
    } else if (char === '\\') {
      const next = source[at + 1] ?? ''
      const assertion = Object.hasOwn(assertions, next) ? assertions[next] : undefined
      if (assertion !== undefined) {
        put(assertion)
        at += 2
      } else if (next === 'Q') {
        const end = source.indexOf('\\E', at)
        for (const letter of source.slice(at + 2, end === -1 ? undefined : end)) put(literal(letter))
        at = end === -1 ? source.length : end + 2
      } else if (next === 'p' || next === 'P') wrong = piece(unicodeAt(source, at))
      else wrong = piece(escapeAt(source, at))
    } else {
      const letter = String.fromCodePoint(source.codePointAt(at) as number)
      put(literal(letter))
      at += letter.length
    }
    if (wrong !== null) return { wrong: `${source} ${wrong}` }
  }
  if (open.length > 0) return { wrong: `${source} is not a valid regular expression: missing closing )` }
  return { script: known ? script : null, insensitive }
}

const literal = (letter: string) => letter.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')

/** Flags are set before an optional minus and cleared after it, with at least one after the minus. */
const isFlags = ([, word = '', end = '']: RegExpExecArray): boolean => end !== '' && /^[imsU]*(?:-[imsU]+)?$/.test(word)

function countAt(source: string, at: number) {
  count.lastIndex = at
  const found = source[at] === '{' ? count.exec(source) : null
  if (found === null) return null
  const [text, least = '', comma, greatest] = found
  const upTo = greatest === undefined ? null : Number(greatest)
  return { text, least: Number(least), most: comma === undefined ? Number(least) : upTo }
}
