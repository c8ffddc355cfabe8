import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scrape } from '../../definitions/exporters/scrape.ts'
import {
  act,
  alert,
  alerts,
  type Bot,
  type FixedTarget,
  labelValues,
  series,
} from '../../definitions/language/index.ts'
import { catalogue, flag, gauge, open } from '../../definitions/language/metrics.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { accountsBot, twoAccounts } from '../fixtures/accounts-bot.ts'

const says = (bot: Bot) =>
  resolve(bot, containerTopology).findings.map(
    ({ code, of, message, fix }) => `${of === 'bot acc' ? '' : `${of}: `}${code}: ${message}; ${fix}`,
  )

const [main, sub] = twoAccounts as readonly [FixedTarget, FixedTarget]
const refused: readonly (readonly [what: string, targets: readonly FixedTarget[], expected: readonly string[]])[] = [
  [
    'a label that a metric carries too',
    [{ ...main, labels: { symbol: 'BTC' } }],
    [
      "target-label: a target has the label symbol, and so does acc_orders_failed_total: Prometheus would rename the metric's label to exported_symbol; rename one of them",
    ],
  ],
  [
    'one that Prometheus sets',
    [{ ...main, labels: { job: 'x' } }],
    ['target-label-name: a target has the label job, which Prometheus or Alertmanager sets itself; rename it'],
  ],
  [
    'one that is not a name',
    [{ ...main, labels: { 'Account Id': 'x' } }],
    [
      "target-label-name: the target label 'Account Id' becomes part of variable and setting names: use lower-case letters, digits and _ only; rename it",
    ],
  ],
  [
    'more than anybody reads',
    [{ ...main, labels: { a: '1', b: '2', c: '3', d: '4', e: '5', f: '6' } }],
    [
      'target-label-count: its targets have 6 labels of their own (a, b, c, d, e, f), but messages and legends have room for 5; remove those that nobody needs',
    ],
  ],
  [
    'two targets that Prometheus could not tell apart',
    [main, { ...main, address: 'three:8000' }, sub],
    [
      'target-twice: the targets one:8000 and three:8000 are both acc in live, with the same labels: Prometheus could not tell them apart; give each its own instance',
    ],
  ],
]
for (const [what, targets, expected] of refused)
  test(`in the labels of targets ${what} is reported in a sentence`, () => {
    assert.deepEqual(says(accountsBot(targets)), expected)
  })

test('a dashboard’s own variable with the same name is reported in a sentence', () => {
  const bot = accountsBot()
  const [[key, board] = []] = Object.entries(bot.dashboards)
  assert.ok(key !== undefined && board !== undefined)
  const { size } = series(catalogue('acc', { size: gauge({ help: 'x', labels: { symbol: open({ max: 5 }) } }) }))
  const metrics = { ...bot.metrics, size: size.metric }
  const variables = { account: labelValues(size, 'symbol') }
  assert.deepEqual(
    says({ ...bot, metrics, dashboards: { [key]: { ...board, variables } } }).filter(
      (line) => !line.includes('unwatched'),
    ),
    [
      'target-label-variable: each dashboard gets a variable for the target label account, but the dashboard Orders defines a variable with that name; rename one of them',
    ],
  )
})

test('a join that loses the account names its alert', () => {
  const bot = accountsBot()
  const { up } = series(scrape)
  const { limit_usdt } = series(catalogue('acc', { limit_usdt: gauge({ help: 'x' }) }))
  const wrong = alerts({
    Wrong: alert({
      when: up.where({ job: 'node-exporter' }).on('env').group_left().times(limit_usdt).gt(flag(1)),
      severity: 'warning',
      summary: 'It cannot be.',
      runbook: { cause: 'It cannot be.', steps: [act('Look.')] },
    }),
  })
  assert.deepEqual(says({ ...bot, alerts: [...bot.alerts, wrong.Wrong] }), [
    "alert Wrong: target-label-join: one side of its `*` has a series for each account of the bot's targets and the other does not, so the series cannot be matched one to one; aggregate the many side by the labels both sides have, or swap group_left and group_right",
  ])
})
