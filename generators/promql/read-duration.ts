import { milliseconds } from '../../definitions/language/duration.ts'
import type { At } from '../../definitions/language/node.ts'
import { durationOf, numberOf } from './number-text.ts'
import { addFlag, fail, type ParseState, sourceText } from './parse-state.ts'
import type { Syntax } from './syntax.ts'
import type { Span } from './tokens.ts'

/** The length of a window or a step, as text that `milliseconds` reads; arithmetic is left as it is. */
export function readDuration(r: ParseState, at: Syntax): string {
  const given = bare(r, at)
  if (at.children[0]?.name === 'NumberDurationLiteralInDurationContext') return plainDuration(r, at, given)
  const one = /^\+\s*([^\s(+*/%^-]+)$/.exec(given)?.[1]
  if (one !== undefined) return plainDuration(r, at, one)
  if (/^-\s*[\d.]/.test(given) && !/[+*/%^(]/.test(given)) {
    fail(r, at, `${given} is not a positive duration`, 'use a duration above 0')
    return '1s'
  }
  return calculated(r, at, given)
}

/** How far an offset looks back; negative if it looks ahead. */
export function readOffset(r: ParseState, at: Syntax): string {
  const given = bare(r, at)
  const found = /^((?:[+-]\s*)*)([0-9a-zA-Z_.][0-9a-zA-Z_.+-]*)$/.exec(given)
  if (found === null) return calculated(r, at, given)
  const length = plainDuration(r, at, found[2] as string)
  const back = (found[1] as string).split('-').length % 2 === 0
  return back && length !== '0s' ? `-${length}` : length
}

/** What follows `@`. */
export function readMoment(r: ParseState, at: Syntax): At {
  if (at.name === 'AtModifierPreprocessors') return bare(r, at).toLowerCase() === 'start' ? 'start' : 'end'
  const value = numberOf(bare(r, at))
  if (!(Math.abs(value) < 2 ** 63)) fail(r, at, `@ ${bare(r, at)} is not a valid timestamp`)
  return value
}

/** The text of a duration without comments, which may follow its sign. */
const bare = (r: ParseState, at: Span): string => sourceText(r, at).replace(/#[^\r\n]*/g, '')

function calculated(r: ParseState, at: Span, given: string): string {
  addFlag(r, at, 'arithmetic in a duration', 'promql-duration-expr')
  return given
}

function plainDuration(r: ParseState, at: Span, given: string): string {
  if (milliseconds(given) !== null) return given
  const found = durationOf(numberOf(given))
  if (found === null) fail(r, at, `${bare(r, at)} is too long: a duration is at most 292 years`)
  return found ?? '1s'
}
