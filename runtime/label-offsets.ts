import { isOpen, type Label } from '../definitions/language/label.ts'
import type { Metric } from '../definitions/language/metric.ts'
import { display, quoteList } from './display.ts'
import { type LabelProblem, undeclaredComplaint, valueComplaint } from './label-values.ts'
import type { Reason } from './refusals.ts'

/** One label of a metric; for a closed label, the offset in cells of each value from the first series of a block. */
export interface LabelOffsets {
  readonly name: string
  readonly label: Label
  readonly steps: ReadonlyMap<unknown, number> | null
}

/** The labels of a metric in declaration order; `width` is the number of cells per series. */
export function labelOffsetsOf(metric: Metric, width: number): readonly LabelOffsets[] {
  let apart = width
  return Object.entries(metric.labels as Readonly<Record<string, Label>>)
    .reverse()
    .map(([name, label]): LabelOffsets => {
      if (isOpen(label)) return { name, label, steps: null }
      const step = apart
      apart *= label.values.length
      return { name, label, steps: new Map(label.values.map((value, i) => [value, i * step])) }
    })
    .reverse()
}

/** The label values of the series at this offset, in cells, from the first series of its block. */
export function valuesAt(offsets: readonly LabelOffsets[], open: readonly string[], cells: number): readonly string[] {
  let next = 0
  return offsets.map(({ label, steps }) => {
    if (isOpen(label)) return open[next++] as string
    const step = steps?.get(label.values[1]) ?? 1
    return label.values[Math.floor(cells / step) % label.values.length] as string
  })
}

/** The label values of a call, or the first reason for refusing them with everything that is wrong. */
type LabelReading = readonly string[] | { readonly reason: Reason; readonly what: string }

/** Reads each label exactly once, so that a getter cannot pass one value to the check and another to the series. */
export function readLabelValues(offsets: readonly LabelOffsets[], labels: unknown): LabelReading {
  const names = offsets.map((label) => label.name)
  const expected = names.length === 0 ? 'none' : `an object with ${quoteList(names)}`
  if (typeof labels !== 'object' || labels === null)
    return { reason: 'labels-missing', what: `the labels are ${display(labels)}, expected ${expected}` }
  let values: unknown[]
  let extra: string[]
  try {
    const given = labels as Readonly<Record<string, unknown>>
    values = names.map((name) => given[name])
    extra = []
    for (const name in given) if (!names.includes(name)) extra.push(name)
  } catch {
    return { reason: 'label-unreadable', what: `reading the labels threw an error, expected ${expected}` }
  }
  const complaints: LabelProblem[] = [
    ...offsets.map(({ name, label }, i) => valueComplaint(name, label, values[i])),
    ...extra.map((name) => undeclaredComplaint(names, name)),
  ].filter((complaint) => complaint !== null)
  const first = complaints[0]
  if (first === undefined) return values as string[]
  return { reason: first.reason, what: complaints.map((complaint) => complaint.text).join('; ') }
}
