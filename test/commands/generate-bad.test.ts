import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Project, project } from './project.ts'

const metrics = 'definitions/metrics.ts'
const alerts = 'definitions/alerts.ts'
const index = 'definitions/index.ts'
const dashboard = 'definitions/dashboard.ts'

/** A mistake in the smallest bot, and what is said about it: the line is that of the text in the file. */
interface Mistake {
  readonly name: string
  readonly make: (made: Project) => void
  readonly says: readonly {
    readonly code: string
    readonly at: readonly [file: string, text: string]
    readonly words: readonly [what: string, fix: string]
  }[]
}

const buckets = 'buckets: [0.1, 0.5, 1, 5]'
const equity = "equity_usdt: gauge({ help: 'Value of the portfolio.', unit: usdt }),"

const mistakes: readonly Mistake[] = [
  {
    name: 'two alerts of one name',
    make: ({ change }) => {
      change(index, 'alerts: [alerts],', 'alerts: [alerts, alerts],')
    },
    says: [
      {
        code: 'name-twice',
        at: [index, 'export const tiny = bot({'],
        words: ['bot tiny: two alerts are called EquityLow', 'rename one'],
      },
      {
        code: 'name-twice',
        at: [index, 'export const tiny = bot({'],
        words: ['bot tiny: two alerts are called OrdersFail', 'rename one'],
      },
    ],
  },
  {
    name: 'two metrics of one name',
    make: ({ change }) => {
      change(index, 'metrics: declared,', 'metrics: { ...declared, again: declared.equity_usdt },')
    },
    says: [
      {
        code: 'name-twice',
        at: [index, 'export const tiny = bot({'],
        words: ['bot tiny: two series are called tiny_equity_usdt', 'rename one'],
      },
    ],
  },
  {
    name: 'an illegal label',
    make: ({ change }) => {
      change(metrics, equity, "equity_usdt: gauge({ help: 'x', unit: usdt, labels: { 'trading-pair': oneOf('a') } }),")
    },
    says: [
      {
        code: 'label-name',
        at: [metrics, 'equity_usdt: gauge('],
        words: [
          "metric tiny_equity_usdt: tiny_equity_usdt: 'trading-pair' is no label name",
          'use letters, digits and _, not beginning with __',
        ],
      },
    ],
  },
  {
    name: 'buckets that are not sorted',
    make: ({ change }) => {
      change(metrics, buckets, 'buckets: [0.1, 5, 1]')
    },
    says: [
      {
        code: 'buckets-unsorted',
        at: [metrics, 'order_latency_seconds: histogram('],
        words: [
          'metric tiny_order_latency_seconds: tiny_order_latency_seconds: buckets must grow: 5, then 1',
          'sort them and name each once',
        ],
      },
    ],
  },
  {
    name: 'buckets that are infinite',
    make: ({ change }) => {
      change(metrics, buckets, 'buckets: [0.1, Number.POSITIVE_INFINITY]')
    },
    says: [
      {
        code: 'buckets-infinite',
        at: [metrics, 'order_latency_seconds: histogram('],
        words: [
          'metric tiny_order_latency_seconds: tiny_order_latency_seconds: a bucket ends at Infinity',
          'leave it out: +Inf is always there',
        ],
      },
    ],
  },
  ...['le', 'job'].map(
    (label): Mistake => ({
      name: `'${label}' as a label`,
      make: ({ change }) => {
        change(metrics, equity, `equity_usdt: gauge({ help: 'x', unit: usdt, labels: { ${label}: oneOf('a') } }),`)
      },
      says: [
        {
          code: 'label-reserved',
          at: [metrics, 'equity_usdt: gauge('],
          words: [
            `metric tiny_equity_usdt: tiny_equity_usdt: the label '${label}' is set by Prometheus itself`,
            'choose another name',
          ],
        },
      ],
    }),
  ),
  {
    name: 'a counter whose name does not end in _total',
    make: ({ change }) => {
      change(metrics, 'orders_total: counter(', 'orders: counter(')
      change(dashboard, 'metrics.orders_total', 'metrics.orders')
      change(alerts, 'metrics.orders_total', 'metrics.orders')
    },
    says: [
      {
        code: 'counter-name',
        at: [metrics, 'orders: counter('],
        words: [
          'metric tiny_orders: tiny_orders is a counter, and its name does not end in _total',
          'call it orders_total',
        ],
      },
    ],
  },
  {
    name: 'an alert without a comparison',
    make: ({ change }) => {
      change(alerts, 'when: metrics.equity_usdt.lt(usdt(100)),', 'when: metrics.equity_usdt,')
    },
    says: [
      {
        code: 'alert-condition',
        at: [alerts, 'EquityLow: alert('],
        words: [
          'alert EquityLow: it stands on no comparison, and would fire whenever there is data',
          'compare the value: .gt(…), .lt(…), .is(…)',
        ],
      },
    ],
  },
  {
    name: 'a runbook that looks at a panel of no dashboard',
    make: ({ change }) => {
      change(index, 'dashboards: { overview }', 'dashboards: {}')
    },
    says: [
      {
        code: 'runbook-panel',
        at: [alerts, 'EquityLow: alert('],
        words: [
          "alert EquityLow: its runbook looks at Equity, which is no panel of this bot's dashboards",
          'name a panel of a dashboard() of the bot',
        ],
      },
      {
        code: 'runbook-panel',
        at: [alerts, 'OrdersFail: alert('],
        words: [
          "alert OrdersFail: its runbook looks at Orders, which is no panel of this bot's dashboards",
          'name a panel of a dashboard() of the bot',
        ],
      },
    ],
  },
  {
    name: 'a runbook whose words name an unknown metric',
    make: ({ change }) => {
      change(alerts, "cause: 'More than three", "cause: 'tiny_order_failures rises: more than three")
    },
    says: [
      {
        code: 'runbook-metric',
        at: [alerts, 'OrdersFail: alert('],
        words: [
          'alert OrdersFail: its runbook says tiny_order_failures, which nothing exposes',
          'write the metric into a note by value, so that a rename follows',
        ],
      },
    ],
  },
]

for (const { name, make, says } of mistakes)
  test(`refused, with file and line, and nothing is written: ${name}`, async () => {
    const made = project()
    make(made)
    const { status, stdout, stderr } = await made.run('generate')
    const findings = says.map(
      ({ code, at: [file, text], words: [what, fix] }) =>
        `error: ${code} at ${file}:${made.line(file, text)}\n  ${what}\n  ${fix}\n`,
    )
    // What follows from a mistake is a warning that may stand beside it.
    const errors = stderr
      .split(/\n(?=\n?(?:error|warning): |\d+ errors? in )/)
      .filter((part) => !/^\n?warning: /.test(part))
    assert.equal(
      errors
        .join('\n')
        .replace(/\n{2,}/g, '\n\n')
        .replace(/^\n+/, ''),
      `${findings.join('\n')}\n${says.length} error${says.length === 1 ? '' : 's'} in the definitions: nothing was written.\n`,
    )
    assert.equal(status, 1)
    assert.equal(stdout, '')
    assert.ok(!existsSync(join(made.folder, 'out')))
  })

test('all mistakes are told at once, and the old output stays', async () => {
  const { run, change, tree, line } = project()
  await run('generate')
  const before = tree('out')
  change(metrics, buckets, 'buckets: [5, 1]')
  change(metrics, "help: 'Orders by outcome.'", "help: ''")
  change(alerts, "cause: 'The portfolio", "cause: 'tiny_nothing: the portfolio")
  const { status, stderr } = await run('generate')
  assert.equal(status, 1)
  assert.equal(
    stderr,
    `error: help-missing at ${metrics}:${line(metrics, 'orders_total: counter(')}
  metric tiny_orders_total: tiny_orders_total says nothing about what it measures
  write a help of one sentence

error: buckets-unsorted at ${metrics}:${line(metrics, 'order_latency_seconds: histogram(')}
  metric tiny_order_latency_seconds: tiny_order_latency_seconds: buckets must grow: 5, then 1
  sort them and name each once

error: runbook-metric at ${alerts}:${line(alerts, 'EquityLow: alert(')}
  alert EquityLow: its runbook says tiny_nothing, which nothing exposes
  write the metric into a note by value, so that a rename follows

3 errors in the definitions: nothing was written.
`,
  )
  assert.deepEqual(tree('out'), before)
})

test('a warning is told and does not stop anything', async () => {
  const { run, change, line } = project()
  change(metrics, equity, `${equity}\n  cash_usdt: gauge({ help: 'Cash.', unit: usdt }),`)
  const { status, stdout, stderr } = await run('generate')
  assert.equal(status, 0)
  assert.match(stdout, /^Tiny Bot: 4 metrics/)
  assert.equal(
    stderr,
    `warning: metric-unwatched at ${metrics}:${line(metrics, 'cash_usdt: gauge(')}
  metric tiny_cash_usdt: no panel shows it and no rule watches it
  show it, or do not emit it

`,
  )
})
