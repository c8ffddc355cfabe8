import { milliseconds } from '../../definitions/language/duration.ts'

/** The time range of a dashboard, and its resolution. */
export interface DashboardRange {
  /** Unix seconds. */
  readonly from: number
  readonly to: number
  /** Points that a panel has room for; Grafana takes its width in pixels. */
  readonly points: number
  /** The data source's shortest step, its `timeInterval`. */
  readonly interval: string
}

/** The step of a range query in milliseconds: the range over the points, rounded as Grafana rounds, at least the shortest. */
export function rangeStep(range: DashboardRange, shortest?: string): number {
  const wanted = ((range.to - range.from) * 1000) / range.points
  return Math.max(rounded(wanted), least(range, shortest))
}

/** `$__rate_interval` in milliseconds: four scrapes at least, and one more than the step. */
export function rateInterval(range: DashboardRange, step: number, shortest?: string): number {
  const scrape = least(range, shortest)
  return Math.max(step + scrape, 4 * scrape)
}

const least = ({ interval }: DashboardRange, shortest?: string): number => {
  const value = milliseconds(shortest || interval)
  if (value === null) throw new Error(`'${shortest || interval}' is not an interval`)
  return value
}

/** Below each first number Grafana uses the second one, in milliseconds. */
const roundings = [
  [10, 1],
  [15, 10],
  [35, 20],
  [75, 50],
  [150, 100],
  [350, 200],
  [750, 500],
  [1500, 1000],
  [3500, 2000],
  [7500, 5000],
  [12_500, 10_000],
  [17_500, 15_000],
  [25_000, 20_000],
  [45_000, 30_000],
  [90_000, 60_000],
  [210_000, 120_000],
  [450_000, 300_000],
  [750_000, 600_000],
  [1_050_000, 900_000],
  [1_500_000, 1_200_000],
  [2_700_000, 1_800_000],
  [5_400_000, 3_600_000],
  [9_000_000, 7_200_000],
  [16_200_000, 10_800_000],
  [32_400_000, 21_600_000],
  [86_400_000, 43_200_000],
  [604_800_000, 86_400_000],
  [1_814_400_000, 604_800_000],
  [3_628_800_000, 2_592_000_000],
] as const

const rounded = (millis: number): number => roundings.find(([below]) => millis < below)?.[1] ?? 31_536_000_000
