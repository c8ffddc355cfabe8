import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explainIn } from '../../generators/commands/explain.ts'
import { analysis } from '../../generators/meaning/analyse.ts'
import { type MeaningRules, meaningRules } from '../../generators/meaning/rules.ts'
import { parse } from '../../generators/promql/parse.ts'
import { example } from './example.ts'

function said(json: boolean, ...expressions: readonly string[]): { readonly text: string; readonly code: number } {
  let text = ''
  const { code } = explainIn(example, {
    expressions,
    json,
    write: (more) => {
      text += more
    },
  })
  return { text, code }
}

test('explain shows the facts and the tree of a good expression', () => {
  assert.deepEqual(
    said(false, 'histogram_quantile(0.95,sum(rate(ex_wait_seconds_bucket{env="live"}[5m])) by (le,side)) > 2'),
    {
      code: 0,
      text: `histogram_quantile(0.95, sum by (le, side) (rate(ex_wait_seconds_bucket{env="live"}[5m]))) > 2

  yields  at most 2 series
  labels  side = buy | sell
  unit    seconds
  values  2 to 5
  absent  if its target is down; if a comparison, a match or too few samples leave nothing

  > 2                                             {side}                               seconds     2 to 5
  └ histogram_quantile()                          {side}                               seconds     0 to 5, or NaN
    └ sum by (le, side)                           {le, side}                           per second  0 or more
      └ rate()                                    {bot, env, instance, job, le, side}  per second  0 or more
        └ ex_wait_seconds_bucket{env="live"}[5m]  {bot, env, instance, job, le, side}  a count     0 or more
`,
    },
  )
})

test('explain points at what is wrong, part by part', () => {
  assert.deepEqual(said(false, 'ex_fees_total{side="bye"} or rate(ex_fees_total[5m]) > ex_equity', 'ex_ready > 2GB'), {
    code: 1,
    text: `ex_fees_total{side="bye"} or rate(ex_fees_total[5m]) > ex_equity

  yields  nothing, ever: no two series match: the left side has the label side, the right side does not

  or                           {bot, env, instance, job, side}  USDT/s  nothing, ever
  ├ ex_fees_total{side="bye"}  {bot, env, instance, job, side}  USDT    nothing, ever
  └ >                          {bot, env, instance, job, side}  USDT/s  nothing, ever
    ├ rate()                   {bot, env, instance, job, side}  USDT/s  0 or more
    │ └ ex_fees_total[5m]      {bot, env, instance, job, side}  USDT    0 or more
    └ ex_equity                {bot, env, instance, job}        USDT    any number

error: BW103 unknown-label-value: side is never "bye": it is one of buy, sell
  ex_fees_total{side="bye"} or rate(ex_fees_total[5m]) > ex_equity
                ^^^^^^^^^^
  use one of these

error: BW201 join-never-matches: no two series match: the left side has the label side, the right side does not, so this never yields anything
  ex_fees_total{side="bye"} or rate(ex_fees_total[5m]) > ex_equity
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  match on labels that both have, with on (…), or aggregate both sides by the same labels

error: BW405 wrong-dimension: the two sides of > have different dimensions: USDT/s and USDT
  ex_fees_total{side="bye"} or rate(ex_fees_total[5m]) > ex_equity
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  use values of the same dimension

ex_ready > 2GB

error: BW001 syntax: 2GB is not a number, and PromQL has no unit prefixes
  ex_ready > 2GB
             ^^^
  write 2000000000
`,
  })
})

test('explain prints the same as JSON', () => {
  const { text, code } = said(true, 'ex_ready > 0.5', 'ex_ready[5m')
  assert.equal(code, 1)
  const label = (values: readonly string[] | null, max: number) => ({ values, seen: false, mayBeMissing: false, max })
  const common = {
    type: 'vector',
    labels: {
      bot: label(['ex'], 1),
      env: label(['live', 'paper'], 2),
      instance: label(null, 1),
      job: label(['ex'], 1),
      __name__: label(['ex_ready'], 1),
    },
    unit: { dimension: 'flag', numerator: 1, denominator: 1, toScale: true },
    never: null,
    series: 2,
    samples: 1,
  }
  const values = (lo: number, hi: number) => ({ lo, hi, mayBeInfinite: false, mayBeNaN: false })
  const half = {
    expression: '0.5',
    type: 'scalar',
    labels: {},
    unit: null,
    values: values(0.5, 0.5),
    mayBeAbsent: [],
    never: null,
    series: 1,
    samples: 1,
    of: [],
  }
  assert.deepEqual(JSON.parse(text), [
    {
      text: 'ex_ready > 0.5',
      canonical: 'ex_ready > 0.5',
      meaning: {
        ...common,
        expression: 'ex_ready > 0.5',
        values: values(0.5, 1),
        mayBeAbsent: ['down', 'filtered'],
        of: [{ ...common, expression: 'ex_ready', values: values(0, 1), mayBeAbsent: ['down'], of: [] }, half],
      },
      findings: [],
    },
    {
      text: 'ex_ready[5m',
      canonical: null,
      meaning: null,
      findings: [
        {
          message: 'this [ is never closed',
          fix: 'write ] where it ends',
          from: 8,
          to: 9,
          code: 'BW001',
          name: 'syntax',
          severity: 'error',
        },
      ],
    },
  ])
})

test('each tree is analysed once', () => {
  let asked = 0
  const counted: MeaningRules = {
    ...meaningRules,
    selectorLabels: (labels, matchers) => {
      asked++
      return meaningRules.selectorLabels(labels, matchers)
    },
  }
  const { meaningOf } = analysis(example, counted)
  const parsed = parse('sum(ex_ready) > 1')
  assert.ok(parsed.ok)
  assert.equal(meaningOf(parsed.node), meaningOf(parsed.node))
  assert.equal(asked, 1)
})
