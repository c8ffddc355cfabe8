import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Defect } from '../../definitions/language/defect.ts'
import {
  absence,
  act,
  alert,
  alerts,
  allLines,
  dashboard,
  labelValues,
  markdown,
  rate,
  record,
  records,
  sum,
  text,
  timeseries,
} from '../../definitions/language/index.ts'
import { ratio } from '../../definitions/language/metrics.ts'
import { type AnyValue, type DefectCase, eachGivesOneDefect, goodDuration } from './defect.ts'
import { m } from './metrics.ts'

const { orders_total: orders, queue_depth: depth, slippage_bps: slippage }: AnyValue = m

const runbook = { cause: 'It is.', steps: [act('Look.')] } as const
const minor = alerts({ Minor: alert({ when: m.queue_depth.gt(5), severity: 'warning', summary: 'x', runbook }) })
const alerting = (options: object): readonly Defect[] =>
  alerts({ High: alert({ when: depth.gt(5), severity: 'critical', summary: 'x', runbook, ...options } as AnyValue) })
    .High.defects
const watching = (of: unknown): readonly Defect[] =>
  absence({ of, severity: 'critical', summary: 'x', runbook } as AnyValue).defects
const rows = (rows: object): readonly Defect[] =>
  dashboard({
    title: 'Board',
    panels: { one: markdown({ title: 'One', content: '' }), two: markdown({ title: 'Two', content: '' }) },
    rows: rows as AnyValue,
  }).defects

const table: DefectCase = {
  'an alert has no comparison': [
    alerting({ when: depth }),
    'alert-condition',
    'its condition has no comparison, so it would fire whenever there is data',
    'compare the value: .gt(…), .lt(…), .is(…)',
  ],
  'an alert has a comparison or else any data': [
    alerting({ when: depth.gt(5).or(depth) }),
    'alert-condition',
    'its condition has no comparison, so it would fire whenever there is data',
    'compare the value: .gt(…), .lt(…), .is(…)',
  ],
  'a figure over lines is not compared': [
    alerting({ when: allLines().count('5m') }),
    'alert-condition',
    'its condition has no comparison, so it would fire whenever there is data',
    'compare the value: .gt(…), .lt(…), .is(…)',
  ],
  'a hold is not a duration': [
    alerting({ for: '1h-30m' }),
    'duration',
    "for: '1h-30m' is not a duration",
    goodDuration,
  ],
  'a cooldown is zero': [
    alerting({ cooldown: '0s' }),
    'duration',
    "cooldown: '0s' is zero, expected a longer duration",
    'use a duration above zero',
  ],
  'a critical alert has a long cooldown': [
    alerting({ cooldown: '6m' }),
    'cooldown-critical',
    'critical, with a cooldown of 6m: RESOLVED, or a second symbol joining the alert, could be delayed by that long',
    'use at most 5m',
  ],
  'a critical alert is muted by a lesser one': [
    alerting({ mutedBy: [minor.Minor] }),
    'mute-critical',
    'critical, but muted by Minor, which is only warning',
    'mute it only by critical alerts',
  ],
  'an event has a text for its end': [
    alerting({ event: true, resolved: 'x' }),
    'event-resolved',
    'reports an event, which has no end, but has a text for RESOLVED: that is never sent',
    'remove resolved; or remove event, if its condition is a state that ends',
  ],
  'a summary uses a label that the series do not have': [
    alerting({ summary: (l: AnyValue) => text`${l.symbol} and ${l.symbol}` }),
    'summary-label',
    'its summary uses the label symbol, but its series have only bot, env, instance, job',
    'keep the label with .by(), or remove it from the text',
  ],
  'a step of a runbook is a bare string': [
    alerting({ runbook: { cause: 'It is.', steps: [act('Stop it.'), 'Look.'] } }),
    'runbook-step',
    'step 2 of its runbook does not say whether to act, to look or to decide',
    'write it as act(…), run(…), look(panel), check(…) or decide(…)',
  ],
  'absence() is given an expression': [
    watching(sum(depth)),
    'absence-selector',
    'absence() watches a metric, but this is an expression',
    'use a series of a catalogue',
  ],
  'absence() is given a histogram': [
    watching(slippage),
    'absence-selector',
    'absence() watches a metric, but this is a histogram, which has no series under its own name',
    'use its .count',
  ],

  'a panel is in two rows': [
    rows({ a: ['one', 'two'], b: ['one'] }),
    'panel-twice',
    'dashboard Board: the panel one is in two rows',
    'list it once',
  ],
  'a panel is not in any row': [
    rows({ a: ['one'] }),
    'panel-nowhere',
    'dashboard Board: the panel two is not in any row',
    'add it to a row',
  ],
  'a row lists something that is not a panel': [
    rows({ a: ['one', 'two', 'three'] }),
    'panel-unknown',
    'dashboard Board: a row lists three, which is not a panel',
    'correct the key',
  ],
  'a panel has no query': [
    timeseries({ title: 'Empty', show: {} }).defects,
    'panel-empty',
    'the panel Empty has no query',
    'add one',
  ],
  'a variable uses a label that the metric does not have': [
    labelValues(depth, 'symbol' as never).defects,
    'variable-label',
    'bot_queue_depth has no label symbol',
    'use one of its labels',
  ],
  'a recording rule has a hyphen': [
    records('a-b', { x: record({ help: 'x', of: sum(m.queue_depth) }) }).x.defects,
    'record-name',
    "'a-b:x' is not a valid recording rule name",
    'use letters, digits and _ only',
  ],
  'a recording rule is too rare': [
    records('a', { x: record({ help: 'x', of: sum(m.queue_depth), every: '5m' }) }).x.defects,
    'record-every',
    'it is recorded every 5m, expected at most every 2m: Prometheus takes a sample for five minutes at most, and one may be missing',
    "write every: '2m' or less",
  ],
  'the interval of a recording rule is not a valid duration': [
    records('a', { x: record({ help: 'x', of: sum(m.queue_depth), every: '9mm' as never }) }).x.defects,
    'duration',
    "every: '9mm' is not a duration",
    "write whole numbers with units, largest first, such as '5m' or '1h30m'",
  ],
}

eachGivesOneDefect(table)

test('an alert and a panel have each defect of their queries once, however often the query occurs in them', () => {
  const wrong: AnyValue = sum(rate(orders, '0m'))
  const defect = {
    code: 'duration',
    message: "rate(bot_orders_total): '0m' is zero, expected a longer duration",
    fix: 'use a duration above zero',
  }
  assert.deepEqual(
    alerting({
      when: wrong
        .div(wrong as AnyValue)
        .gt(ratio(1) as AnyValue)
        .and(wrong as AnyValue),
    }),
    [defect],
  )
  assert.deepEqual(timeseries({ title: 'x', show: { a: wrong, b: wrong } }).defects, [defect])
  assert.deepEqual(records('bot', { x: record({ help: 'x', of: wrong }) as AnyValue }).x.defects, [defect])
})

test('a placeholder converted to a string, and a summary that is not a text, throw an error that names the alert', () => {
  const known = 'is known only when the alert fires: write it inside text`…`'
  const cases: readonly (readonly [(l: AnyValue, value: AnyValue) => unknown, string])[] = [
    [(l) => text`${String(l.bot)}`, `alert High: label bot ${known}`],
    [(l) => `${l.env} is down`, `alert High: label env ${known}`],
    [(l) => `bot ${l.bot}`, `alert High: label bot ${known}`],
    [(_, value) => text`${String(value)}`, `alert High: the value ${known}`],
    [(l) => JSON.stringify(l.bot), `alert High: label bot ${known}`],
    [(l) => JSON.stringify(l), 'alert High: labels are known only when the alert fires: write each inside text`…`'],
    [() => 'plain words', 'alert High: its summary does not return text`…`: write it as a text`…` template'],
  ]
  for (const [summary, message] of cases) assert.throws(() => alerting({ summary }), { message })
})
