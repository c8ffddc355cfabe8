import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { math, type Vars } from './math.ts'
import { type Reducer, reduce } from './reduce.ts'
import { threshold } from './threshold.ts'
import { pairsOf } from './union.ts'
import { noDataValue, numberValue, type StepLabels, type StepValue, scalarValue, seriesValue } from './value.ts'

// Inputs and outputs of Grafana's own test tables, each with the file in grafana/grafana that has it. Facts only: no line of its code.

const nan = Number.NaN
const number = (value: number | null, labels: StepLabels = {}) => numberValue(value, labels)

const lastNaN = seriesValue([
  [5, 2],
  [10, nan],
])
const lastNull = seriesValue([
  [5, 1],
  [10, null],
])
const mathFacts: readonly (readonly [expression: string, vars: Vars, result: readonly StepValue[]])[] = [
  ['! $A', { A: [number(nan)] }, [number(nan)]],
  ['-$A', { A: [number(nan)] }, [number(nan)]],
  ['1 * $A', { A: [number(nan)] }, [number(nan)]],
  ['1 || $A', { A: [number(nan)] }, [number(1)]],
  [
    '1 - $A',
    { A: [lastNaN] },
    [
      seriesValue([
        [5, -1],
        [10, nan],
      ]),
    ],
  ],
  [
    '$A == $B',
    { A: [lastNaN], B: [number(0)] },
    [
      seriesValue([
        [5, 0],
        [10, nan],
      ]),
    ],
  ],
  [
    '$A + $B',
    { A: [lastNaN], B: [number(nan)] },
    [
      seriesValue([
        [5, nan],
        [10, nan],
      ]),
    ],
  ],
  ['! null()', {}, [scalarValue(null)]],
  ['null() + null()', {}, [scalarValue(null)]],
  ['1 + null()', {}, [scalarValue(null)]],
  [
    '- $A',
    { A: [lastNull] },
    [
      seriesValue([
        [5, -1],
        [10, null],
      ]),
    ],
  ],
  [
    '$A - $A',
    { A: [lastNull] },
    [
      seriesValue([
        [5, 0],
        [10, null],
      ]),
    ],
  ],
  [
    '$A - 1',
    { A: [lastNull] },
    [
      seriesValue([
        [5, 0],
        [10, null],
      ]),
    ],
  ],
  ['! $A', { A: [number(null)] }, [number(null)]],
  ['$A + $A', { A: [number(null)] }, [number(null)]],
  ['$A * $B', { A: [number(null)], B: [number(1)] }, [number(null)]],
  ['$A * $B', { A: [number(1)], B: [lastNull] }, [lastNull]],
  [
    '$A * $B',
    { A: [number(null)], B: [lastNull] },
    [
      seriesValue([
        [5, null],
        [10, null],
      ]),
    ],
  ],
  ['abs($A)', { A: [number(-7)] }, [number(7)]],
  ['abs(-1)', {}, [scalarValue(1)]],
  [
    'abs($A)',
    {
      A: [
        seriesValue([
          [5, -2],
          [10, -1],
        ]),
      ],
    },
    [
      seriesValue([
        [5, 2],
        [10, 1],
      ]),
    ],
  ],
  ['is_number($A)', { A: [number(6)] }, [number(1)]],
  ['is_number($A)', { A: [number(null)] }, [number(0)]],
  [
    'is_number($A)',
    {
      A: [
        seriesValue([
          [5, 5],
          [10, null],
          [15, nan],
          [20, Number.NEGATIVE_INFINITY],
          [25, Number.POSITIVE_INFINITY],
        ]),
      ],
    },
    [
      seriesValue([
        [5, 1],
        [10, 0],
        [15, 0],
        [20, 0],
        [25, 0],
      ]),
    ],
  ],
]

describe('math: exp_nan_null_val_test.go, funcs_test.go in pkg/expr/mathexp', () => {
  for (const [i, [expression, vars, result]] of mathFacts.entries())
    test(`${i + 1}: ${expression}`, () => assert.deepEqual(math(expression, vars), result))

  test('abs does not take a text', () => assert.throws(() => math('abs("hi")', {})))
})

describe('pairs of label sets: union_test.go in pkg/expr/mathexp', () => {
  const [one, two, three] = [{ id: '1' }, { id: '2' }, { id: '3' }]
  const [herring, snapper] = [
    { id: '1', fish: 'herring' },
    { id: '1', fish: 'red snapper' },
  ]
  const facts: readonly (readonly [
    what: string,
    a: readonly StepLabels[],
    b: readonly StepLabels[],
    pairs: readonly StepLabels[],
  ])[] = [
    ['equal labels', [one], [one], [one]],
    ['two single values with other labels', [one], [two], [{}]],
    ['several values with other labels', [one, three], [two], []],
    ['nothing and nothing', [], [], []],
    ['something and nothing', [one], [], []],
    ['other names', [{ ID: '1' }, { ID: '3' }], [herring], []],
    ['A within B', [one], [herring], [herring]],
    ['B within A', [herring], [one], [herring]],
    ['A within each of B', [one], [herring, snapper], [herring, snapper]],
    ['A of two sizes', [one, herring], [herring, snapper], [herring, snapper, herring]],
    ['B of two sizes', [herring, snapper], [one, herring], [herring, herring, snapper]],
  ]
  for (const [what, a, b, pairs] of facts)
    test(what, () => {
      const values = (all: readonly StepLabels[]) => all.map((labels) => seriesValue([], labels))
      assert.deepEqual(
        pairsOf(values(a), values(b)).map(({ labels }) => labels),
        pairs,
      )
    })
  test('something and no data', () => assert.deepEqual(pairsOf([seriesValue([], one)], [noDataValue]), []))
})

describe('reduce: reduce_test.go in pkg/expr/mathexp', () => {
  const [whole, withNull, empty] = [
    seriesValue([
      [5, 2],
      [10, 1],
    ]),
    seriesValue([
      [5, 2],
      [10, null],
    ]),
    seriesValue([]),
  ]
  const facts: readonly (readonly [Reducer, StepValue, number])[] = [
    ['sum', whole, 3],
    ['sum', withNull, nan],
    ['sum', empty, 0],
    ['mean', whole, 1.5],
    ['mean', withNull, nan],
    ['mean', empty, nan],
    ['min', withNull, nan],
    ['min', empty, nan],
    ['max', withNull, nan],
    ['max', empty, nan],
    ['count', empty, 0],
  ]
  for (const [i, [reducer, of, result]] of facts.entries())
    test(`${i + 1}: ${reducer}`, () => assert.deepEqual(reduce(reducer, [of]), [numberValue(result)]))
})

describe('threshold: threshold.go in pkg/expr', () => {
  const facts: readonly (readonly [
    type: string,
    params: readonly number[],
    value: number | null,
    result: number | null,
  ])[] = [
    ['gt', [0], 0, 0],
    ['gt', [0], 1, 1],
    ['lt', [5], 5, 0],
    ['gte', [5], 5, 1],
    ['lte', [5], 5, 1],
    ['ne', [5], 5, 0],
    ['within_range', [1, 5], 5, 0],
    ['within_range_included', [1, 5], 5, 1],
    ['outside_range', [1, 5], 5, 0],
    ['outside_range_included', [1, 5], 5, 1],
    ['gt', [0], nan, 0],
    ['gt', [0], null, null],
  ]
  for (const [type, params, value, result] of facts)
    test(`${value} ${type} ${params}`, () =>
      assert.deepEqual(threshold(type, params, [number(value)]), [number(result)]))
  test('a range needs two numbers', () => assert.throws(() => threshold('within_range', [1], [number(1)])))
})
