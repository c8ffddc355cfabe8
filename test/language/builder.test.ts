import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as aggregateWords from '../../definitions/language/query/aggregate.ts'
import * as functionWords from '../../definitions/language/query/functions.ts'
import * as windowWords from '../../definitions/language/query/window.ts'
import { print } from '../../generators/promql/print.ts'
import { prometheusWith } from '../promql/prometheus.ts'
import { aggregationRows } from './expressions/aggregations.ts'
import { functionRows } from './expressions/functions.ts'
import { matchingRows } from './expressions/matching.ts'
import { operatorRows } from './expressions/operators.ts'
import { selectorRows } from './expressions/selectors.ts'
import { windowRows } from './expressions/windows.ts'
import { end, samples } from './samples.ts'

const rows = [...selectorRows, ...windowRows, ...aggregationRows, ...operatorRows, ...matchingRows, ...functionRows]

test('every expression of the builder has the right text, labels and unit, and no faults', () => {
  for (const { of, text, labels, unit } of rows) {
    assert.equal(print(of.node), text)
    assert.deepEqual(of.labels, labels, text)
    assert.deepEqual(scale(of.unit), scale(unit), text)
    assert.deepEqual(of.defects, [], text)
  }
})

test('these tables cover every function of the builder', () => {
  const own: Readonly<Record<string, RegExp>> = {
    ageOf: /^time\(\) - /,
    timestampOf: /^timestamp\(/,
    increaseFromZero: / unless .* up offset /,
  }
  const words = Object.keys({ ...aggregateWords, ...functionWords, ...windowWords })
  const untested = words.filter((word) => {
    const written = own[word] ?? new RegExp(`\\b${word}( (by|without) \\([^)]*\\) )?\\(`)
    return !rows.some(({ text }) => written.test(text))
  })
  assert.deepEqual(untested, [])
})

test('Prometheus returns series with exactly the labels that the builder promises', async (t) => {
  const prometheus = await prometheusWith(t, samples())
  if (!prometheus) return
  const wrong: string[] = []
  for (const { of, text, labels, allInEach } of rows) {
    const found = (await prometheus.query(text, end)).map((sample) => namesOf(sample.labels, of))
    const promised = labels.join(', ')
    if (found.length === 0) wrong.push(`${text}\n  returns nothing`)
    else if (allInEach)
      wrong.push(...found.filter((got) => got.join(', ') !== promised).map((got) => `${text}\n  has ${got}`))
    else if ([...new Set(found.flat())].sort().join(', ') !== promised)
      wrong.push(`${text}\n  has ${found.join(' | ')}`)
  }
  assert.deepEqual(wrong, [])
})

/** The labels of a series as the builder counts them: without the metric name, and without `le` for buckets. */
const namesOf = (labels: Readonly<Record<string, string>>, of: object): string[] =>
  Object.keys(labels)
    .filter((label) => label !== '__name__' && !(label === 'le' && 'buckets' in of && of.buckets === true))
    .sort()

const scale = ({ dim, num, den, symbol }: { dim: string; num: number; den: number; symbol: string }) => ({
  dim,
  scale: num / den,
  symbol,
})
