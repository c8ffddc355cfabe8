import assert from 'node:assert/strict'
import { test } from 'node:test'
import { milliseconds } from '../../definitions/language/duration.ts'
import {
  type Duration,
  increase,
  items,
  not,
  percent,
  promql,
  ratio,
  series,
  sum,
} from '../../definitions/language/index.ts'
import { catalogue, counter, flag, gauge, oneOf, open } from '../../definitions/language/metrics.ts'
import { print } from '../../generators/promql/print.ts'
import { compileHold } from '../../generators/resolve/hold.ts'

const m = series(
  catalogue('bot', {
    p_value: gauge({ help: 'x', unit: ratio, labels: { strategy: open({ max: 9 }) } }),
    decay: gauge({ help: 'x', unit: flag, labels: { strategy: open({ max: 9 }) } }),
    fetch_total: counter({ help: 'x', labels: { source: open({ max: 9 }), status: oneOf('ok', 'failed') } }),
    limit: gauge({ help: 'x', labels: { source: open({ max: 9 }) } }),
  }),
)
const failed = sum(increase(m.fetch_total.where({ status: 'failed' }), '24h')).by('source')
const all = sum(increase(m.fetch_total, '24h')).by('source')

/** The condition with its hold, with a sample every 10 s if scraped and every 15 s if recorded. */
const hold = (condition: { readonly node: Parameters<typeof compileHold>[0] }, length: Duration = '1h') =>
  compileHold(condition.node, {
    hold: length,
    holdMillis: milliseconds(length) ?? 0,
    scraped: () => 10_000,
    recorded: 15_000,
    name: 'bot:alert:held',
    alert: 'Held',
    added: ['severity'],
  })

/** A part of the condition that lasts: there is enough of it, or the alert fired before a gap. */
const lasts = (extremes: string, enough: string) =>
  `${extremes} and ignoring (alertname, alertstate, severity) (${enough} or ignoring (alertname, alertstate, severity) last_over_time(ALERTS{alertname="Held", alertstate="firing"}[1h]))`

const cases = [
  [
    'a value below a limit: the highest of the window',
    m.p_value.lt(ratio(0.05)),
    lasts('max_over_time(bot_p_value[1h]) < 0.05', 'count_over_time(bot_p_value[1h]) >= 324'),
    [],
  ],
  [
    'a value above a limit: the lowest of the window',
    m.limit.gte(5),
    lasts('min_over_time(bot_limit[1h]) >= 5', 'count_over_time(bot_limit[1h]) >= 324'),
    [],
  ],
  [
    'an equality: lowest and highest',
    m.decay.eq(flag(1)),
    lasts(
      'min_over_time(bot_decay[1h]) == 1 and max_over_time(bot_decay[1h]) == 1',
      'count_over_time(bot_decay[1h]) >= 324',
    ),
    [],
  ],
  [
    'an operand that is not a plain selector is recorded first, each part of an `and` separately',
    failed.div(all).gt(percent(50)).and(all.gte(4)),
    `${lasts('min_over_time(bot:alert:held[1h]) > 0.5', 'count_over_time(bot:alert:held[1h]) >= 216')} and (${lasts('min_over_time(bot:alert:held_2[1h]) >= 4', 'count_over_time(bot:alert:held_2[1h]) >= 216')})`,
    [
      'bot:alert:held = sum by (bot, env, source) (increase(bot_fetch_total{status="failed"}[24h])) / sum by (bot, env, source) (increase(bot_fetch_total[24h]))',
      'bot:alert:held_2 = sum by (bot, env, source) (increase(bot_fetch_total[24h]))',
    ],
  ],
  [
    'a selector that looks back is recorded first: a range over it would look back from each end',
    m.limit.offset('1d').gt(5),
    lasts('min_over_time(bot:alert:held[1h]) > 5', 'count_over_time(bot:alert:held[1h]) >= 216'),
    ['bot:alert:held = bot_limit offset 1d'],
  ],
  [
    'two vectors: their difference is recorded',
    failed.gt(all),
    lasts('min_over_time(bot:alert:held[1h]) > 0', 'count_over_time(bot:alert:held[1h]) >= 216'),
    [
      'bot:alert:held = sum by (bot, env, source) (increase(bot_fetch_total{status="failed"}[24h])) - sum by (bot, env, source) (increase(bot_fetch_total[24h]))',
    ],
  ],
] as const

for (const [name, condition, text, records] of cases)
  test(`a hold of an hour goes into the window: ${name}`, () => {
    const made = hold(condition)
    assert.deepEqual(made.defects, [])
    assert.equal(print(made.expr), text)
    assert.deepEqual(
      made.records.map((r) => `${r.name} = ${print(r.expr)}`),
      records,
    )
  })

const why = (condition: { readonly node: Parameters<typeof compileHold>[0] }) =>
  hold(condition, '2h').defects.map((f) => f.message)

test('what cannot be split is reported in a sentence', () => {
  const start = 'it holds for 2h, which is compiled into the window, but '
  assert.deepEqual(why(m.limit.gt(5).or(m.limit.lt(1))), [
    `${start}\`or\` cannot be split: each side may be true for part of the time`,
  ])
  assert.deepEqual(why(m.limit.gt(5).unless(m.limit.lt(1))), [
    `${start}\`unless\` cannot be split: each side may be true for part of the time`,
  ])
  assert.deepEqual(why(m.limit.gt(5).bool), [`${start}it compares with bool, whose result is never empty`])
  assert.deepEqual(why(m.limit.neq(5)), [`${start}\`!=\` cannot be checked over a window`])
  assert.deepEqual(why(sum(m.limit.gt(5)).by('source').gt(7)), [
    `${start}the compared value contains another comparison`,
  ])
  assert.deepEqual(why(promql`x > 5`.condition(items, [])), [`${start}this part of it is not a comparison`])
  assert.deepEqual(why(m.limit.where({ source: not('a') }).gt(5)), [])
})
