import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  alert,
  alerts,
  type Bot,
  check,
  dashboard,
  figure,
  lines,
  logs,
  not,
  series,
  stat,
  text,
} from '../../definitions/language/index.ts'
import { logEvent, logEvents, ms, numberField, oneOf, stringField } from '../../definitions/language/metrics.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { logsBot } from '../fixtures/logs-bot.ts'

const fields = { latency_ms: numberField(ms) }
const own = logEvents({
  filled: logEvent({ help: 'x', level: 'info', fields }),
  unread: logEvent({ help: 'x', level: 'info', fields: {} }),
})
const others = logEvents({ filled: logEvent({ help: 'x', level: 'info', fields }) })
const runbook = { cause: 'It is so.', steps: [check('it')] } as const
const equity = series(logsBot.metrics as never) as { readonly equity_usdt: never }

/** What is reported about a bot with these alerts and this panel. */
function reported(more: Partial<Bot>): readonly string[] {
  const given: Bot = { ...logsBot, events: own, dashboards: {}, alerts: [], ...more }
  return resolve(given, containerTopology)
    .findings.filter(({ code }) => code !== 'metric-unwatched')
    .map(({ severity, of, message, fix }) => `${severity}: ${of}: ${message}; ${fix}`)
}

test('what is wrong with an alert on lines is reported', () => {
  const wrong = alerts({
    Elsewhere: alert({ when: lines(others.filled).count('5m').gt(5), severity: 'warning', summary: 'x', runbook }),
    Early: alert({ when: lines(own.filled).count('20s').gt(5), severity: 'warning', summary: 'x', runbook }),
    Silent: alert({ when: lines(own.filled).absent('10s'), severity: 'warning', summary: 'x', runbook }),
    Forgotten: alert({ when: lines(own.filled).absent('60d'), severity: 'warning', summary: 'x', runbook }),
    Held: alert({
      when: lines(own.filled).max('latency_ms', '5m').gt(ms(1)),
      for: '2h',
      severity: 'warning',
      summary: 'x',
      runbook,
    }),
    Asking: alert({
      when: lines(own.filled).count('5m').gt(5),
      severity: 'warning',
      summary: () => text`it held ${figure(equity.equity_usdt, '?')}`,
      runbook,
    }),
  })
  assert.deepEqual(reported({ alerts: Object.values(wrong) }), [
    'error: alert Elsewhere: it asks for lines of filled, which is not an event of this bot; use one of bot({ events }): filled and unread',
    'error: alert Early: its window is 20s, but a line may be 15s old when the store has it, and rules are evaluated every 10s: it would miss lines; make it at least 25s',
    'error: alert Silent: its window is 10s, but a line may be 15s old when the store has it, and rules are evaluated every 10s: it would fire although the bot logs; make it at least 25s',
    'error: alert Forgotten: lines are kept for 30d, but it looks back 60d; increase logs.retention of the stack',
    'error: alert Held: it holds for 2h, and each restart of vmalert begins that again; ask for a longer window instead',
    'error: alert Asking: its texts ask for the figure tb_equity_usdt, but vmalert, which fills them in, cannot ask Prometheus; leave it out, or show it in the panel that the runbook looks at',
    'warning: event unread: no panel shows its lines and no alert counts them; add it to a logs panel, count it with lines(), or stop logging it',
  ])
})

const sided = logEvents({
  refused: logEvent({
    help: 'x',
    level: 'error',
    fields: { symbol: stringField, side: oneOf('buy', 'sell'), latency_ms: numberField(ms) },
  }),
  beat: logEvent({ help: 'x', level: 'info', fields: {} }),
})
const { refused, beat } = sided
const count = lines(refused)
const conditions = [
  [
    'a count below 1',
    lines(beat).count('5m').lt(1),
    "its count is compared with < 1, but without a line there is no count at all: it never fires; use .absent('5m')",
  ],
  [
    'a count of at least 0',
    lines(beat).count('5m').gte(0),
    'its count is compared with >= 0, which every count is; write .gt(0) for any line at all',
  ],
  [
    'a count that is low',
    lines(beat).count('5m').lt(3),
    "its count is compared with < 3, and without a line there is no count: it does not fire when there is none at all; add an alert on .absent('5m') of the same lines",
  ],
  [
    'a level that the event does not have',
    lines(beat).level('error').count('5m').gt(0),
    'it asks for level error or a more severe one, but beat is logged at info: no line matches; leave out .level(), or change the level of the event',
  ],
  [
    'a value and another one',
    count.where({ side: 'buy' }).where({ side: 'sell' }).count('5m').gt(0),
    'no line matches all that it asks of side: buy and sell; ask for several values in one list',
  ],
  [
    'no value that is left',
    count
      .where({ side: not('buy') })
      .where({ side: not('sell') })
      .absent('5m'),
    'no line matches all that it asks of side: not buy and not sell; ask for several values in one list',
  ],
  [
    'a text and another one',
    count.where({ symbol: 'A' }).where({ symbol: 'B' }).count('5m').gt(0),
    'no line matches all that it asks of symbol: A and B; ask for several values in one list',
  ],
  [
    'a level as text',
    count.logsql('level:=info').count('5m').gt(0),
    'its text: level is never "info" in these lines, expected one of error; use a value that it can have',
  ],
  [
    'an environment as text',
    count.logsql('env:=live').count('5m').gt(0),
    'its text: it narrows env, which the query itself says: it would match all lines, or none; remove it',
  ],
  [
    'the largest of texts',
    count.pipes('stats max(symbol)', '5m').as(ms).gt(ms(1)),
    'its text: max takes numbers, and symbol is text; use a field with numbers, or extract one',
  ],
] as const
for (const [what, when, expected] of conditions)
  test(`an alert on lines that can never fire, or always does, is reported: ${what}`, () => {
    const { Odd } = alerts({ Odd: alert({ when, severity: 'warning', summary: 'x', runbook }) })
    const [only, ...more] = reported({ events: sided, alerts: [Odd] }).filter((text) => text.includes('alert Odd'))
    assert.deepEqual([only?.replace(/^(error|warning): alert Odd: /, ''), more], [expected, []])
  })

test('a low count is fine next to an alert on the absence of the same lines, and conditions that can be are not reported', () => {
  const right = alerts({
    Few: alert({ when: lines(beat).count('5m').lt(3), severity: 'warning', summary: 'x', runbook }),
    None: alert({ when: lines(beat).absent('5m'), severity: 'warning', summary: 'x', runbook }),
    Any: alert({
      when: count
        .level('warn')
        .where({ side: ['buy', 'sell'] })
        .where({ side: not('sell') })
        .count('5m')
        .gte(1),
      severity: 'warning',
      summary: 'x',
      runbook,
    }),
  })
  assert.deepEqual(reported({ events: sided, alerts: Object.values(right) }), [])
})

test('a panel asks for events of the bot, within their retention; an event that nothing reads is a warning', () => {
  const board = dashboard({
    title: 'Board',
    panels: {
      elsewhere: logs({ title: 'Elsewhere', events: [others.filled] }),
      long: stat({ title: 'Long', show: lines(own.filled).count('60d') }),
    },
  })
  assert.deepEqual(reported({ dashboards: { board } }), [
    'error: panel Board/Elsewhere: it asks for lines of filled, which is not an event of this bot; use one of bot({ events }): filled and unread',
    'error: panel Board/Long: lines are kept for 30d, but it looks back 60d; increase logs.retention of the stack',
    'warning: event unread: no panel shows its lines and no alert counts them; add it to a logs panel, count it with lines(), or stop logging it',
  ])
})

test('a field that a line or the store sets itself, or whose name has other characters, is an error', () => {
  const typed = logEvent({ help: 'x', level: 'info', fields })
  // what a definition without types can pass
  const named = (name: string) => ({ ...typed, fields: { [name]: numberField(ms) } })
  const wrong = logEvents({
    reserved: { ...typed, fields: { latency_ms: numberField(ms), run: numberField(ms), _msg: numberField(ms) } },
    spaced: named('latency ms'),
    digit: named('5m'),
    right: named('_latency_5m'),
  })
  assert.deepEqual(
    reported({ events: wrong }).filter((text) => !text.startsWith('warning')),
    [
      'error: event reserved: its field run would be lost: each line has run itself, or the store sets it; choose another name',
      'error: event reserved: its field _msg would be lost: each line has _msg itself, or the store sets it; choose another name',
      "error: event spaced: its field 'latency ms' becomes a label of alerts and an argument of a Python function; use letters, digits and _, and do not start with a digit",
      "error: event digit: its field '5m' becomes a label of alerts and an argument of a Python function; use letters, digits and _, and do not start with a digit",
    ],
  )
})
