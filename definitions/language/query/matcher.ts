import { type Fault, fault } from '../fault.ts'
import type { Matcher } from '../node.ts'

export interface Not<out V> {
  readonly not: V
}

/** A matcher that takes all values but these: `not('x')`, `not(/x.+/)`. */
export const not = <const V extends string | RegExp>(value: V): Not<V> => Object.freeze({ not: value })

/** What a selector may ask of a label: a value, several, a regular expression (anchored at both ends), or none of these. */
export type Ask<V> = V | readonly V[] | RegExp | Not<V | RegExp>

const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/
const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What is wrong with a label that a function makes. */
export const labelFaults = (fn: string, label: string): Fault[] =>
  labelName.test(label) && !label.startsWith('__')
    ? []
    : [fault('label-name', `${fn}: '${label}' is no label name`, 'use letters, digits and _, not beginning with __')]

/** A matcher and what is wrong with it. */
export function matcher(label: string, ask: unknown): { readonly matcher: Matcher; readonly faults: readonly Fault[] } {
  if (typeof ask === 'string') return { matcher: freeze(label, '=', ask), faults: [] }
  if (Array.isArray(ask) && ask.length === 0)
    return {
      matcher: freeze(label, '=~', ''),
      faults: [
        fault('matcher', `label ${label}: it is asked for a list of values, and the list is empty`, 'name a value'),
      ],
    }
  if (Array.isArray(ask)) return { matcher: freeze(label, '=~', ask.map(String).map(literally).join('|')), faults: [] }
  if (ask instanceof RegExp)
    return { matcher: freeze(label, '=~', ask.source), faults: regexFaults(`label ${label}`, ask) }
  const negated = (ask as Not<unknown> | null)?.not
  if (negated instanceof RegExp)
    return { matcher: freeze(label, '!~', negated.source), faults: regexFaults(`label ${label}`, negated) }
  if (typeof negated === 'string') return { matcher: freeze(label, '!=', negated), faults: [] }
  return {
    matcher: freeze(label, '=', String(ask)),
    faults: [
      fault(
        'matcher',
        `label ${label}: ${String(ask)} is nothing that a label can be asked for`,
        'give a value, a list of values, a regular expression, or not(…)',
      ),
    ],
  }
}

const freeze = (label: string, op: Matcher['op'], value: string): Matcher => Object.freeze({ label, op, value })

/** What Prometheus (RE2) does not know of a JavaScript expression. */
export function regexFaults(of: string, regex: RegExp): Fault[] {
  const found: Fault[] = []
  const what = `${of}: ${regex}`
  if (regex.flags !== '')
    found.push(fault('regex-flags', `${what} has flags, and Prometheus' expressions (RE2) have none`, 'leave them out'))
  if (/\(\?<?[=!]/.test(regex.source))
    found.push(fault('regex-look-around', `${what} looks around, which RE2 cannot`, 'write it without'))
  if (/\\[1-9]|\\k</.test(regex.source))
    found.push(fault('regex-back-reference', `${what} refers back, which RE2 cannot`, 'write it without'))
  if (/\\[ucpP]|\[\^?\]/.test(regex.source))
    found.push(
      fault('regex-escape', `${what} has an escape that RE2 reads otherwise`, 'write the characters themselves'),
    )
  if (/(^|[^\\])[$^]/.test(regex.source.replace(/\[(?:\\.|[^\]\\])*\]/g, 'x')))
    found.push(
      fault(
        'regex-anchor',
        `${what} has an anchor, and Prometheus anchors every expression at both ends`,
        'leave ^ and $ out',
      ),
    )
  return found
}
