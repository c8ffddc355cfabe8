import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Defect } from '../../definitions/language/defect.ts'
import {
  catalogue,
  counter,
  external,
  gauge,
  histogram,
  info,
  oneOf,
  open,
  stateSet,
} from '../../definitions/language/metrics.ts'
import { retiredOf } from '../../definitions/language/retired.ts'
import { timestamp } from '../../definitions/language/unit.ts'
import { type AnyValue, type DefectCase, eachGivesOneDefect, goodLabel } from './defect.ts'

const metric = (key: string, made: unknown, retired: Readonly<Record<string, string>> = {}): readonly Defect[] =>
  (catalogue('bot', { [key]: made } as AnyValue, { retired }) as AnyValue)[key].defects
const bounds = (...buckets: number[]) => metric('x_seconds', histogram({ help: 'x', buckets } as AnyValue))
const label = (labels: object) => metric('x', gauge({ help: 'x', labels } as AnyValue))

/** The faults of a metric `x` that refers to a metric `y` of the same catalogue. */
const both = <L>(y: L, x: (y: L) => unknown): readonly Defect[] =>
  (catalogue('bot', { y, x: x(y) } as AnyValue) as AnyValue).x.defects

const table: DefectCase = {
  'bucket bounds decrease': [
    bounds(3, 2, 1),
    'buckets-unsorted',
    'bot_x_seconds: bucket bounds must increase: 3, then 2; 2, then 1',
    'sort them and list each once',
  ],
  'a bucket bound is repeated': [
    bounds(1, 1, 2),
    'buckets-unsorted',
    'bot_x_seconds: bucket bounds must increase: 1, then 1',
    'sort them and list each once',
  ],
  'a bucket bound is infinite': [
    bounds(1, Infinity),
    'buckets-infinite',
    'bot_x_seconds: a bucket bound is Infinity, expected finite numbers',
    'remove it: the +Inf bucket always exists',
  ],
  'a bucket bound is not a number': [
    bounds(1, Number.NaN, 2),
    'buckets-infinite',
    'bot_x_seconds: a bucket bound is NaN, expected finite numbers',
    'remove it: the +Inf bucket always exists',
  ],
  'there are no buckets': [
    bounds(),
    'buckets-missing',
    'bot_x_seconds: a histogram without buckets counts nothing',
    'add at least one bound',
  ],

  'a label is le': [
    label({ le: oneOf('a') }),
    'label-reserved',
    "bot_x: the label 'le' is set by Prometheus itself",
    'choose another name',
  ],
  'a label is job': [
    label({ job: oneOf('a') }),
    'label-reserved',
    "bot_x: the label 'job' is set by Prometheus itself",
    'choose another name',
  ],
  'a label is env': [
    label({ env: oneOf('a') }),
    'label-reserved',
    "bot_x: the label 'env' is set by Prometheus itself",
    'choose another name',
  ],
  'a label has a hyphen': [
    label({ 'a-b': oneOf('a') }),
    'label-name',
    "bot_x: 'a-b' is not a valid label name",
    goodLabel,
  ],
  'a label begins with __': [
    label({ __a: oneOf('a') }),
    'label-name',
    "bot_x: '__a' is not a valid label name",
    goodLabel,
  ],
  'a budget is zero': [
    label({ a: open({ max: 0 }) }),
    'label-budget',
    "bot_x: label 'a' has a budget of 0, expected a whole number of at least 1",
    'give the maximum number of values',
  ],
  'a budget is a fraction': [
    label({ a: open({ max: 1.5 }) }),
    'label-budget',
    "bot_x: label 'a' has a budget of 1.5, expected a whole number of at least 1",
    'give the maximum number of values',
  ],
  'a label is a number': [
    label({ a: 7 as never }),
    'label-kind',
    "bot_x: label 'a' is 7, expected oneOf(…) or open({ max: … })",
    'list its values, or give their maximum number',
  ],
  'a label is a string': [
    label({ a: 'x' as never }),
    'label-kind',
    "bot_x: label 'a' is the string 'x', expected oneOf(…) or open({ max: … })",
    'list its values, or give their maximum number',
  ],
  'a label is undefined': [
    label({ a: undefined as never }),
    'label-kind',
    "bot_x: label 'a' is undefined, expected oneOf(…) or open({ max: … })",
    'list its values, or give their maximum number',
  ],
  'a label is some other object': [
    label({ a: {} as never }),
    'label-kind',
    "bot_x: label 'a' is an object, expected oneOf(…) or open({ max: … })",
    'list its values, or give their maximum number',
  ],
  'a label has values that are not strings': [
    label({ a: oneOf(1 as never) }),
    'label-kind',
    "bot_x: label 'a' is an object, expected oneOf(…) or open({ max: … })",
    'list its values, or give their maximum number',
  ],
  'a label has no values': [
    label({ a: oneOf() }),
    'label-values',
    "bot_x: label 'a' has no values",
    'list at least one',
  ],
  'a label has a value twice': [
    label({ a: oneOf('x', 'y', 'x') }),
    'label-values',
    "bot_x: label 'a' has the value x twice",
    'list each value once',
  ],
  'a label has an empty value': [
    label({ a: oneOf('x', '') }),
    'label-values',
    "bot_x: label 'a' has an empty value, which Prometheus treats as no label at all",
    'use a non-empty value',
  ],
  'a state set has no states': [
    metric('mode', stateSet({ help: 'x', states: [] })),
    'label-values',
    "bot_mode: label 'bot_mode' has no values",
    'list at least one',
  ],

  'a name has a hyphen': [
    metric('a-b', gauge({ help: 'x' })),
    'metric-name',
    "'bot_a-b' is not a valid metric name: use letters, digits and _ only",
    'rename it',
  ],
  'a name has a colon': [
    metric('a:b', gauge({ help: 'x' })),
    'metric-name',
    "'bot_a:b' is not a valid metric name: use letters, digits and _ only",
    'rename it',
  ],
  'the name of another exporter has a hyphen': [
    (external({ 'a-b': gauge({ help: 'x' }) })['a-b'] as AnyValue).defects,
    'metric-name',
    "'a-b' is not a valid metric name: use letters, digits and _ only",
    'rename it',
  ],
  'a counter does not end in _total': [
    metric('fills', counter({ help: 'x' })),
    'counter-name',
    'bot_fills is a counter, but its name does not end in _total',
    'call it fills_total',
  ],
  'a gauge ends in _total': [
    metric('fills_total', gauge({ help: 'x' })),
    'metric-suffix',
    'bot_fills_total ends in a suffix that Prometheus adds to counters and histograms',
    'rename it',
  ],
  'a histogram ends in _count': [
    metric('x_count', histogram({ help: 'x', buckets: [1] })),
    'metric-suffix',
    'bot_x_count ends in a suffix that Prometheus adds to counters and histograms',
    'rename it',
  ],
  'an info metric does not end in _info': [
    metric('build', info({ help: 'x', labels: {} })),
    'info-name',
    'bot_build is an info metric, but its name does not end in _info',
    'call it build_info',
  ],
  'a metric has no help text': [
    metric('x', gauge({ help: ' ' })),
    'help-missing',
    'bot_x has no help text',
    'describe in one sentence what it measures',
  ],
  'a retired name comes back as a series of a histogram': [
    metric('x', histogram({ help: 'x', buckets: [1] }), { bot_x_count: 'bot_xs_total took its place.' }),
    'name-retired',
    'bot_x_count is retired: bot_xs_total took its place.',
    'choose a new name, or remove it from `retired`',
  ],
  'a metric has the key of a contract metric': [
    metric('contract_never_set', gauge({ help: 'x' })),
    'key-reserved',
    'bot_contract_never_set is reserved for a contract metric, which the catalogue adds and only the runtime writes',
    'choose another key',
  ],
  'a metric must be set in time but has an initial value': [
    metric('x', gauge({ help: 'x', mustBeSetWithin: '5m', initially: 0 })),
    'must-be-set-initially',
    'bot_x must be set within 5m, but starts at 0: it would never look unset',
    'remove mustBeSetWithin or initially',
  ],
  'a timestamp starts in milliseconds': [
    metric('x', gauge({ help: 'x', unit: timestamp, initially: 1_790_000_000_123 })),
    'timestamp-fraction',
    'bot_x starts at 1790000000123, which is in milliseconds, but a timestamp is in seconds since 1970',
    'divide it by 1000',
  ],
  'a metric must be set within no time': [
    metric('x', gauge({ help: 'x', mustBeSetWithin: '0s' })),
    'duration',
    "bot_x: mustBeSetWithin: '0s' is zero, expected a longer duration",
    'use a duration above zero',
  ],
  'a metric ends with a gauge of no catalogue': [
    metric('x', gauge({ help: 'x', endsWith: gauge({ help: 'y' }) })),
    'ends-with-unknown',
    'bot_x ends with a gauge that is not in this catalogue',
    'refer to a gauge of the same catalogue by value',
  ],
  'a metric ends with a gauge with different labels': [
    both(gauge({ help: 'y', labels: { symbol: open({ max: 3 }) } }), (leader) =>
      gauge({ help: 'x', endsWith: leader as AnyValue }),
    ),
    'ends-with-labels',
    'bot_x ends with y, but their labels differ: none and symbol',
    'give both the same labels',
  ],
  'a retired name comes back': [
    metric('old', gauge({ help: 'x' }), { bot_old: 'bot_new took its place.' }),
    'name-retired',
    'bot_old is retired: bot_new took its place.',
    'choose a new name, or remove it from `retired`',
  ],
}

eachGivesOneDefect(table)

test('a key in two layers is a defect with both places', () => {
  const first = { x: gauge({ help: 'the first' }), y: gauge({ help: 'x' }) }
  const second = { z: gauge({ help: 'x' }) }
  const third = { x: gauge({ help: 'the last' }) }
  const made = catalogue('bot', [first, second, third] as AnyValue) as AnyValue
  assert.deepEqual(Object.keys(made).slice(0, 3), ['x', 'y', 'z'])
  const [{ also, ...defect }, ...more] = made.x.defects
  assert.deepEqual(
    [defect, ...more],
    [
      {
        code: 'metric-twice',
        message: 'bot_x is declared in layers 1, 3 of the list: only one of them could be used',
        fix: 'rename or remove one of them',
      },
    ],
  )
  const lines = also.map(({ stack }: { stack: string }) => /metric-defects\.test\.ts:(\d+)/.exec(stack)?.[1])
  assert.equal(Number(lines[1]) - Number(lines[0]), 2)
  assert.deepEqual([made.y.defects, made.z.defects], [[], []])
})

test('a list of layers makes the same catalogue as one object with all metrics', () => {
  const first = { x: gauge({ help: 'x' }), mode: stateSet({ help: 'x', states: ['a', 'b'] }) }
  const second = { y_total: counter({ help: 'y' }) }
  assert.deepEqual(catalogue('bot', [first, second]), catalogue('bot', { ...first, ...second }))
  assert.deepEqual(catalogue('bot', []), catalogue('bot', {}))
})

test('a catalogue keeps its retired names, also when spread, and does not list them as metrics', () => {
  const retired = { bot_old: 'bot_x took its place' }
  const made = catalogue('bot', { x: gauge({ help: 'x' }) }, { retired })
  assert.deepEqual(Object.keys(made), Object.keys(catalogue('bot', { x: gauge({ help: 'x' }) })))
  assert.deepEqual(retiredOf(made), retired)
  assert.deepEqual(retiredOf({ ...made, more: 1 }), retired)
  assert.deepEqual(retiredOf(catalogue('bot', { x: gauge({ help: 'x' }) })), {})
})
