import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Instances, next, type ResultState, type RuleResult, resultsOf, type StateRule } from './state.ts'
import { labelSetText, numberValue, type StepValue, seriesValue } from './value.ts'

// Facts about the states of a rule, each with the file in grafana/grafana that decides them. No line of its code.

const nan = Number.NaN

describe('what a condition means: eval.go in pkg/services/ngalert/eval', () => {
  const facts: readonly (readonly [what: string, of: readonly StepValue[], states: readonly ResultState[]])[] = [
    ['zero is normal', [numberValue(0)], ['Normal']],
    ['another number alerts', [numberValue(1.2)], ['Alerting']],
    ['NaN alerts', [numberValue(nan)], ['Alerting']],
    ['null is no data', [numberValue(null)], ['NoData']],
    ['nothing is no data', [], ['NoData']],
    ['a series is an error', [seriesValue([[5, 1]])], ['Error']],
    ['equal labels are an error', [numberValue(1, { a: 'b' }), numberValue(0, { a: 'b' })], ['Error']],
  ]
  for (const [what, of, states] of facts)
    test(what, () =>
      assert.deepEqual(
        resultsOf(of).map(({ state }) => state),
        states,
      ),
    )
})

describe('states: manager.go and state.go in pkg/services/ngalert/state', () => {
  const rule: StateRule = {
    interval: 10,
    for: 0,
    keepFiringFor: 0,
    missingEvals: 2,
    noDataState: 'OK',
    execErrState: 'Error',
  }
  const facts: readonly (readonly [string, Partial<StateRule>, results: string, states: string])[] = [
    ['without a for it alerts at once', {}, 'A', 'Alerting'],
    ['a for is counted from the first evaluation', { for: 20 }, 'A A A', 'Pending Pending Alerting'],
    ['a normal result ends what is pending', { for: 20 }, 'A N A A A', 'Pending Normal Pending Pending Alerting'],
    [
      'it recovers for as long as it keeps firing',
      { keepFiringFor: 20 },
      'A N N N',
      'Alerting Recovering Recovering Normal',
    ],
    [
      'what recovers alerts again without its for',
      { for: 10, keepFiringFor: 20 },
      'A A N A',
      'Pending Alerting Recovering Alerting',
    ],
    ['no data is normal with OK', {}, 'A -', 'Alerting Normal'],
    ['no data recovers as well', { keepFiringFor: 10 }, 'A - -', 'Alerting Recovering Normal'],
    ['no data is a state of its own', { noDataState: 'NoData' }, '-', 'NoData'],
    ['no data keeps the last state', { noDataState: 'KeepLast' }, 'A - N', 'Alerting Alerting Normal'],
    ['what is kept as pending alerts', { noDataState: 'KeepLast', for: 10 }, 'A -', 'Pending Alerting'],
    ['an error is a state of its own', {}, 'E', 'Error'],
    ['an error keeps the last state', { execErrState: 'KeepLast' }, 'A E', 'Alerting Alerting'],
    ['an error is normal with OK', { execErrState: 'OK' }, 'A E', 'Alerting Normal'],
  ]
  for (const [what, change, results, states] of facts)
    test(what, () => {
      const kinds: Readonly<Record<string, ResultState>> = { A: 'Alerting', N: 'Normal', '-': 'NoData', E: 'Error' }
      let instances: Instances = new Map()
      const seen = results.split(' ').map((letter, i) => {
        instances = next({ ...rule, ...change }, instances, [{ labels: {}, state: kinds[letter] ?? 'Normal' }], i * 10)
        return instances.get(labelSetText({}))?.state
      })
      assert.equal(seen.join(' '), states)
    })

  test('a missing instance keeps its state, and is gone after the evaluations that its rule says', () => {
    const [a, b]: readonly RuleResult[] = [
      { labels: { of: 'a' }, state: 'Alerting' },
      { labels: { of: 'b' }, state: 'Alerting' },
    ] as const
    const results = [[a, b], [a], [a]] as const
    let instances: Instances = new Map()
    const seen = results.map((result, i) => {
      instances = next(rule, instances, result as readonly RuleResult[], i * 10)
      return instances.get(labelSetText({ of: 'b' }))?.state
    })
    assert.deepEqual(seen, ['Alerting', 'Alerting', undefined])
  })
})
