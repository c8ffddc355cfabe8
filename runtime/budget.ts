import type { Open } from '../definitions/language/label.ts'
import type { Metric } from '../definitions/language/metric.ts'
import { quote } from './display.ts'
import { overflowValue } from './label-values.ts'

/** Counts the values of a metric's open labels against their limits. */
interface Budget {
  /** Why these values exceed the budget; null if they fit. */
  readonly over: (open: readonly string[]) => string | null
  /** Counts the values and returns them as strings that all series with the same value share. */
  readonly take: (open: readonly string[]) => readonly string[]
  readonly give: (open: readonly string[]) => void
}

/** A budget for these open labels; values are passed in the order of `openNames`. */
export function createBudget(metric: Metric, openNames: readonly string[]): Budget {
  const labels = openNames.map((name) => ({
    name,
    // An info has one series at a time, so its values need no limit.
    max: metric.kind === 'info' ? Number.POSITIVE_INFINITY : (metric.labels[name] as Open).max,
    known: new Map<string, { readonly value: string; blocks: number }>(),
  }))
  return {
    over(open) {
      const i = labels.findIndex(({ known, max }, n) => !known.has(open[n] as string) && known.size >= max)
      const label = labels[i]
      return label === undefined
        ? null
        : `label '${label.name}' has used up its budget of ${label.max} values, and ${quote(open[i] as string)} is one more: ` +
            `its samples go to a shared series whose labels are all '${overflowValue}'; raise max, or find out why there are so many values`
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
