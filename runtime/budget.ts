import type { Open } from '../definitions/language/label.ts'
import type { Metric } from '../definitions/language/metric.ts'
import { overflowValue } from './label-values.ts'
import { quoted } from './shown.ts'

/** How many values the open labels of a metric have, and may have. */
interface Budget {
  /** Why these values are more than the metric may have; null if they are not. */
  readonly over: (open: readonly string[]) => string | null
  /** Counts the values in, and says them again, in one piece of memory for all who use the same. */
  readonly take: (open: readonly string[]) => readonly string[]
  readonly give: (open: readonly string[]) => void
}

/** Of the open labels of these names, in whose order values are given. */
export function createBudget(metric: Metric, openNames: readonly string[]): Budget {
  const labels = openNames.map((name) => ({
    name,
    // An info is one series at a time, whatever it says.
    max: metric.kind === 'info' ? Number.POSITIVE_INFINITY : (metric.labels[name] as Open).max,
    known: new Map<string, { readonly value: string; blocks: number }>(),
  }))
  return {
    over(open) {
      const i = labels.findIndex(({ known, max }, n) => !known.has(open[n] as string) && known.size >= max)
      const label = labels[i]
      return label === undefined
        ? null
        : `label '${label.name}' has ${label.max} values, its whole budget, and ${quoted(open[i] as string)} is one more: ` +
            `such samples share one series, whose labels are all '${overflowValue}'; raise its max, or find out why there are so many`
    },
    take: (open) =>
      labels.map(({ known }, i) => {
        const value = open[i] as string
        const use = known.get(value) ?? { value, blocks: 0 }
        use.blocks += 1
        known.set(use.value, use)
        return use.value
      }),
    give(open) {
      labels.forEach(({ known }, i) => {
        const use = known.get(open[i] as string)
        if (use === undefined) return
        use.blocks -= 1
        if (use.blocks === 0) known.delete(use.value)
      })
    },
  }
}
