// Compiled, never run. Above each wrong line is a sentence that the compiler's message must contain.
import {
  alert,
  allLines,
  check,
  lines,
  logs,
  not,
  type Runbook,
  stat,
  text,
  timeseries,
} from '../../definitions/language/index.ts'
import {
  booleanField,
  logEvent,
  logEvents,
  ms,
  numberField,
  oneOf,
  percent,
  stringField,
  usdt,
} from '../../definitions/language/metrics.ts'
import { m } from '../language/metrics.ts'

const symbol = stringField
const events = logEvents({
  filled: logEvent({
    help: 'x',
    level: 'info',
    fields: { symbol, side: oneOf('buy', 'sell'), price: numberField(usdt), latency_ms: numberField(ms) },
  }),
  failed: logEvent({ help: 'x', level: 'error', fields: { symbol, error: stringField, final: booleanField } }),
})
const fills = lines(events.filled)
const both = lines(events.filled, events.failed)
const runbook: Runbook = { cause: 'x', steps: [check('x')] }

export function right(): void {
  timeseries({ title: 'x', show: { p95: fills.quantile(0.95, 'latency_ms', '5m').by('symbol') } })
  stat({
    title: 'x',
    show: both
      .where({ symbol: ['BTC', 'ETH'] })
      .level('warn')
      .count('1h'),
  })
  stat({ title: 'x', show: allLines().level('error').count('5m').by('event', 'level') })
  fills
    .where({ side: not('buy') })
    .sum('price', '1d')
    .gt(usdt(5))
  logs({ title: 'x', events: [events.failed], logsql: 'error:~"timeout"' })
  const waited = lines(events.failed)
    .logsql('final:=true')
    .pipes('extract "after <ms>" from error | stats max(ms)', '5m')
  timeseries({ title: 'x', show: { waited: waited.as(ms, ['symbol']), fills: fills.count('5m') } })
  alert({
    when: waited.as(ms, ['symbol']).gt(ms(500)),
    severity: 'warning',
    summary: (l, value) => text`${l.symbol} of ${l.instance}: ${value.duration}`,
    runbook,
  })
  alert({
    when: lines(events.failed).count('5m').by('symbol').gt(3),
    severity: 'warning',
    summary: (l, value) => text`${l.symbol} of ${l.instance}: ${value}`,
    runbook,
  })
}

export function declaredFields(): void {
  const of = { help: 'x', level: 'info' } as const
  logEvent({ ...of, fields: { symbol, message: stringField } })
  // @ts-expect-error each line has this itself, or the store sets it: choose another name
  logEvent({ ...of, fields: { level: stringField } })
  // @ts-expect-error each line has this itself, or the store sets it: choose another name
  logEvent({ ...of, fields: { symbol, seq: numberField(ms) } })
  // @ts-expect-error each line has this itself, or the store sets it: choose another name
  logEvent({ ...of, fields: { env: oneOf('paper', 'live') } })
  // @ts-expect-error each line has this itself, or the store sets it: choose another name
  logEvent({ ...of, fields: { value: numberField(usdt) } })
  // @ts-expect-error each line has this itself, or the store sets it: choose another name
  logEvent({ ...of, fields: { _time: stringField } })
}

export function filters(): void {
  // @ts-expect-error Expected at least 1 arguments, but got 0
  lines()
  // @ts-expect-error Property 'fild' does not exist on type
  lines(events.fild)
  // @ts-expect-error not all of these events have such a field
  fills.where({ smybol: 'BTC' })
  // @ts-expect-error not all of these events have such a field
  both.where({ side: 'buy' })
  // @ts-expect-error Type '"bought"' is not assignable to type
  fills.where({ side: 'bought' })
  // @ts-expect-error Type 'string' is not assignable to type
  fills.where({ price: '5' })
  // @ts-expect-error Argument of type '"fatal"' is not assignable to parameter of type 'LogLevel'
  fills.level('fatal')
  // @ts-expect-error not all of these events have such a field
  logs({ title: 'x', events: [events.filled, events.failed], where: { price: 5 } })
  // @ts-expect-error Type '"fatal"' is not assignable to type 'LogLevel'
  logs({ title: 'x', events: [events.filled], level: 'fatal' })
}

export function figures(): void {
  // @ts-expect-error this field is not a number
  fills.avg('symbol', '5m')
  // @ts-expect-error not all of these events have such a field
  fills.max('latency', '5m')
  // @ts-expect-error not all of these events have such a field
  both.min('price', '5m')
  // @ts-expect-error Argument of type '"5 minutes"' is not assignable to parameter of type 'Duration'
  fills.count('5 minutes')
  // @ts-expect-error Argument of type '"side"' is not assignable to parameter of type '"event" | "level" | "symbol"'
  both.count('5m').by('side')
  // @ts-expect-error Property 'by' does not exist on type
  fills.count('5m').by('symbol').by('side')
}

export function limits(): void {
  // @ts-expect-error a bare number beside time: say its unit, such as ms(500)
  fills.avg('latency_ms', '5m').gt(500)
  // @ts-expect-error this figure is in usdt, the limit in ratio
  fills.max('price', '5m').lt(percent(5))
  // @ts-expect-error compare with a quantity: logs and metrics are in different servers
  fills.max('price', '5m').lt(m.equity_usdt)
  // @ts-expect-error Property 'and' does not exist on type
  fills.count('5m').gt(5).and(m.equity_usdt)
}

export function texts(): void {
  const waited = fills.pipes('stats max(price)', '5m')
  // @ts-expect-error Property 'gt' does not exist on type 'PipedLines'
  waited.gt(5)
  // @ts-expect-error is not assignable to parameter of type 'Unit<string>'
  waited.as('ms', [])
  // @ts-expect-error this figure is in usdt, the limit in ratio
  waited.as(usdt).gt(percent(5))
  // @ts-expect-error Argument of type '"5 minutes"' is not assignable to parameter of type 'Duration'
  fills.pipes('stats count()', '5 minutes')
  alert({
    when: waited.as(usdt, ['side']).gt(usdt(5)),
    severity: 'warning',
    // @ts-expect-error Property 'symbol' does not exist on type
    summary: (l) => text`${l.symbol}`,
    runbook,
  })
}

export function messages(): void {
  alert({
    // @ts-expect-error an alert needs a condition: a comparison such as .gt(percent(5)), absent() or .is(state)
    when: fills.count('5m'),
    severity: 'warning',
    summary: 'x',
    runbook,
  })
  alert({
    when: fills.count('5m').by('side').gt(5),
    severity: 'warning',
    // @ts-expect-error Property 'symbol' does not exist on type
    summary: (l) => text`${l.symbol}`,
    runbook,
  })
  alert({
    when: fills.absent('5m'),
    severity: 'warning',
    // @ts-expect-error Property 'duration' does not exist on type
    summary: (_, value) => text`${value.duration}`,
    runbook,
  })
}
