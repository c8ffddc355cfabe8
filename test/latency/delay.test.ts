import assert from 'node:assert/strict'
import { test } from 'node:test'
import { delayOf } from '../../generators/latency/delay.ts'
import type { SeriesDelay } from '../../generators/latency/series-delay.ts'
import { parse } from '../../generators/promql/parse.ts'

// Series are sampled every 10 seconds, and one named age_… is an age.

const series = ({ name }: { readonly name: string }): SeriesDelay => ({
  sampled: 10,
  least: 0,
  most: 0,
  deadline: null,
  isAge: name.startsWith('age_'),
  events: null,
})

/** Seconds that the condition asks for at least and at most, and until its newest sample. */
const table: readonly (readonly [expr: string, least: number, most: number, sampled: number])[] = [
  ['x == 0', 0, 0, 10],
  ['vector(1)', 0, 0, 0],
  ['x / y > 0.8', 0, 0, 10],
  // a count begins with the event that reaches it
  ['increase(x[10m]) > 0', 0, 0, 10],
  ['changes(x[30m]) >= 3', 0, 0, 10],
  ['sum by (a) (rate(x[5m])) * 60 > 3', 0, 0, 10],
  // events that stop leave the window one by one
  ['increase(x[10m]) < 1', 0, 600, 10],
  ['-increase(x[10m]) > -1', 0, 600, 10],
  ['1 > increase(x[10m])', 0, 600, 10],
  ['10 - increase(x[10m]) > 9', 0, 600, 10],
  // a share may need the whole window
  ['increase(x[1h]) / increase(y[1h]) > 0.2', 0, 3600, 10],
  ['histogram_quantile(0.95, sum by (le) (rate(x_bucket[1h]))) > 20', 0, 3600, 10],
  ['avg_over_time(x[10m]) < 0.9', 0, 600, 10],
  ['increase(x[1h]) / increase(y[1h]) < 0.2', 0, 3600, 10],
  ['1 / increase(x[1h]) > 0.2', 0, 3600, 10],
  // a count against another one: what arrives reaches the limit, not what leaves the window
  ['increase(x[1h]) - increase(y[1h]) > 0.5', 0, 0, 10],
  ['sum(increase(x[1h])) > sum(increase(y[1h]))', 0, 0, 10],
  ['(increase(x[1d]) - increase(y[1d]) or increase(x[1d])) / z > 0.1', 0, 0, 10],
  ['increase(x[1h]) + increase(y[1h]) < 1', 0, 3600, 10],
  ['increase(x[1h]) / z < 1', 0, 3600, 10],
  ['increase(x[1h]) < z', 0, 3600, 10],
  ['-1 * increase(x[1h]) > -1', 0, 3600, 10],
  // a count that corrects another series
  ['x + increase(y[30d]) < 5', 0, 0, 10],
  // the newest against the extreme of a window
  ['max_over_time(x[30d]) - x > 5', 0, 0, 10],
  ['(max_over_time(x[30d]) - x) / max_over_time(x[30d]) > 0.1', 0, 0, 10],
  ['(max_over_time(x[30d]) - (x + increase(y[30d]))) / max_over_time(x[30d]) - z > 0.1', 0, 0, 10],
  ['increase(y[30d]) < (x + increase(y[30d])) / 3', 0, 0, 10],
  ['max_over_time(x[1m]) / y > 0.8', 0, 0, 10],
  ['x / max_over_time(y[1m]) > 0.8', 0, 60, 10],
  ['max_over_time(x[1m]) + max_over_time(y[1m]) < 5', 60, 60, 10],
  // the extreme of a window follows the newest sample one way, and the oldest the other
  ['max_over_time(x[1m]) >= 5', 0, 0, 10],
  ['max_over_time(x[1m]) < 5', 60, 60, 10],
  ['min_over_time(x[1m]) > 5', 60, 60, 10],
  ['min_over_time(x[1m]) < 5', 0, 0, 10],
  ['min_over_time(x[1m]) == 0', 0, 60, 10],
  ['max_over_time(rate(x[5m])[30m:1m]) < 1', 1800, 2100, 10],
  // an age is reached only once it has passed; a timestamp ages without being scraped
  ['age_x > 60', 60, 60, 10],
  ['age_x < 60', 0, 0, 10],
  ['max by (a) (age_x) > 60', 60, 60, 10],
  ['min by (a) (age_x) > 60', 60, 60, 10],
  ['x - age_x > 60', 0, 0, 10],
  ['time() - x > 60', 50, 60, 0],
  ['time() - x < 60', 0, 0, 10],
  ['max by (a) (time() - x) > 60', 50, 60, 0],
  ['(time() - x) / 3600 > 1', 3590, 3600, 0],
  ['time() - x >= 60 + 60', 110, 120, 0],
  ['time() > x + 60', 50, 60, 0],
  ['abs(time() - x) > 60', 50, 60, 0],
  ['x - time() < -60', 50, 60, 0],
  ['max(age_x) > 60', 60, 60, 10],
  ['topk(1, age_x) > 60', 60, 60, 10],
  ['age_x / 60 > 1', 60, 60, 10],
  ['clamp_max(age_x, 100) > 60', 60, 60, 10],
  ['-age_x < -60', 60, 60, 10],
  ['120 - 2 * age_x < 0', 60, 60, 10],
  ['min_over_time(age_x[5m]) > 60', 360, 360, 10],
  // an age beyond the usual counts from there
  ['age_x - y > 300', 300, 300, 10],
  ['age_x > y', 0, 0, 10],
  // an age in a form that is not understood
  ['age_x * y > 60', 0, Number.POSITIVE_INFINITY, 10],
  ['avg(age_x) > 60', 0, Number.POSITIVE_INFINITY, 10],
  ['sum(age_x) > 60', 0, Number.POSITIVE_INFINITY, 10],
  ['age_x + y > 60', 0, Number.POSITIVE_INFINITY, 10],
  // the samples of a condition begin with it
  ['count_over_time((x == 0)[10m:10s]) >= 54', 0, 600, 10],
  // what is compared with the past
  ['x - (x offset 1h) > 5', 0, 0, 10],
  ['x / (x offset 1h) > 1.1', 0, 0, 10],
  ['x offset 5m > 1', 300, 300, 10],
  ['increase(x[5m]) > 0 and increase(x[5m] offset 5m) > 0', 300, 300, 10],
  ['x > 1 and on () up offset 5m == 1', 0, 0, 10],
  ['x unless x offset 10m', 0, 0, 10],
  // increaseFromZero: the age of a process decides what counts as new, and delays nothing
  [
    '(x unless x offset 10m and up offset 10m == 1 or x and time() - s < 600 unless increase(x[10m]) >= x or increase(x[10m])) > 0',
    0,
    0,
    10,
  ],
  // nothing was sent for the whole window
  ['increase(x[5m]) > 0 unless increase(y[5m]) > 0', 0, 300, 10],
  ['up == 1 unless on (a) max_over_time(x[10m]) < 1', 0, 600, 10],
  ['absent(x)', 0, 0, 10],
  ['absent_over_time(x[15m])', 900, 900, 10],
  // both must be seen, or one
  ['age_x > 60 and y > 1', 60, 60, 10],
  ['age_x > 60 or y > 1', 0, 60, 10],
]
for (const [text, least, most, sampled] of table)
  test(`the delay of ${text}`, () => {
    const parsed = parse(text)
    assert.ok(parsed.ok)
    const found = delayOf(parsed.node, series)
    assert.deepEqual([found.least, found.most, found.sampled], [least, most, sampled])
  })
