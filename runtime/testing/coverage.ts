import { isOpen } from '../../definitions/language/label.ts'
import type { Block, Family } from '../shapes.ts'

/** Which parts of one metric a bot has emitted. */
export interface MetricCoverage {
  /** The exposed name. */
  readonly metric: string
  readonly emitted: boolean
  /** For each closed label, and for a state set, the values that no emitted series had. */
  readonly never: Readonly<Record<string, readonly string[]>>
}

/** The coverage of a metric since the start or the last reset; a series that was removed again counts. */
export function coverageOf(family: Family): MetricCoverage {
  const { metric, names } = family
  const emitted = new Set(family.written)
  let isOver = false
  for (const block of family.blocks)
    for (let i = 0; i < block.series; i++)
      if (wasEmitted(family, block, block.range.at + i * family.kind.width)) {
        if (block.overflow) isOver = true
        else emitted.add(metric.kind === 'stateSet' ? (block.range.chunk[block.range.at] as number) : i)
      }
  const seen = (label: string) =>
    new Set([...emitted].map((place) => closedValues(family, place)[names.indexOf(label)] as string))
  const closed =
    metric.states === null
      ? Object.entries(metric.labels).flatMap(([label, of]) =>
          isOpen(of) ? [] : [[label, of.values, seen(label)] as const],
        )
      : [[metric.name, metric.states, new Set([...emitted].map((state) => metric.states?.[state] as string))] as const]
  return Object.freeze({
    metric: metric.name,
    emitted: emitted.size > 0 || isOver,
    never: Object.freeze(
      Object.fromEntries(
        closed
          .map(([label, values, had]) => [label, values.filter((value) => !had.has(value))] as const)
          .filter(([, values]) => values.length > 0),
      ),
    ),
  })
}

/** Whether a series has a value other than its initial one. */
function wasEmitted({ metric, kind }: Family, { range }: Block, at: number): boolean {
  const cells = range.chunk.subarray(at, at + kind.width)
  const first = cells[0] as number
  switch (metric.kind) {
    case 'counter':
    case 'histogram':
      return cells.some((cell) => cell !== 0)
    case 'gauge':
      // An age that was never touched is negative.
      if (metric.computed === 'age') return first > 0
      return !Number.isNaN(first) && first !== metric.initially
    case 'info':
    case 'stateSet':
      return !Number.isNaN(first)
  }
}

/** The label values of the series at this index of any block; those of open labels are placeholders. */
const closedValues = (family: Family, place: number): readonly string[] =>
  family.valuesOf({ overflow: false, open: family.openNames } as Block, place * family.kind.width)
