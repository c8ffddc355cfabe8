import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Threshold } from '../../../generators/model/model.ts'
import { thresholdSteps } from '../../../generators/outputs/grafana/steps.ts'

const limit = (bad: Threshold['bad'], value: number, severity: Threshold['severity']): Threshold => ({
  bad,
  value,
  severity,
  alert: 'Some',
})

const cases: readonly (readonly [string, readonly Threshold[], readonly (readonly [number | null, string])[]])[] = [
  ['none', [], [[null, 'green']]],
  [
    'above, two severities',
    [limit('above', 15, 'critical'), limit('above', 10, 'warning')],
    [
      [null, 'green'],
      [10, 'orange'],
      [15, 'red'],
    ],
  ],
  [
    'below, two severities',
    [limit('below', 5, 'critical'), limit('below', 10, 'warning')],
    [
      [null, 'red'],
      [5, 'orange'],
      [10, 'green'],
    ],
  ],
  [
    'both sides',
    [limit('below', -5, 'warning'), limit('above', 5, 'info')],
    [
      [null, 'orange'],
      [-5, 'green'],
      [5, 'blue'],
    ],
  ],
  [
    'a worse one at the same value',
    [limit('above', 1, 'warning'), limit('above', 1, 'critical')],
    [
      [null, 'green'],
      [1, 'red'],
    ],
  ],
  [
    'a milder one inside a worse one changes nothing',
    [limit('above', 1, 'critical'), limit('above', 2, 'warning')],
    [
      [null, 'green'],
      [1, 'red'],
    ],
  ],
]
for (const [name, limits, steps] of cases)
  test(`colours between limits: ${name}`, () => {
    assert.deepEqual(
      thresholdSteps(limits, 'green').steps.map(({ value, color }) => [value, color]),
      steps,
    )
  })
