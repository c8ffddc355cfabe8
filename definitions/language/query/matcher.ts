import { type Defect, defect } from '../defect.ts'
import type { Matcher } from '../node.ts'

export interface Not<out V> {
  readonly not: V
}

/** A matcher for all values except these: `not('x')`, `not(/x.+/)`. */
export const not = <const V extends string | RegExp>(value: V): Not<V> => Object.freeze({ not: value })

/** What a selector can match a label against: a value, several values, a regular expression (anchored at both ends), or not(…) of these. */
export type Ask<V> = V | readonly V[] | RegExp | Not<V | RegExp>

const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/
const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The defects of a label that a function creates. */
export const labelDefects = (fn: string, label: string): Defect[] =>
  labelName.test(label) && !label.startsWith('__')
    ? []
    : [
        defect(
          'label-name',
          `${fn}: '${label}' is not a valid label name`,
          'use letters, digits and _, and do not start with __',
        ),
      ]

/** A matcher with its defects. */
export function matcher(
  label: string,
  ask: unknown,
): { readonly matcher: Matcher; readonly defects: readonly Defect[] } {
  if (typeof ask === 'string') return { matcher: freeze(label, '=', ask), defects: [] }
  if (Array.isArray(ask) && ask.length === 0)
    return {
      matcher: freeze(label, '=~', ''),
      defects: [defect('matcher', `label ${label}: the list of values to match is empty`, 'give at least one value')],
    }
  if (Array.isArray(ask)) return { matcher: freeze(label, '=~', ask.map(String).map(literally).join('|')), defects: [] }
  if (ask instanceof RegExp)
    return { matcher: freeze(label, '=~', ask.source), defects: regexDefects(`label ${label}`, ask) }
  const negated = (ask as Not<unknown> | null)?.not
  if (negated instanceof RegExp)
    return { matcher: freeze(label, '!~', negated.source), defects: regexDefects(`label ${label}`, negated) }
  if (typeof negated === 'string') return { matcher: freeze(label, '!=', negated), defects: [] }
  return {
    matcher: freeze(label, '=', String(ask)),
    defects: [
      defect(
        'matcher',
        `label ${label}: a label cannot be matched against ${String(ask)}`,
        'use a string, a list of strings, a regular expression, or not(…)',
      ),
    ],
  }
}

const freeze = (label: string, op: Matcher['op'], value: string): Matcher => Object.freeze({ label, op, value })

/** The parts of a JavaScript regular expression that Prometheus (RE2) does not support or reads differently. */
export function regexDefects(of: string, regex: RegExp): Defect[] {
  const found: Defect[] = []
  const what = `${of}: ${regex}`
  if (regex.flags !== '')
    found.push(
      defect('regex-flags', `${what} has flags, which Prometheus regular expressions do not take`, 'remove them'),
    )
  if (/\(\?<?[=!]/.test(regex.source))
    found.push(
      defect(
        'regex-look-around',
        `${what} uses look-around, which RE2 does not support`,
        'rewrite it without look-around',
      ),
    )
  if (/\\[1-9]|\\k</.test(regex.source))
    found.push(
      defect(
        'regex-back-reference',
        `${what} uses a back-reference, which RE2 does not support`,
        'rewrite it without back-references',
      ),
    )
  if (/\\[ucpP]|\[\^?\]/.test(regex.source))
    found.push(
      defect(
        'regex-escape',
        `${what} has an escape that RE2 does not support or reads differently`,
        'write the characters themselves',
      ),
    )
  if (/(^|[^\\])[$^]/.test(regex.source.replace(/\[(?:\\.|[^\]\\])*\]/g, 'x')))
    found.push(
      defect(
        'regex-anchor',
        `${what} has an anchor, but Prometheus anchors every expression at both ends`,
        'remove ^ and $',
      ),
    )
  return found
}
