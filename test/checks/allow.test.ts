import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Allow,
  alert,
  alerts,
  allow,
  dashboard,
  promql,
  ratio,
  record,
  records,
  timeseries,
} from '../../definitions/language/index.ts'
import { catalogue, counter } from '../../definitions/language/metrics.ts'
import { runChecks } from '../../generators/checks/run.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { ex, exampleBot, runbook } from './example-bot.ts'

const reason = 'the exchange reports percent'
const found = (bot: ReturnType<typeof exampleBot>, today = '2026-11-21') =>
  runChecks(resolve(bot, containerTopology), today).map(({ code, of, severity }) => `${severity} ${code} ${of}`)

const withAlert = (...given: readonly Allow[]) =>
  exampleBot({
    alerts: [
      alerts({
        High: alert({
          when: promql`ex_margin_ratio > 80`.condition(ratio, ['bot', 'env', 'instance', 'job']),
          severity: 'warning',
          summary: 'High.',
          allow: given,
          runbook,
        }),
      }),
    ],
  })

const cases: readonly (readonly [string, readonly Allow[], readonly string[]])[] = [
  ['nothing is allowed', [], ['error BW406 alert High']],
  ['it is allowed forever', [allow('BW406', { reason })], []],
  ['it is allowed until today', [allow('BW406', { reason, until: '2026-11-21' })], []],
  ['it was allowed until yesterday', [allow('BW406', { reason, until: '2026-11-20' })], ['error BW901 alert High']],
  ['another check is allowed', [allow('BW101', { reason })], ['error BW406 alert High', 'warning BW902 alert High']],
  ['no reason is given', [allow('BW406', { reason: ' ' })], ['error BW406 alert High', 'error BW903 alert High']],
  [
    'the date does not exist',
    [allow('BW406', { reason, until: '2026-02-30' })],
    ['error BW406 alert High', 'error BW903 alert High'],
  ],
  ['there is no such check', [allow('BW199', { reason })], ['error BW406 alert High', 'warning BW902 alert High']],
  [
    'a finding about allowances is itself allowed',
    [allow('BW902', { reason })],
    ['error BW406 alert High', 'warning BW902 alert High'],
  ],
]
for (const [name, given, expected] of cases)
  test(`findings if ${name}`, () => assert.deepEqual(found(withAlert(...given)), expected))

test('a finding can also be allowed on a metric, a recording rule, a panel and the bot', () => {
  const more = catalogue('ex', {
    retries_total: counter({ help: 'Tried again.', allow: [allow('BW701', { reason: 'shown next week' })] }),
  })
  const board = dashboard({
    title: 'Odd',
    panels: {
      odd: timeseries({
        title: 'Odd',
        show: { equity: ex.equity, margin: ex.margin_ratio },
        allow: [allow('BW704', { reason: 'requested that way' })],
      }),
    },
  })
  const recorded = records('ex', {
    margin: record({
      help: 'For others.',
      of: ex.margin_ratio.times(1),
      allow: [allow('BW702', { reason: 'read by others' })],
    }),
  })
  const bot = exampleBot({
    metrics: more,
    dashboards: { odd: board },
    records: [recorded],
    watch: [],
    allow: [allow('BW606', { reason: 'watched by another' })],
  })
  assert.deepEqual(found(bot), [])
})
