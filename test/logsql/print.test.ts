import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lines, not } from '../../definitions/language/index.ts'
import {
  logEvent,
  logEvents,
  ms,
  numberField,
  oneOf,
  seconds,
  stringField,
  usdt,
} from '../../definitions/language/metrics.ts'
import { printCondition, printFigure } from '../../generators/logsql/print.ts'

const { filled, failed } = logEvents({
  filled: logEvent({
    help: 'x',
    level: 'info',
    fields: {
      symbol: stringField,
      side: oneOf('buy', 'sell'),
      price: numberField(usdt),
      latency_ms: numberField(ms),
    },
  }),
  failed: logEvent({ help: 'x', level: 'error', fields: { symbol: stringField } }),
})
const scope = { bot: 'tb', env: 'paper' }
const stream = '{bot="tb",env="paper"}'
const process = 'bot, env, instance'
/** Only numbers count: a text in the field would decide a maximum or a quantile. */
const number = '~"^-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]+)?$"'

const figures = [
  [
    'a count is of distinct lines',
    lines(filled).count('5m'),
    `${stream} event:="filled" | stats by (${process}) count_uniq(run, seq) as value`,
  ],
  [
    'a figure of a field takes each line once',
    lines(filled).avg('latency_ms', '5m'),
    `${stream} event:="filled" latency_ms:${number} | math latency_ms + 0 as latency_ms | stats by (${process}, run, seq) any(latency_ms) as latency_ms | stats by (${process}) avg(latency_ms) as value`,
  ],
  [
    'a quantile by fields',
    lines(filled).quantile(0.95, 'latency_ms', '5m').by('symbol', 'side'),
    `${stream} event:="filled" latency_ms:${number} | math latency_ms + 0 as latency_ms | stats by (${process}, symbol, side, run, seq) any(latency_ms) as latency_ms | stats by (${process}, symbol, side) quantile(0.95, latency_ms) as value`,
  ],
  [
    'lines of an event that others follow count once they are old enough',
    lines(filled, failed).olderThan('5m', filled).count('1h'),
    `${stream} event:in("filled", "failed") (!event:="filled" or _time:>5m) | stats by (${process}) count_uniq(run, seq) as value`,
  ],
  [
    'several events, values and a level',
    lines(filled, failed)
      .where({ symbol: ['BTC', 'a"b'] })
      .where({ symbol: not('ETH') })
      .level('warn')
      .count('1h'),
    `${stream} event:in("filled", "failed") symbol:in("BTC", "a\\"b") !symbol:="ETH" level:in("warn", "error") | stats by (${process}) count_uniq(run, seq) as value`,
  ],
  [
    'a number',
    lines(filled).where({ price: 0.1 }).max('price', '1m'),
    `${stream} event:="filled" price:="0.1" price:${number} | math price + 0 as price | stats by (${process}, run, seq) any(price) as price | stats by (${process}) max(price) as value`,
  ],
] as const
for (const [name, { figure }, expected] of figures)
  test(`LogsQL: ${name}`, () => assert.equal(printFigure(figure, scope), expected))

const conditions = [
  [
    'a limit, in the unit of the field; the value is in seconds',
    lines(filled).max('latency_ms', '5m').gte(ms(1500)),
    `_time:5m ${stream} event:="filled" latency_ms:${number} | math latency_ms + 0 as latency_ms | stats by (${process}, run, seq) any(latency_ms) as latency_ms | stats by (${process}) max(latency_ms) as value | filter value:>=1500 | math value * 1 / 1000 as value`,
  ],
  [
    'money stays as it is',
    lines(filled).sum('price', '1d').lt(usdt(10)),
    `_time:1d ${stream} event:="filled" price:${number} | math price + 0 as price | stats by (${process}, run, seq) any(price) as price | stats by (${process}) sum(price) as value | filter value:<10`,
  ],
  [
    'the absence of lines',
    lines(failed).absent('3m'),
    `_time:3m ${stream} event:="failed" | stats count() as value | filter value:=0`,
  ],
] as const
for (const [name, condition, expected] of conditions)
  test(`LogsQL: ${name}`, () => assert.equal(printCondition(condition.lines, condition.unit, scope), expected))

test('events with a field in different units, and a limit that is not finite, are defects', () => {
  const { slow } = logEvents({
    slow: logEvent({ help: 'x', level: 'info', fields: { latency_ms: numberField(seconds) } }),
  })
  const { defects } = lines(filled, slow).avg('latency_ms', '5m').gt(ms(Number.NaN))
  assert.deepEqual(
    defects.map(({ message }) => message),
    ['slow has latency_ms in seconds, and filled in milliseconds', 'NaN cannot be used in a comparison or calculation'],
  )
})

test('what no compiler saw is a defect', () => {
  const anyLines = lines as (...events: readonly unknown[]) => {
    where(asked: object): ReturnType<typeof anyLines>
    quantile(
      share: number,
      field: string,
      window: string,
    ): { by(...fields: string[]): { readonly defects: readonly object[] } }
  }
  const { defects } = anyLines(filled, failed)
    .where({ side: 'bought', symbol: [] })
    .quantile(95, 'symbol', '5 min')
    .by('smybol')
  assert.deepEqual(
    defects.map((one) => ('message' in one ? one.message : one)),
    [
      "failed has no field 'side', expected one of symbol",
      'where: side of filled is never "bought", expected one of buy, sell',
      'where: the list of values of symbol is empty',
      "quantile: '5 min' is not a duration",
      'the field symbol of filled is not a number',
      'the field symbol of failed is not a number',
      'quantile: the share is 95, expected 0 to 1',
      "filled has no field 'smybol', expected one of symbol, side, price, latency_ms",
      "failed has no field 'smybol', expected one of symbol",
    ],
  )
})

test('lines cannot be older than themselves: an event that is not asked for is a defect', () => {
  const { defects } = lines(filled).olderThan('5m', failed).count('1h')
  assert.deepEqual(
    defects.map(({ message, fix }) => [message, fix]),
    [['olderThan: these are no lines of failed', 'name an event that lines(…) asks for']],
  )
})
