import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readRules } from '../../generators/audit/rule-file.ts'
import { parse } from '../../generators/promql/parse.ts'
import { readWhole } from '../../generators/text/yaml.ts'

type Model = Readonly<Record<string, unknown>>

const query = (refId: string, expr: string, more: Model = { instant: true }): Model => ({
  refId,
  datasourceUid: 'prometheus',
  relativeTimeRange: { from: 600, to: 0 },
  model: { refId, expr, ...more },
})
const range = { range: true, instant: false }
const step = (refId: string, type: string, more: Model): Model => ({
  refId,
  datasourceUid: '__expr__',
  model: { refId, type, ...more },
})
const math = (refId: string, expression: string) => step(refId, 'math', { expression })
const reduce = (refId: string, expression: string, reducer: string, more: Model = {}) =>
  step(refId, 'reduce', { expression, reducer, ...more })
const threshold = (refId: string, expression: string, type: string, ...params: readonly number[]) =>
  step(refId, 'threshold', { expression, conditions: [{ evaluator: { type, params } }] })
const classic = (refId: string, ...conditions: readonly (readonly [string, string, string, string, ...number[]])[]) =>
  step(refId, 'classic_conditions', {
    conditions: conditions.map(([operator, reducer, ref, type, ...params]) => ({
      evaluator: { type, params },
      operator: { type: operator },
      query: { params: [ref] },
      reducer: { type: reducer, params: [] },
      type: 'query',
    })),
  })

/** What a rule of these steps is judged as; the last step decides. */
function judgedAs(data: readonly Model[], more: Model = {}): readonly string[] {
  const rule = { title: 'Rule', condition: data.at(-1)?.['refId'], data, ...more }
  const text = JSON.stringify({ apiVersion: 1, groups: [{ name: 'g', folder: 'f', rules: [rule] }] })
  const { items, wrong } = readRules(readWhole(text), 'rules.json')
  assert.deepEqual(wrong, [])
  return items.flatMap(({ queries }) =>
    queries.flatMap(({ ref, expr, closed, notes, decides }) => [
      ...(closed === null ? [] : [`${closed.verdict}: ${closed.part === '' ? '' : `${closed.part}: `}${closed.why}`]),
      ...(closed === null ? [decides ? expr : `${ref} alone: ${expr}`] : []),
      ...notes.map(({ why }) => `note: ${why}`),
    ]),
  )
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: references of Grafana, not of this file
const [equity, errors, total] = [query('A', 'equity'), query('A', 'sum(rate(e[5m]))'), query('B', 'sum(rate(t[5m]))')]

test('a chain of expressions is judged as one PromQL expression', () => {
  const cases: readonly (readonly [data: readonly Model[], text: string])[] = [
    // each evaluator of a threshold
    [[equity, threshold('C', 'A', 'gt', 5)], 'equity > 5'],
    [[equity, threshold('C', 'A', 'lt', -5)], 'equity < -5'],
    [[equity, threshold('C', '$A', 'eq', 5)], 'equity == 5'],
    [[equity, threshold('C', '${A}', 'ne', 5)], 'equity != 5'],
    [[equity, threshold('C', 'A', 'gte', 5)], 'equity >= 5'],
    [[equity, threshold('C', 'A', 'lte', 5)], 'equity <= 5'],
    [[equity, threshold('C', 'A', 'within_range', 5, 9)], 'equity > 5 < 9'],
    [[equity, threshold('C', 'A', 'within_range_included', 5, 9)], 'equity >= 5 <= 9'],
    [[equity, threshold('C', 'A', 'outside_range', 5, 9)], 'equity < 5 or equity > 9'],
    [[equity, threshold('C', 'A', 'outside_range_included', 5, 9)], 'equity <= 5 or equity >= 9'],
    [[query('A', 'a + b'), threshold('C', 'A', 'gt', 5)], 'a + b > 5'],
    [[query('A', 'a or b'), threshold('C', 'A', 'gt', 5)], '(a or b) > 5'],
    [[query('A', '(a or b)'), threshold('C', 'A', 'gt', 5)], '(a or b) > 5'],
    [[query('A', 'a # why\n'), math('C', 'abs($A) > 1')], 'abs(a # why\n) > 1'],
    // Grafana fires if the result is not 0, whatever the query has compared
    [[query('A', 'up == 0')], 'up == 0 != 0'],
    [[query('A', 'up < 1'), threshold('C', 'A', 'gt', 0)], 'up < 1 > 0'],
    // one value is left as it is, several become one
    [[equity, reduce('B', 'A', 'max'), threshold('C', 'B', 'lt', 5)], 'equity < 5'],
    [[query('A', 'x', range), reduce('B', 'A', 'last'), threshold('C', 'B', 'lt', 5)], 'x < 5'],
    [[query('A', 'x', range), reduce('B', 'A', 'max'), threshold('C', 'B', 'lt', 5)], 'max_over_time(x[600s:]) < 5'],
    [[query('A', 'x', {}), reduce('B', 'A', 'mean'), threshold('C', 'B', 'lt', 5)], 'avg_over_time(x[600s:]) < 5'],
    [
      [query('A', 'a / b', range), reduce('B', 'A', 'median'), threshold('C', 'B', 'gt', 5)],
      'quantile_over_time(0.5, (a / b)[600s:]) > 5',
    ],
    [
      [query('A', 'x offset 1h', range), reduce('B', 'A', 'count'), threshold('C', 'B', 'gt', 5)],
      'count_over_time((x offset 1h)[600s:]) > 5',
    ],
    [
      [query('A', 'x', range), threshold('B', 'A', 'gt', 5), reduce('C', 'B', 'min')],
      'min_over_time((x > bool 5)[600s:]) != 0',
    ],
    [
      [
        equity,
        reduce('B', 'A', 'last', { settings: { mode: 'replaceNN', replaceWithValue: 9 } }),
        threshold('C', 'B', 'lt', 5),
      ],
      'equity < 5',
    ],
    [
      [
        query('A', 'x', range),
        step('B', 'resample', { expression: 'A', window: '1m', downsampler: 'mean', upsampler: 'pad' }),
        reduce('C', 'B', 'sum'),
        threshold('D', 'C', 'gt', 5),
      ],
      'sum_over_time(x[600s:]) > 5',
    ],
    // math
    [[equity, math('C', '$A > 30')], 'equity > 30'],
    [[equity, math('C', '1.5e3 <= ${A} * 2')], '1500 <= equity * 2'],
    [[equity, math('C', '!$A')], 'equity == 0'],
    [[equity, math('C', '-$A > 3')], '-1 * equity > 3'],
    [[equity, math('C', '2 ** ($A - 1) > log(abs($A))')], '2 ^ (equity - 1) > on () group_left () ln(abs(equity))'],
    [[errors, total, math('C', '$A / $B > 0.5')], 'sum(rate(e[5m])) / sum(rate(t[5m])) > 0.5'],
    [[equity, total, math('C', '$A / $B > 0.5')], 'equity / on () group_left () sum(rate(t[5m])) > 0.5'],
    [[errors, query('B', 'b'), math('C', '$A - $B')], 'sum(rate(e[5m])) - on () group_right () b != 0'],
    [[equity, query('B', 'b'), math('C', '$A > 3 && $B < 2')], 'equity > 3 and on () b < 2'],
    [[equity, query('B', 'b'), math('C', '$A > 3 || $B < 2')], 'equity > 3 or b < 2'],
    [[equity, math('C', '($A > 3) * 2')], '(equity > bool 3) * 2 != 0'],
    [[equity, math('B', '$A > 3'), threshold('C', 'B', 'gt', 0)], 'equity > 3'],
    [[equity, math('B', '$A > 3'), threshold('C', 'B', 'gt', 1)], 'equity > bool 3 > 1'],
    [[equity, math('B', 'is_number($A) || is_nan($A) || is_inf($A)'), threshold('C', 'B', 'gt', 0)], 'equity'],
    // classic conditions
    [[query('A', 'x', range), classic('C', ['and', 'avg', 'A', 'gt', 3])], 'avg_over_time(x[600s:]) > 3'],
    [[equity, classic('C', ['and', 'last', 'A', 'outside_range', 9, 5])], 'equity < 5 or equity > 9'],
    [
      [equity, total, classic('C', ['and', 'last', 'A', 'lt', 3], ['or', 'last', 'B', 'ge', 2])],
      'equity < 3 or sum(rate(t[5m])) >= 2',
    ],
    [
      [equity, total, classic('C', ['and', 'last', 'A', 'lt', 3], ['and', 'last', 'B', 'no_value'])],
      'equity < 3 and on () absent(sum(rate(t[5m])))',
    ],
  ]
  for (const [data, text] of cases) {
    assert.deepEqual(judgedAs(data), [text])
    assert.equal(parse(text).ok, true, text)
  }
})

test('a recording rule of Grafana records the value, not whether it fires', () => {
  const record = { metric: 'bot:low', from: 'C', targetDatasourceUid: 'prometheus' }
  assert.deepEqual(judgedAs([equity, threshold('C', 'A', 'within_range', 1, 5)], { record }), [
    '(equity > bool 1) * (equity < bool 5)',
  ])
})

test('a rule that Grafana refuses is dead, and the sentence says why', () => {
  const none = step('C', 'threshold', { expression: 'A', conditions: [] })
  const cases: readonly (readonly [data: readonly Model[], more: Model, why: string])[] = [
    [[equity, math('C', '$A')], { condition: 'D' }, 'its `condition` is D, but no refId is: name A or C'],
    [[equity, math('C', '$A')], { condition: '' }, 'it has no `condition`: name A or C'],
    [[equity, math('C', '$A / $B')], {}, 'it refers to B, but no refId is: name A or C'],
    [[math('B', '$C'), math('C', '$B')], {}, 'it refers to itself, directly or through others'],
    [[equity, none], {}, 'a threshold has exactly one condition, this one has 0'],
    [[equity, threshold('C', 'A', 'within_range', 1)], {}, 'within_range needs two limits, its `params` have 1'],
    [[equity, threshold('C', '', 'gt', 1)], {}, 'it has no `expression`'],
    [[equity, step('C', 'reduce', { expression: 'A' })], {}, 'it has no `reducer`'],
  ]
  for (const [data, more, why] of cases) {
    const [said = '', ...others] = judgedAs(data, more)
    assert.match(said, /^proven-dead: (?:expression [BC]: )?Grafana refuses this rule: /)
    assert.deepEqual([said.replace(/^.*refuses this rule: /, ''), ...others], [why])
  }
})

test('what has no equivalent in PromQL is left undecided, and each query is judged on its own', () => {
  const unread = (what: string) => [
    'A alone: equity',
    `cannot-tell: expression C: this audit does not read ${what}: only its queries are judged`,
  ]
  const cases: readonly (readonly [last: Model, what: string])[] = [
    [step('C', 'sql', { expression: 'SELECT * FROM A' }), 'an expression of type sql'],
    [math('C', '$A >'), 'an expression that is math and cannot be parsed: it ends too early'],
    [math('C', 'is_null($A)'), 'math with is_null()'],
    [reduce('C', 'A', 'stddev'), 'a reduce with stddev'],
    [threshold('C', 'A', 'near', 1), 'a threshold with near'],
    [classic('C', ['and', 'percent_diff', 'A', 'gt', 3]), 'a classic condition with percent_diff()'],
  ]
  for (const [last, what] of cases) if (what !== '') assert.deepEqual(judgedAs([equity, last]), unread(what))
  const filled = reduce('B', 'A', 'last', { settings: { mode: 'replaceNN', replaceWithValue: 9 } })
  assert.deepEqual(
    judgedAs([equity, filled, threshold('C', 'B', 'gt', 5)]),
    unread('a threshold that the value in place of NaN crosses'),
  )
})

test('queries in other languages are elsewhere, whatever the other queries of the rule are', () => {
  const of = (datasourceUid: string, model: Model): Model => ({ refId: 'B', datasourceUid, model })
  const cases: readonly (readonly [query: Model, what: string])[] = [
    [of('Loki', { expr: 'rate({app="bot"}[5m])' }), 'LogQL, for Loki'],
    [of('P8E8', { expr: 'rate({app="bot"} |= "error" | json [5m])' }), 'LogQL, for Loki'],
    [of('P8E8', { expr: 'x', datasource: { type: 'loki', uid: 'P8E8' } }), 'LogQL, for Loki'],
    [of('P8E8', { rawSql: 'SELECT 1', datasource: { type: 'grafana-postgresql-datasource' } }), 'SQL'],
    [of('P8E8', { query: 'from(bucket: "b")' }), 'another language than PromQL'],
  ]
  for (const [foreign, what] of cases) {
    assert.deepEqual(judgedAs([foreign, threshold('C', 'B', 'gt', 5)]), [`elsewhere: a query in ${what}`])
    assert.deepEqual(judgedAs([equity, foreign, math('C', '$A > $B')]), [
      'A alone: equity',
      `elsewhere: a query in ${what}`,
    ])
  }
})

test('what decides nothing is noted, unless a message shows it', () => {
  const data = [equity, total, reduce('D', 'B', 'last'), threshold('C', 'A', 'gt', 5)]
  const note = (what: string) => `note: ${what} decides nothing: the condition is C, which does not look at it`
  const ofB = note('query B (sum(rate(t[5m])))')
  assert.deepEqual(judgedAs(data), ['equity > 5', ofB, note('expression D (B)')])
  const shown = (text: string) => judgedAs(data, { annotations: { summary: text } })
  assert.deepEqual(shown('{{ $values.D.Value }} errors'), ['equity > 5', ofB])
  assert.deepEqual(shown('{{ index $values "D" }}'), ['equity > 5'])
})

test('values over time that decide, and one value that is resampled, are noted', () => {
  const overTime =
    'note: C has several values over time, but Grafana decides on one: the rule fails as soon as there are two ' +
    '("only reduced data can be alerted on"); make it an instant query, or reduce it'
  assert.deepEqual(judgedAs([query('A', 'x', range), threshold('C', 'A', 'gt', 5)]), ['x > 5', overTime])
  const resample = step('B', 'resample', { expression: 'A', window: '1m', downsampler: 'mean', upsampler: 'pad' })
  assert.deepEqual(judgedAs([equity, resample, threshold('C', 'B', 'gt', 5)]), [
    'equity > 5',
    'note: expression B resamples A, which has one value: Grafana resamples only values over time; make it a range query',
  ])
})

test('a dashboard variable in a rule is a value that no series has', () => {
  const why = (name: string) =>
    `an alert rule has no dashboard variables: Grafana sends ${name} to Prometheus as it is; write the value`
  const cases: readonly (readonly [expr: string, ...said: readonly string[]])[] = [
    ['x{a="$symbol"}', `proven-dead: a="$symbol": ${why('$symbol')}`],
    ['x{a!="${symbol}"}', 'x{a!="${symbol}"} > 5', `note: ${why('${symbol}')}`],
    ['x{a=~"$s"} or y', '(x{a=~"$s"} or y) > 5', `note: ${why('$s')}`],
    ['rate(x[$__rate_interval])', 'rate(x[$__rate_interval]) > 5'],
    ['label_replace(x, "a", "$1", "b", "(.*)$")', 'label_replace(x, "a", "$1", "b", "(.*)$") > 5'],
  ]
  for (const [expr, ...said] of cases)
    assert.deepEqual(judgedAs([query('A', expr), threshold('C', 'A', 'gt', 5)]), said)
})

// biome-ignore-end lint/suspicious/noTemplateCurlyInString: references of Grafana, not of this file
test('rules are found in files for provisioning and in answers of the API', () => {
  const rule = { title: 'Low', condition: 'A', data: [equity] }
  const ruler = { grafana_alert: rule, labels: { severity: 'page' } }
  const cases: readonly unknown[] = [
    { apiVersion: 1, groups: [{ rules: [rule] }] },
    [rule],
    rule,
    { title: 'group', rules: [rule] },
    { folder: [{ name: 'group', rules: [ruler] }] },
  ]
  for (const one of cases) {
    const { items, wrong } = readRules(readWhole(JSON.stringify(one)), 'rules.json')
    assert.deepEqual([items.map(({ name }) => name), wrong], [['Low'], []])
  }
  const other = readRules(readWhole('{"apiVersion": 1, "contactPoints": []}'), 'contact-points.json')
  assert.deepEqual(other, { items: [], wrong: [] })
})
