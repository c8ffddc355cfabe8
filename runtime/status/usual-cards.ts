import type { Metric } from '../../definitions/language/metric.ts'
import type { Card } from '../../definitions/language/status.ts'

const most = 12
const money: readonly string[] = ['usdt', 'usd', 'krw']

/** The default cards: money first, then counters, then durations. */
export function usualCards(metrics: readonly Metric[]): readonly Card[] {
  const own = metrics.filter(({ ofContract, kind }) => !ofContract && kind !== 'info')
  return [...own]
    .map((metric, place) => ({ metric, place, rank: rankOf(metric) }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .slice(0, most)
    .map(({ metric }) => ({
      title: titleOf(metric),
      of: metric,
      show: metric.kind === 'histogram' ? 'quantiles' : metric.additive ? 'value' : 'series',
      where: {},
      signed: /(^|_)(pnl|profit|return)(_|$)/.test(metric.key),
    }))
}

function rankOf({ kind, unit, labels }: Metric): number {
  if (kind === 'stateSet') return 0
  if (kind === 'gauge' && money.includes(unit.dim)) return Object.keys(labels).length === 0 ? 1 : 2
  if (kind === 'histogram') return unit.dim === 'time' ? 4 : 6
  if (kind === 'counter') return 3
  return 5
}

/** A title from a key: `order_latency_seconds` becomes Order latency. */
function titleOf({ key, unit }: Metric): string {
  const words = key.replace(/_total$/, '').replace(new RegExp(`_(${unit.suffix || 'total'}|pct|ms)$`), '')
  const text = words.replaceAll('_', ' ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
