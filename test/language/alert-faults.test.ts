import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fault } from '../../definitions/language/fault.ts'
import {
  absence,
  alert,
  alerts,
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
import { eachGivesOneFault, type Faulty, goodDuration, type Unchecked } from './fault.ts'
import { m } from './metrics.ts'

const { orders_total: orders, queue_depth: depth, slippage_bps: slippage }: Unchecked = m

const runbook = { cause: 'It is.', steps: ['Look.'] } as const
const minor = alerts({ Minor: alert({ when: m.queue_depth.gt(5), severity: 'warning', summary: 'x', runbook }) })
const alerting = (options: object): readonly Fault[] =>
  alerts({ High: alert({ when: depth.gt(5), severity: 'critical', summary: 'x', runbook, ...options } as Unchecked) })
    .High.faults
const watching = (of: unknown): readonly Fault[] =>
  absence({ of, severity: 'critical', summary: 'x', runbook } as Unchecked).faults
const rows = (rows: object): readonly Fault[] =>
  dashboard({
    title: 'Board',
    panels: { one: markdown({ title: 'One', content: '' }), two: markdown({ title: 'Two', content: '' }) },
    rows: rows as Unchecked,
  }).faults

const table: Faulty = {
  'an alert stands on no comparison': [
    alerting({ when: depth }),
    'alert-condition',
    'it stands on no comparison, and would fire whenever there is data',
    'compare the value: .gt(…), .lt(…), .is(…)',
  ],
  'an alert stands on one comparison or data': [
    alerting({ when: depth.gt(5).or(depth) }),
    'alert-condition',
    'it stands on no comparison, and would fire whenever there is data',
    'compare the value: .gt(…), .lt(…), .is(…)',
  ],
  'a hold is no duration': [alerting({ for: '1h-30m' }), 'duration', "for: '1h-30m' is no duration", goodDuration],
  'a cooldown has no length': [
    alerting({ cooldown: '0s' }),
    'duration',
    "cooldown: '0s' is no time at all",
    'give it a length',
  ],
  'a critical alert has a long cooldown': [
    alerting({ cooldown: '6m' }),
    'cooldown-critical',
    'critical, with a cooldown of 6m: its RESOLVED and a further symbol would wait as long',
    'at most 5m',
  ],
  'a critical alert is muted by a lesser one': [
    alerting({ mutedBy: [minor.Minor] }),
    'mute-critical',
    'critical, and muted by Minor, which is warning only',
    'mute it by critical alerts only',
  ],
  'a summary names a label that is not there': [
    alerting({ summary: (l: Unchecked) => text`${l.symbol} and ${l.symbol}` }),
    'summary-label',
    'its summary names the label symbol, which its series do not carry (bot, env, instance, job)',
    'keep it in .by(), or leave it out',
  ],
  'absence is asked of an expression': [
    watching(sum(depth)),
    'absence-selector',
    'absence() watches a metric, and this is an expression',
    'give it a series of a catalogue',
  ],
  'absence is asked of a histogram': [
    watching(slippage),
    'absence-selector',
    'absence() watches a metric, and this is a histogram, which has no series of its own name',
    'give it its .count',
  ],

  'a panel stands in two rows': [
    rows({ a: ['one', 'two'], b: ['one'] }),
    'panel-twice',
    'dashboard Board: the panel one stands in two rows',
    'name it once',
  ],
  'a panel stands in no row': [
    rows({ a: ['one'] }),
    'panel-nowhere',
    'dashboard Board: the panel two stands in no row',
    'add it to a row',
  ],
  'a row names no panel': [
    rows({ a: ['one', 'two', 'three'] }),
    'panel-unknown',
    'dashboard Board: a row names three, which is no panel',
    'correct its key',
  ],
  'a panel shows nothing': [
    timeseries({ title: 'Empty', show: {} }).faults,
    'panel-empty',
    'the panel Empty shows no query',
    'give it one',
  ],
  'a variable is of a label that is not there': [
    labelValues(depth, 'symbol' as never).faults,
    'variable-label',
    'bot_queue_depth has no label symbol',
    'name one of its labels',
  ],
  'a recording rule has a hyphen': [
    records('a-b', { x: record({ help: 'x', of: sum(m.queue_depth) }) }).x.faults,
    'record-name',
    "'a-b:x' is no name for a recording rule",
    'use letters, digits and _ only',
  ],
}

eachGivesOneFault(table)

test('an alert and a panel have the faults of their queries, each once, however often the query stands in them', () => {
  const wrong: Unchecked = sum(rate(orders, '0m'))
  const fault = { code: 'duration', message: "rate(bot_orders_total): '0m' is no time at all", fix: 'give it a length' }
  assert.deepEqual(
    alerting({
      when: wrong
        .div(wrong as Unchecked)
        .gt(ratio(1) as Unchecked)
        .and(wrong as Unchecked),
    }),
    [fault],
  )
  assert.deepEqual(timeseries({ title: 'x', show: { a: wrong, b: wrong } }).faults, [fault])
  assert.deepEqual(records('bot', { x: record({ help: 'x', of: wrong }) as Unchecked }).x.faults, [fault])
})

test('what cannot be data names the alert: a placeholder that is made a string, and a summary that is no text', () => {
  const known = 'is known only when the alert fires: write it inside text`…`'
  const cases: readonly (readonly [(l: Unchecked, value: Unchecked) => unknown, string])[] = [
    [(l) => text`${String(l.bot)}`, `alert High: label bot ${known}`],
    [(l) => `${l.env} is down`, `alert High: label env ${known}`],
    [(l) => `bot ${l.bot}`, `alert High: label bot ${known}`],
    [(_, value) => text`${String(value)}`, `alert High: value value ${known}`],
    [(l) => JSON.stringify(l.bot), `alert High: label bot ${known}`],
    [(l) => JSON.stringify(l), 'alert High: labels are known only when the alert fires: write each inside text`…`'],
    [() => 'plain words', 'alert High: its summary yields no text`…`: write its words inside one'],
  ]
  for (const [summary, message] of cases) assert.throws(() => alerting({ summary }), { message })
})
