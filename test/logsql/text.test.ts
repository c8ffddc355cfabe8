import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type LineFigure, lines } from '../../definitions/language/index.ts'
import {
  booleanField,
  items,
  logEvent,
  logEvents,
  ms,
  numberField,
  oneOf,
  ratio,
  stringField,
  type Unit,
} from '../../definitions/language/metrics.ts'
import { printCondition, printFigure } from '../../generators/logsql/print.ts'
import { filterTextDefects, pipesDefects } from '../../generators/resolve/line-text.ts'

// LogsQL as text: a filter or pipes in the place that keeps figures true, and what is said about their words.

const { filled, failed } = logEvents({
  filled: logEvent({ help: 'x', level: 'info', fields: { side: oneOf('buy', 'sell'), latency_ms: numberField(ms) } }),
  failed: logEvent({
    help: 'x',
    level: 'error',
    fields: { symbol: stringField, error: stringField, final: booleanField },
  }),
})
const stream = '{bot="tb",env="paper"}'
const distinct = 'stats by (bot, env, instance, event, level, symbol, error, final, run, seq) count() as value'
const scope = { bot: 'tb', env: 'paper' }

const printed = [
  [
    'a filter is in parentheses, so that its `or` cannot let in other lines',
    lines(failed).logsql('error:~"timeout" or final:=true').count('5m').by('symbol'),
    `${stream} event:="failed" (error:~"timeout" or final:=true) | stats by (bot, env, instance, symbol) count_uniq(run, seq) as value`,
  ],
  [
    'pipes are over distinct lines, and the labels are those of .as()',
    lines(failed).pipes('extract "after <waited>ms" from error | stats max(waited)', '5m').as(ms, ['symbol']),
    `${stream} event:="failed" | ${distinct} | extract "after <waited>ms" from error | stats by (bot, env, instance, symbol) max(waited) as value`,
  ],
  [
    'columns besides the figure are removed: each would be a series of its own',
    lines(failed)
      .logsql('symbol:*')
      .pipes('stats count() if (final:=true) as final, count() all | math final / all as value', '5m')
      .as(ratio),
    `${stream} event:="failed" (symbol:*) | ${distinct} | stats by (bot, env, instance) count() if (final:=true) as final, count() all | math final / all as value | delete final, all`,
  ],
] as const
for (const [name, { figure }, expected] of printed)
  test(`LogsQL text: ${name}`, () => assert.equal(printFigure(figure, scope), expected))

test('LogsQL text: a condition, and the absence of lines', () => {
  const { lines: most, unit } = lines(failed).pipes('len(error) as size | stats max(size)', '5m').as(items).gt(100)
  assert.equal(
    printCondition(most, unit, scope),
    `_time:5m ${stream} event:="failed" | ${distinct} | len(error) as size | stats by (bot, env, instance) max(size) as value | filter value:>100`,
  )
  const { lines: none } = lines(failed).logsql('final:=true').absent('5m')
  assert.equal(
    printCondition(none, items, scope),
    `_time:5m ${stream} event:="failed" (final:=true) | stats count() as value | filter value:=0`,
  )
})

/** What is said about a figure, and the part of its text. */
function said({ figure, unit }: { readonly figure: LineFigure; readonly unit: Unit<string> }): readonly string[] {
  const { wrong, unknown } = pipesDefects(figure, unit)
  return [...filterTextDefects(figure.filter), ...wrong, ...unknown].map(
    ({ message, fix, in: at }) => `${at?.text.slice(at.from, at.to)} > ${message}; ${fix}`,
  )
}
const filter = (text: string, ...of: readonly [typeof failed] | readonly [typeof failed, typeof filled]) =>
  said(
    lines(...of)
      .logsql(text)
      .count('5m'),
  )
const pipes = (text: string, unit: Unit<string> = items, labels: readonly string[] = []) =>
  said(lines(failed).pipes(text, '5m').as(unit, labels))

const known = `use one of filter, where, extract, extract_regexp, format, math, eval, replace, replace_regexp, collapse_nums, rename, mv, copy, cp, len, hash, json_array_len, unroll, unpack_json, unpack_logfmt, stats`

const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    'filters that are right',
    filter('error:~"a|b" and (symbol:in(BTC, "ETH") or !final:=true) level:error error:time* instance:="a"', failed),
    [],
  ],
  [
    'fields that only one of the events has',
    filter('latency_ms:>250 or latency_ms:range[5, 10) or side:in(buy, "sell") event:=filled', failed, filled),
    [],
  ],
  [
    'an unknown field, event and value',
    filter('eror:~"x" event:=order_failed side:=bought final:yes', failed, filled),
    [
      'eror > its text: it asks for eror, which none of these events has: that matches no line, or every line if it is negated; did you mean error?',
      'order_failed > its text: event is never "order_failed" in these lines, expected one of failed, filled; use a value that it can have',
      'bought > its text: side is never "bought" in these lines, expected one of buy, sell; use a value that it can have',
      'yes > its text: final is never "yes" in these lines, expected one of true, false; use a value that it can have',
    ],
  ],
  [
    'a word without a field, and a window',
    filter('timeout _time:5m', failed),
    [
      "timeout > its text: 'timeout' has no field, so it is looked for in a message that lines of events do not have; name a field, such as error:timeout",
      '_time > its text: its window is that of the query; remove _time',
    ],
  ],
  ['a bracket', filter('(error:x', failed), ['( > its text: this ( is never closed; write ) where it ends']],
  ['another bracket', filter('error:x) or (symbol:y', failed), [') > its text: this ) was never opened; remove it']],
  ['a quote', filter('error:"x', failed), ['" > its text: this " is never closed; write " where it ends']],
  [
    'what would tear the query apart',
    filter('{bot="other"} # hidden', failed),
    [
      '{ > its text: bot and env are asked for already, and a panel adds instance; remove the braces; instance:=… is a filter, too',
      '# > its text: a comment would hide the rest of the query; remove it, or quote the #',
    ],
  ],
  [
    'a pipe',
    filter('error:x | delete error', failed),
    ['| > its text: a pipe is not a filter; use .pipes(…) for figures'],
  ],
  [
    'pipes that are right',
    pipes(
      'filter final:=true | extract_regexp "(?P<code>[0-9]+)" from error | rename code as number | math number * 2 as twice | format "<symbol>:<twice>" as both | unpack_json from error fields (reason) | stats by (bot, env, instance, both, reason) count() as n | stats max(n) as most, count() as all | math most / all as value | filter value:>0',
    ),
    [],
  ],
  [
    'unknown pipes, and those that add, order or drop lines',
    pipes('extrct "<x>" from error | sort by (symbol) | stats count()'),
    ['extrct', 'sort'].map(
      (pipe) =>
        `${pipe} > its text: the pipe '${pipe}' does not exist, or a figure with it would be false or empty in a panel; ${known}`,
    ),
  ],
  [
    'no figure',
    pipes('filter final:=true'),
    [
      'filter final:=true > its text: it has no `stats`, so it yields lines and no figure; end it with one, such as | stats count()',
    ],
  ],
  [
    'figures that are not named, or grouped twice',
    pipes('stats by (symbol) count(), max(error) as most'),
    [
      'stats by (symbol) count(), max(error) as most > its text: its last `stats` has a `by`, but the labels of the figure are those of .as(…), with bot, env and instance; remove the `by`, and name its fields in .as(unit, [...])',
      'stats by (symbol) count(), max(error) as most > its text: its last `stats` has several results, and none is named value; name the figure: … as value',
    ],
  ],
  [
    'fields that no line has',
    pipes('extract "<code>" from eror | stats max(cod)', items, ['symbl']),
    [
      'eror > its text: it reads eror, which no line has there; did you mean error?',
      'cod > its text: it reads cod, which no line has there; did you mean code?',
      'stats > its text: symbl is a label of the figure, but no line has such a field there; did you mean symbol?',
    ],
  ],
  [
    'whose lines they are',
    pipes('format "all" as instance | stats by (symbol) count() as n | stats max(n)'),
    [
      'format "all" as instance > its text: this sets instance, which says whose lines they are; choose another name for its result',
      'stats by (symbol) count() as n > its text: this `stats` drops bot, env and instance, so its results are of all processes together; keep it: stats by (bot, env, instance, …)',
    ],
  ],
  [
    'what nobody declares',
    pipes('unpack_json from error | stats max(code)'),
    [
      'code > its text: whether there is a field code depends on what unpack_json finds, which nothing declares; name what it takes: unpack_json … fields (code)',
    ],
  ],
  [
    'the unit of a single function',
    [
      ...said(lines(filled).pipes('stats max(latency_ms)', '5m').as(ratio)),
      ...said(lines(filled).pipes('stats max(latency_ms)', '5m').as(ms)),
      ...said(lines(filled).pipes('stats count()', '5m').as(ms)),
      ...said(lines(filled).pipes('math latency_ms / 1000 as latency_ms | stats max(latency_ms)', '5m').as(ratio)),
    ],
    [
      'stats max(latency_ms) > its text: max is in milliseconds here, and .as(…) says ratio; declare the unit of its result',
      'stats count() > its text: count is in items here, and .as(…) says milliseconds; declare the unit of its result',
    ],
  ],
]
for (const [name, found, expected] of cases)
  test(`what is said about LogsQL text: ${name}`, () => assert.deepEqual(found, expected))
