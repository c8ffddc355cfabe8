import { isOpen, type Label } from '../definitions/language/label.ts'
import type { Reason } from './refusals.ts'
import { listed, quoted, shown } from './shown.ts'

/** What is wrong with one label: given, expected, and what to do. */
export interface Complaint {
  readonly reason: Reason
  readonly text: string
}

/** The value of every label in the one series that takes what is over a metric's budget. */
export const overflowValue = '__overflow__'

/** Characters of a label's value; what is longer is content, and belongs into a log. */
const longestValue = 200

/** Why a label cannot have this value; null if it can. */
export function valueComplaint(name: string, label: Label, value: unknown): Complaint | null {
  const is = (reason: Reason, given: string, expected: string): Complaint => ({
    reason,
    text: `label '${name}' ${given}, expected ${expected}`,
  })
  const expected = isOpen(label) ? 'a string' : `one of ${listed(label.values)}`
  if (value === undefined) return is('label-missing', 'is missing', expected)
  if (typeof value !== 'string') return is('label-type', `is ${shown(value)}`, expected)
  if (!isOpen(label))
    return label.values.includes(value) ? null : is('value-undeclared', `is ${quoted(value)}`, expected)
  if (value === '') return is('value-empty', "is ''", 'some text: Prometheus takes an empty label for a missing one')
  if (value.length > longestValue)
    return is('value-too-long', `has ${value.length} characters`, `at most ${longestValue}: ${quoted(value)}`)
  if (value.startsWith('__'))
    return is('value-reserved', `is ${quoted(value)}`, "no value that begins with '__', which only the runtime writes")
  if (unprintable.test(value))
    return is(
      'value-unprintable',
      `is ${quoted(value)}`,
      'text without line breaks, control characters and half characters',
    )
  return null
}

// Half of a surrogate pair would be written as U+FFFD, and two series would become one.
const unprintable = /[\p{Cc}\p{Cs}]/u

/** Labels that a call gave although the metric has none of that name. */
export const undeclaredComplaint = (names: readonly string[], label: string): Complaint => ({
  reason: 'label-undeclared',
  text:
    names.length === 0
      ? `label ${quoted(label)} is not declared, expected no labels`
      : `label ${quoted(label)} is not declared, expected only ${listed(names)}`,
})
