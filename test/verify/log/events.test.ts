import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findingRows, line } from './fixture.ts'

const byRuntime = 'let the runtime write it: figures count each pair of run and seq once'
const all =
  'order_placed, order_filled, order_failed, position_opened, position_closed, signal_generated, risk_alert, api_error, balance_update, heartbeat'
const fields = 'only symbol, side, price, amount, latency_ms'

/** The lines of a file, and everything that is then reported. */
const table: readonly (readonly [string, readonly string[], readonly (readonly string[])[]])[] = [
  [
    'an event that is not declared',
    [line(1, { event: 'order_filed' }), line(2, { event: 'order_filed' }), line(3, { event: 'coffee' })],
    [
      ['event', '1 × 2', 'order_filed', 'a declared event', 'did you mean order_filled?'],
      ['event', '3 × 1', 'coffee', all, 'declare the event, or log it without the key event'],
    ],
  ],
  [
    'an event that is not a text',
    [line(1, { event: 5 }), line(2, { event: null }), line(3, { event: '' })],
    [['event', '1 × 3', 'event: 5', all, 'declare the event, or log it without the key event']],
  ],
  [
    'a missing field, and one that has another name',
    [line(1, { price: undefined }), line(2, { latency_ms: undefined, latency_m: 45.2 }), line(3, { price: undefined })],
    [
      [
        'order_filled missing',
        '1 × 2',
        'no price',
        'price: a finite number',
        'pass price: whatever reads it misses this line',
      ],
      [
        'order_filled missing',
        '2 × 1',
        'no latency_ms',
        'latency_ms: a finite number',
        'pass latency_ms: whatever reads it misses this line',
      ],
      ['order_filled extra', '2 × 1', 'latency_m', fields, 'did you mean latency_ms?'],
    ],
  ],
  [
    'extra fields, as any logger writes them and as the runtime does',
    [
      line(1, { note: 'x', 'a "b"\u001b[2J': 1 }),
      line(2, { undeclared: { note: 'x' }, faults: ["'note' is not declared"] }),
    ],
    [
      ['order_filled extra', '1 × 2', 'note', fields, 'declare the field, or do not log it'],
      ['order_filled extra', '1 × 1', '"a \\"b\\"\\u001b[2J"', fields, 'declare the field, or do not log it'],
      [
        'order_filled faults',
        '2 × 1',
        '"\'note\' is not declared"',
        'no faults',
        'fix the call: the runtime wrote the line although its fields are wrong; in mode strict it throws there',
      ],
    ],
  ],
  [
    'fields of a wrong type',
    [
      line(1, { price: '65000', amount: null }),
      line(2, { symbol: 5, side: true }),
      line(3, { price: '65001', amount: null, latency_ms: 'NaN', symbol: ['BTCUSDT'] }),
      line(4, { price: 1 }).replace('"price":1', '"price":1e999'),
    ],
    [
      ['order_filled type', '1 × 3', 'price: "65000"', 'a finite number', 'pass a finite number, not text'],
      [
        'order_filled type',
        '1 × 2',
        'amount: null',
        'a finite number',
        'pass a value, or do not log the line: null is not a value',
      ],
      ['order_filled type', '2 × 2', 'symbol: 5', 'a string', 'pass a string'],
      ['order_filled type', '2 × 1', 'side: true', '"buy", "sell"', 'pass "buy", "sell"'],
      [
        'order_filled type',
        '3 × 1',
        'latency_ms: "NaN"',
        'a finite number',
        'pass a finite number, or do not log the line',
      ],
    ],
  ],
  [
    'values that are not declared',
    [line(1, { side: 'BUY' }), line(2, { side: 'long' }), line(3, { side: 'Buy' })],
    [['order_filled value', '1 × 3', 'side: "BUY"', '"buy", "sell"', 'did you mean buy?']],
  ],
  [
    'a level other than the declared one',
    [line(1, { level: 'debug' }), line(2, { level: 30 }), line(3, { level: undefined })],
    [
      [
        'order_filled level',
        '1 × 3',
        'level: "debug"',
        'info',
        'log it at level info, as declared: panels and alerts select lines by level',
      ],
    ],
  ],
  [
    'the log of another bot',
    [line(1, { bot: 'mcbot' }), line(2, { bot: 'mcbot' }), line(3, { bot: undefined })],
    [
      [
        'bot',
        '1 × 2',
        'bot: "mcbot"',
        'tradingbot',
        'if it is the log of another bot, choose its contract; otherwise log under the name of the definitions',
      ],
      [
        'bot',
        '3 × 1',
        'no bot',
        'tradingbot',
        'if it is the log of another bot, choose its contract; otherwise log under the name of the definitions',
      ],
    ],
  ],
  [
    'an update of metrics that threw',
    [line(1, { event: 'metric_update_failed', of: 'risk_alert', error: 'Error: it throws', level: 'error' })],
    [
      [
        'update',
        '1 × 1',
        'metric_update_failed of risk_alert: "Error: it throws"',
        'every update to succeed',
        'fix the update of this event: its lines are in the log, but its metrics do not count them',
      ],
    ],
  ],
  [
    'lines without run and seq, and with only one of them',
    [
      line(1, { run: undefined, seq: undefined }),
      line(2, { run: undefined, seq: undefined }),
      line(3, { run: undefined }),
      line(4, { run: 5, seq: 0 }),
      line(5, { seq: 1.5 }),
    ],
    [
      [
        'no-run',
        '1 × 2',
        'no run and no seq',
        'both',
        'let the runtime write them: figures count each pair of run and seq once, so this line counts in none, or hides others in an average',
      ],
      ['order_filled missing', '3 × 1', 'no run', 'run: a string', byRuntime],
      ['order_filled type', '4 × 1', 'run: 5', 'run: a string', byRuntime],
      ['order_filled type', '4 × 2', 'seq: 0', 'seq: a whole number from 1', byRuntime],
    ],
  ],
]

for (const [name, lines, expected] of table)
  test(`${name}: exactly these findings`, async () => {
    assert.deepEqual(await findingRows(lines), expected)
  })
