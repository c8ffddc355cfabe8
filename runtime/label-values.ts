import { isOpen, type Label } from '../definitions/language/label.ts'
import { display, quote, quoteList } from './display.ts'
import type { Reason } from './refusals.ts'

/** What is wrong with one label: what was given, what was expected, and what to do. */
export interface LabelProblem {
  readonly reason: Reason
  readonly text: string
}

/** The value of every label in the overflow series of a metric. */
export const overflowValue = '__overflow__'

/** Characters of a label value; longer text is content and belongs in a log. */
const longestValue = 200

/** Why a label cannot have this value; null if it is valid. */
export function valueComplaint(name: string, label: Label, value: unknown): LabelProblem | null {
  const is = (reason: Reason, given: string, expected: string): LabelProblem => ({
    reason,
    text: `label '${name}' ${given}, expected ${expected}`,
  })
  const expected = isOpen(label) ? 'a string' : `one of ${quoteList(label.values)}`
  if (value === undefined) return is('label-missing', 'is missing', expected)
  if (typeof value !== 'string') return is('label-type', `is ${display(value)}`, expected)
  if (!isOpen(label))
    return label.values.includes(value) ? null : is('value-undeclared', `is ${quote(value)}`, expected)
  if (value === '') return is('value-empty', "is ''", 'a non-empty string: Prometheus treats an empty label as missing')
  if (value.length > longestValue)
    return is('value-too-long', `has ${value.length} characters`, `at most ${longestValue}: ${quote(value)}`)
  if (value.startsWith('__'))
    return is(
      'value-reserved',
      `is ${quote(value)}`,
      "a value that does not start with '__', which is reserved for the runtime",
    )
  if (unprintable.test(value))
    return is(
      'value-unprintable',
      `is ${quote(value)}`,
      'text without line breaks, control characters or unpaired surrogates',
    )
  return null
}

// An unpaired surrogate would be written as U+FFFD, which could merge two series.
const unprintable = /[\p{Cc}\p{Cs}]/u

/** The complaint about a label that the metric does not declare. */
export const undeclaredComplaint = (names: readonly string[], label: string): LabelProblem => ({
  reason: 'label-undeclared',
  text:
    names.length === 0
      ? `label ${quote(label)} is not declared, expected no labels`
      : `label ${quote(label)} is not declared, expected only ${quoteList(names)}`,
})
