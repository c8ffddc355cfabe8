/** How many series a panel draws, the largest first. */
export interface DrawnLimit {
  readonly most: number
  /** Whether the others are drawn as their sum, because each is drawn as a share of all. */
  readonly sumsOthers?: true
}

/** More than a person can tell apart, and less than a phone draws in a second. */
const limits: Readonly<Record<string, DrawnLimit>> = {
  timeseries: { most: 100 },
  stat: { most: 50 },
  gauge: { most: 50 },
  bargauge: { most: 50 },
  'state-timeline': { most: 50 },
  piechart: { most: 30, sumsOthers: true },
}

/** The limit of a kind of panel, if it has one. */
export const drawnLimitOf = (type: string): DrawnLimit | undefined =>
  Object.hasOwn(limits, type) ? limits[type] : undefined

/** How many rows a table has. */
export const mostRows = 1000

/** How many rows a heatmap has; they are left out after its buckets are calculated, which takes all of them. */
export const mostBuckets = 200
