import { isOpen, type Label } from './label.ts'
import type { Metric } from './metric.ts'

// A bot loads this too: data only.

/** Whether some of its labels are open, so that its series appear only with their values. */
export const hasOpenLabel = ({ labels }: Pick<Metric, 'labels'>): boolean =>
  Object.values(labels).some((label) => isOpen(label as Label))

/** Whether every process exposes it from the start, before the bot writes anything. */
export const existsFromStart = (metric: Metric): boolean => {
  if (hasOpenLabel(metric)) return false
  switch (metric.kind) {
    case 'counter':
    case 'histogram':
      return true
    case 'gauge':
      return metric.initially !== null || metric.computed === 'age'
    case 'info':
    case 'stateSet':
      return false
  }
}

/** How long after the start a process may not have set it, whichever option says so; null if nothing does, or forever. */
export function deadlineOf({ mustBeSetWithin, mayBeAbsent }: Metric): string | null {
  // an older copy of the definitions has neither field
  const absent = mayBeAbsent?.for ?? null
  return mustBeSetWithin ?? (absent === 'forever' ? null : absent)
}
