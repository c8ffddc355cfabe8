import type { Metric } from '../definitions/language/metric.ts'
import { display, quote, quoteList } from './display.ts'
import { type LabelProblem, valueComplaint } from './label-values.ts'
import type { Refusals } from './refusals.ts'
import type { Family } from './shapes.ts'

/** Creates the series of the open values that the bot is configured for, before their first event. */
export function createExpect(
  byHandle: ReadonlyMap<unknown, Family>,
  refusals: Refusals,
): (values: unknown, scope?: unknown) => void {
  // An info has no series before it is set.
  const families = [...byHandle.values()].filter(({ metric }) => metric.kind !== 'info')
  const expected = new Map<Family, Map<string, Set<string>>>()

  return (values, scope) => {
    const complaints: LabelProblem[] = []
    const chosen = scope === undefined ? [...byHandle.values()] : chosenBy(scope, byHandle, complaints)
    const named = valuesByLabel(values, [...new Set(chosen.flatMap(({ openNames }) => openNames))].sort(), complaints)
    for (const family of families) {
      if (!chosen.includes(family)) continue
      const known = expected.get(family) ?? new Map<string, Set<string>>()
      expected.set(family, known)
      for (const name of family.openNames)
        known.set(name, new Set([...(known.get(name) ?? []), ...(named.get(name) ?? [])]))
      for (const open of product(family.openNames.map((name) => [...(known.get(name) ?? [])])))
        if (open.some((value, i) => named.get(family.openNames[i] as string)?.has(value))) family.begin(open)
    }
    const [first] = complaints
    if (first !== undefined)
      refusals.refuse('expect', first.reason, () => `expect: ${complaints.map(({ text }) => text).join('; ')}`)
  }
}

/** The families of the metrics and groups in `only`, or all but those in `without`. */
function chosenBy(
  scope: unknown,
  byHandle: ReadonlyMap<unknown, Family>,
  complaints: LabelProblem[],
): readonly Family[] {
  const all = [...byHandle.values()]
  const { only, without } = (scope ?? {}) as { readonly only?: unknown; readonly without?: unknown }
  const list = only ?? without
  if (!Array.isArray(list) || (only !== undefined && without !== undefined)) {
    const text = 'the metrics must be an array, in either `only` or `without`: nothing is expected'
    complaints.push({ reason: 'metric-unknown', text })
    return []
  }
  const named = new Set(list.flatMap((part) => familiesOf(part, byHandle, complaints)))
  return only === undefined ? all.filter((family) => !named.has(family)) : all.filter((family) => named.has(family))
}

/** The family of a handle, or those of a group of the catalogue with open labels. */
function familiesOf(
  part: unknown,
  byHandle: ReadonlyMap<unknown, Family>,
  complaints: LabelProblem[],
): readonly Family[] {
  const complain = (text: string): readonly Family[] => {
    complaints.push({ reason: 'metric-unknown', text })
    return []
  }
  const family = byHandle.get(part)
  if (family !== undefined)
    return family.openNames.length > 0 ? [family] : complain(`${family.metric.name} has no open label`)
  const entries =
    typeof part === 'object' && part !== null ? Object.entries(part as Readonly<Record<string, Metric>>) : []
  const found = entries.flatMap(([key, declared]) => [...byHandle.values()].filter((one) => isOf(one, key, declared)))
  return entries.length > 0 && found.length === entries.length
    ? found
    : complain(`${display(part)} is neither a metric of this object nor a group of its catalogue`)
}

/** Whether a family was made from this declaration; the catalogue names a copy of it. */
const isOf = ({ metric }: Family, key: string, declared: Metric | null | undefined): boolean =>
  metric.key === key && metric.kind === declared?.kind && metric.help === declared?.help

/** The valid values of each open label. */
function valuesByLabel(
  values: unknown,
  openNames: readonly string[],
  complaints: LabelProblem[],
): ReadonlyMap<string, ReadonlySet<string>> {
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
      else named.set(name, (named.get(name) ?? new Set()).add(value as string))
    }
  }
  return named
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
