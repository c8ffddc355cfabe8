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
  series,
  stat,
  text,
} from '../../definitions/language/index.ts'
import { logEvent, logEvents, ms, numberField } from '../../definitions/language/metrics.ts'
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
