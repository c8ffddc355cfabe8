import { display, quote, quoteList } from './display.ts'
import { type LabelProblem, valueComplaint } from './label-values.ts'
import type { Refusals } from './refusals.ts'
import type { Family } from './shapes.ts'

/** Creates the series of the open values that the bot is configured for, before their first event. */
export function createExpect(families: readonly Family[], refusals: Refusals): (values: unknown) => void {
  const expected = new Map<string, Set<string>>()
  const openNames = [...new Set(families.flatMap((family) => family.openNames))].sort()

  return (values) => {
    const complaints: LabelProblem[] = []
    const named = new Map<string, Set<string>>()
    for (const [name, given] of entriesOf(values, complaints)) {
      const complaint = labelComplaint(openNames, name, given)
      if (complaint !== null) {
        complaints.push(complaint)
        continue
      }
      for (const value of given as readonly unknown[]) {
        const wrong = valueComplaint(name, { max: 1 }, value)
        if (wrong !== null) complaints.push(wrong)
        else
          for (const values of [expected, named]) values.set(name, (values.get(name) ?? new Set()).add(value as string))
      }
    }
    for (const family of families) {
      // An info has no series before it is set.
      if (family.metric.kind === 'info') continue
      for (const open of product(family.openNames.map((name) => [...(expected.get(name) ?? [])])))
        if (open.some((value, i) => named.get(family.openNames[i] as string)?.has(value))) family.begin(open)
    }
    const [first] = complaints
    if (first !== undefined)
      refusals.refuse('expect', first.reason, () => `expect: ${complaints.map(({ text }) => text).join('; ')}`)
  }
}

/** The labels with a copy of each array. */
function entriesOf(values: unknown, complaints: LabelProblem[]): readonly (readonly [string, unknown])[] {
  const expected = "expected an object such as { symbol: ['BTCUSDT'] }"
  try {
    if (typeof values === 'object' && values !== null)
      return Object.entries(values).map(([name, given]) => [name, Array.isArray(given) ? [...given] : given])
    complaints.push({ reason: 'labels-missing', text: `the labels are ${display(values)}, ${expected}` })
  } catch {
    complaints.push({
      reason: 'label-unreadable',
      text: `reading the labels threw an error, ${expected}`,
    })
  }
  return []
}

function labelComplaint(openNames: readonly string[], name: string, given: unknown): LabelProblem | null {
  if (!openNames.includes(name)) {
    const known = openNames.length === 0 ? 'none: no metric has an open label' : `one of ${quoteList(openNames)}`
    return { reason: 'label-undeclared', text: `label ${quote(name)} is not an open label, expected ${known}` }
  }
  if (Array.isArray(given)) return null
  return { reason: 'label-type', text: `label '${name}' is ${display(given)}, expected an array of strings` }
}

/** The Cartesian product. */
const product = (lists: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  lists.reduce<readonly (readonly string[])[]>(
    (rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])),
    [[]],
  )
