import assert from 'node:assert/strict'
import { test } from 'node:test'
import { severity, usualRange } from '../../demo/mcbot/detectors/drawdown-range.ts'
import { kolmogorov, ksStatistic, pValue } from '../../demo/mcbot/detectors/kolmogorov-smirnov.ts'
import { decaySeverity, fellBelow, robustLine } from '../../demo/mcbot/detectors/robust-line.ts'

const range = (count: number, value: (i: number) => number) => Array.from({ length: count }, (_, i) => value(i))
const near = (actual: number | undefined, expected: number, within: number) =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) <= within, `${actual} is not ${expected} within ${within}`)

const distances: readonly (readonly [readonly number[], readonly number[], number])[] = [
  [[0.1, 0.4, 0.7], [0.2, 0.3, 0.8, 0.9], 0.5],
  [range(10, (i) => i), range(10, (i) => i + 5), 0.5],
  [[0, 0, 0, 0, 0], [1, 1, 1, 1, 1], 1],
  [[1, 1, 2, 2, 3], [1, 2, 2, 3, 3, 3], 0.3],
  [range(60, (i) => i / 60), range(60, (i) => (i / 60) ** 2), 0.25],
]
for (const [a, b, expected] of distances)
  test(`the distributions of ${a.length} and ${b.length} values are ${expected} apart`, () =>
    near(ksStatistic(a, b), expected, 1e-12))

test('the tail of the Kolmogorov distribution matches published tables', () => {
  for (const [x, expected] of [
    [0.5, 0.963945243665],
    [1, 0.269999671677],
    [1.3581, 0.0499996],
    [2, 0.000670925256],
  ] as const)
    near(kolmogorov(x), expected, 1e-6)
  assert.equal(kolmogorov(0), 1)
})

test('the p-value is close to the exact one for two samples of sixty, and undefined below thirty', () => {
  const [a, b] = [range(60, (i) => i / 60), range(60, (i) => (i / 60) ** 2)]
  near(pValue(a, b), 0.046660870723, 0.01)
  assert.equal(pValue(a.slice(0, 29), b), undefined)
})

test('the robust line fits the majority and ignores outliers', () => {
  const values = range(20, (x) => 2 * x + 1)
  values[3] = (values[3] as number) + 40
  values[7] = (values[7] as number) - 25
  values[15] = (values[15] as number) + 60
  const line = robustLine(values)
  near(line?.slope, 2, 1e-9)
  near(line?.intercept, 1, 1e-9)
  assert.equal(robustLine([1]), undefined)
})

test('a last value below the bound counts as fallen, an ordinary one does not', () => {
  const flat = { slope: 0, intercept: 0, inliers: 60 }
  const values = range(59, (i) => Math.sin(i))
  assert.equal(fellBelow([...values, -3], flat), true)
  assert.equal(fellBelow([...values, 0.5], flat), false)
})

const decays = [
  { slope: 0.01, last: 0.5, expected: 0 },
  { slope: 0, last: 0.5, expected: 1 },
  { slope: 0.01, last: -3, expected: 1 },
  { slope: -0.01, last: -4, expected: 2 },
] as const
for (const { slope, last, expected } of decays)
  test(`the decay of a line with a slope of ${slope} that ends at ${last} has the severity ${expected}`, () => {
    const line = { slope, intercept: 0, inliers: 60 }
    const values = range(59, (i) => slope * i + Math.sin(i))
    assert.equal(decaySeverity([...values, last], line), expected)
  })

test('without drift the range is that of a driftless Brownian motion', () => {
  const past = range(200, (i) => (i % 2 === 0 ? 0.01 : -0.01))
  const { depth, duration } = usualRange(past, 100)
  near(depth, 2.2414 * 0.1, 0.001)
  near(duration, 99.4, 0.001)
})

const drawdowns = [
  { returns: [0.01, -0.01, 0.02, 0.01], expected: 0 },
  { returns: [0.01, -0.2, 0.3, 0.01], expected: 1 },
  { returns: [0.01, -0.01, 0.001, 0.001], expected: 1 },
  { returns: [0.01, -0.2, 0.001, 0.001], expected: 2 },
] as const
for (const { returns, expected } of drawdowns)
  test(`the severity of ${returns.join(', ')} is ${expected}`, () =>
    assert.equal(severity(returns, { depth: 0.1, duration: 2 }), expected))
