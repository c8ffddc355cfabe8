import type { Proofs } from '../case.ts'
import { instanceWarning } from './target.ts'

/** Cumulative buckets of one exchange, and its count. */
const histogram = (name: string, buckets: Readonly<Record<string, string>>, count: string) => ({
  ...Object.fromEntries(
    [...Object.entries(buckets), ['+Inf', count] as const].map(([le, values]) => [
      `arbot_${name}_bucket{exchange="upbit", le="${le}"}`,
      values,
    ]),
  ),
  [`arbot_${name}_count{exchange="upbit"}`]: count,
})
const calls = (three: string, five: string, all: string) =>
  histogram('exchange_latency_ms', { 300: three, 500: five, 750: all }, all)
const legs = (half: string, one: string, all: string) =>
  histogram('order_execution_latency_ms', { 750: half, 1000: one, 1500: all }, all)
const ticks = (most: string, tenth: string, all: string) =>
  histogram('tick_processing_latency_ms', { 75: most, 100: tenth, 150: all }, all)
const labels = { ...instanceWarning, exchange: 'upbit' }

/** What takes too long: calls, legs, ticks. */
export const latencyProofs: Proofs = {
  ExchangeLatencyHigh: {
    fires: {
      'two of twenty calls take more than any bound: half a second, for all that is known': {
        given: histogram('exchange_latency_ms', { 300: '0x7 18x60', 500: '0x7 18x60' }, '0x7 20x60'),
        from: '3m',
        to: '9m45s',
        labels,
        says: 'one call to upbit in twenty takes 500ms or more, limit 500 ms',
      },
      'two of twenty calls take longer': {
        given: calls('0x7 18x60', '0x7 18x60', '0x7 20x60'),
        from: '3m',
        to: '9m45s',
        labels,
        says: 'one call to upbit in twenty takes 625ms or more, limit 500 ms',
      },
    },
    silent: {
      'two of nineteen': calls('0x7 17x60', '0x7 17x60', '0x7 19x60'),
      'two of twenty take almost half a second': calls('0x7 18x60', '0x7 20x60', '0x7 20x60'),
      'for less than a minute': calls('0x7 18x3 400x60', '0x7 18x3 400x60', '0x7 20x3 402x60'),
    },
    healthy: calls('0+9x60', '0+9x60', '0+9x60'),
  },
  OrderExecutionSlow: {
    every: '1m',
    evaluate: '1m',
    fires: {
      'one of twenty legs takes a second': {
        given: legs('0x4 18x60', '0x4 19x60', '0x4 20x60'),
        from: '5m',
        to: '22m',
        labels,
        says: 'one leg in twenty on upbit takes 1s or more to fill, limit 1 s',
      },
    },
    silent: {
      'two of nineteen': legs('0x4 17x60', '0x4 17x60', '0x4 19x60'),
      'two of twenty take almost a second': legs('0x4 18x60', '0x4 20x60', '0x4 20x60'),
    },
    healthy: legs('0+3x60', '0+3x60', '0+3x60'),
  },
  TickProcessingSlow: {
    fires: {
      'five of a hundred ticks take a tenth of a second': {
        given: ticks('0x7 90x60', '0x7 95x60', '0x7 100x60'),
        from: '3m',
        to: '9m45s',
        labels,
        says: 'one tick of upbit in twenty is processed after 100ms or more, limit 100 ms',
      },
    },
    silent: {
      'ten of ninety-nine': ticks('0x7 89x60', '0x7 89x60', '0x7 99x60'),
      'ten of a hundred take almost as long': ticks('0x7 90x60', '0x7 100x60', '0x7 100x60'),
      'for less than a minute': ticks('0x7 90x3 4000x60', '0x7 90x3 4000x60', '0x7 100x3 4010x60'),
    },
    healthy: ticks('0+500x60', '0+500x60', '0+500x60'),
  },
}
