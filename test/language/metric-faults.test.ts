import type { Fault } from '../../definitions/language/fault.ts'
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
import { eachGivesOneFault, type Faulty, goodLabel, type Unchecked } from './fault.ts'

const metric = (key: string, made: unknown, retired: Readonly<Record<string, string>> = {}): readonly Fault[] =>
  (catalogue('bot', { [key]: made } as Unchecked, { retired }) as Unchecked)[key].faults
const bounds = (...buckets: number[]) => metric('x_seconds', histogram({ help: 'x', buckets } as Unchecked))
const label = (labels: object) => metric('x', gauge({ help: 'x', labels } as Unchecked))

const table: Faulty = {
  'buckets fall': [
    bounds(3, 2, 1),
    'buckets-unsorted',
    'bot_x_seconds: buckets must grow: 3, then 2; 2, then 1',
    'sort them and name each once',
  ],
  'a bucket stands twice': [
    bounds(1, 1, 2),
    'buckets-unsorted',
    'bot_x_seconds: buckets must grow: 1, then 1',
    'sort them and name each once',
  ],
  'a bucket is infinite': [
    bounds(1, Infinity),
    'buckets-infinite',
    'bot_x_seconds: a bucket ends at Infinity',
    'leave it out: +Inf is always there',
  ],
  'a bucket is no number': [
    bounds(1, Number.NaN, 2),
    'buckets-infinite',
    'bot_x_seconds: a bucket ends at NaN',
    'leave it out: +Inf is always there',
  ],
  'there are no buckets': [
    bounds(),
    'buckets-missing',
    'bot_x_seconds: a histogram without buckets counts nothing',
    'give it at least one bound',
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
  'a label has a hyphen': [label({ 'a-b': oneOf('a') }), 'label-name', "bot_x: 'a-b' is no label name", goodLabel],
  'a label begins with __': [label({ __a: oneOf('a') }), 'label-name', "bot_x: '__a' is no label name", goodLabel],
  'a budget is zero': [
    label({ a: open({ max: 0 }) }),
    'label-budget',
    "bot_x: label 'a' has a budget of 0, expected a whole number of at least 1",
    'say how many values there can be',
  ],
  'a budget is a fraction': [
    label({ a: open({ max: 1.5 }) }),
    'label-budget',
    "bot_x: label 'a' has a budget of 1.5, expected a whole number of at least 1",
    'say how many values there can be',
  ],
  'a label has no values': [
    label({ a: oneOf() }),
    'label-values',
    "bot_x: label 'a' has no values",
    'name at least one',
  ],
  'a label has a value twice': [
    label({ a: oneOf('x', 'y', 'x') }),
    'label-values',
    "bot_x: label 'a' has the value x twice",
    'name each value once',
  ],
  'a label has an empty value': [
    label({ a: oneOf('x', '') }),
    'label-values',
    "bot_x: label 'a' has an empty value, which Prometheus takes for no label at all",
    'give it a word',
  ],
  'a state set has no states': [
    metric('mode', stateSet({ help: 'x', states: [] })),
    'label-values',
    "bot_mode: label 'bot_mode' has no values",
    'name at least one',
  ],

  'a name has a hyphen': [
    metric('a-b', gauge({ help: 'x' })),
    'metric-name',
    "'bot_a-b' is no metric name: letters, digits and _ only",
    'rename it',
  ],
  'a name has a colon': [
    metric('a:b', gauge({ help: 'x' })),
    'metric-name',
    "'bot_a:b' is no metric name: letters, digits and _ only",
    'rename it',
  ],
  'the name of another exporter has a hyphen': [
    (external({ 'a-b': gauge({ help: 'x' }) })['a-b'] as Unchecked).faults,
    'metric-name',
    "'a-b' is no metric name: letters, digits and _ only",
    'rename it',
  ],
  'a counter does not end in _total': [
    metric('fills', counter({ help: 'x' })),
    'counter-name',
    'bot_fills is a counter, and its name does not end in _total',
    'call it fills_total',
  ],
  'a gauge ends in _total': [
    metric('fills_total', gauge({ help: 'x' })),
    'metric-suffix',
    'bot_fills_total ends in a word that Prometheus itself adds to the names of counters and histograms',
    'rename it',
  ],
  'a histogram ends in _count': [
    metric('x_count', histogram({ help: 'x', buckets: [1] })),
    'metric-suffix',
    'bot_x_count ends in a word that Prometheus itself adds to the names of counters and histograms',
    'rename it',
  ],
  'an info metric does not end in _info': [
    metric('build', info({ help: 'x', labels: {} })),
    'info-name',
    'bot_build is an info metric, and its name does not end in _info',
    'call it build_info',
  ],
  'a metric says nothing': [
    metric('x', gauge({ help: ' ' })),
    'help-missing',
    'bot_x says nothing about what it measures',
    'write a help of one sentence',
  ],
  'a retired name comes back': [
    metric('old', gauge({ help: 'x' }), { bot_old: 'bot_new took its place.' }),
    'name-retired',
    'bot_old is retired: bot_new took its place.',
    'choose a new name, or remove it from `retired`',
  ],
}

eachGivesOneFault(table)
