import type { Project } from './project.ts'

/** Files of the smallest bot. */
export const metricsFile = 'definitions/metrics.ts'
export const alertsFile = 'definitions/alerts.ts'
const index = 'definitions/index.ts'
const dashboard = 'definitions/dashboard.ts'

/** A mistake in the smallest bot, and the message about it: the line is that of the text in the file. */
interface BadDefinition {
  readonly name: string
  readonly make: (made: Project) => void
  readonly says: readonly {
    readonly code: string
    readonly at: readonly [file: string, text: string]
    readonly words: readonly [what: string, fix: string]
    /** Texts on the lines given next to them. */
    readonly see?: readonly (readonly [file: string, text: string])[]
  }[]
}

/** Texts that occur in its metrics. */
export const bucketsText = 'buckets: [0.1, 0.5, 1, 5]'
export const equityText =
  "equity_usdt: gauge({ help: 'Value of the portfolio.', unit: usdt, mayBeAbsent: { for: '5m', because: 'a test' } }),"

export const badDefinitions: readonly BadDefinition[] = [
  {
    name: 'two alerts of one name',
    make: ({ change }) => {
      change(index, 'alerts: [tinyAlerts],', 'alerts: [tinyAlerts, tinyAlerts],')
    },
    says: [
      {
        code: 'name-twice',
        at: [index, 'export const tiny = bot({'],
        words: ['bot tiny: two alerts are named EquityLow', 'rename one'],
      },
      {
        code: 'name-twice',
        at: [index, 'export const tiny = bot({'],
        words: ['bot tiny: two alerts are named OrdersFail', 'rename one'],
      },
    ],
  },
  {
    name: 'two metrics of one name',
    make: ({ change }) => {
      change(index, 'metrics: botMetrics,', 'metrics: { ...botMetrics, again: botMetrics.equity_usdt },')
    },
    says: [
      {
        code: 'name-twice',
        at: [index, 'export const tiny = bot({'],
        words: ['bot tiny: two series are named tiny_equity_usdt', 'rename one'],
      },
    ],
  },
  {
    name: 'one metric in two layers',
    make: ({ change }) => {
      change(metricsFile, "catalogue('tiny', {", "catalogue('tiny', [{ equity_usdt: gauge({ help: 'First.' }) }, {")
      change(metricsFile, '\n})', '\n}])')
    },
    says: [
      {
        code: 'metric-twice',
        at: [metricsFile, equityText],
        words: [
          'metric tiny_equity_usdt: tiny_equity_usdt is declared in layers 1, 2 of the list: only one of them could be used',
          'rename or remove one of them',
        ],
        see: [
          [metricsFile, "help: 'First.'"],
          [metricsFile, equityText],
        ],
      },
    ],
  },
  {
    name: 'a histogram next to a counter of the same family',
    make: ({ change }) => {
      change(metricsFile, 'order_latency_seconds: histogram(', 'orders: histogram(')
      change(dashboard, 'metrics.order_latency_seconds', 'metrics.orders')
    },
    says: [
      {
        code: 'family-clash',
        at: [metricsFile, 'orders: histogram('],
        words: [
          'metric tiny_orders: the histogram tiny_orders and the counter tiny_orders_total (family tiny_orders) clash in OpenMetrics: both may expose tiny_orders, but a name can belong to only one metric',
          'rename one of them',
        ],
      },
    ],
  },
  {
    name: 'a retired name',
    make: ({ change }) => {
      change(metricsFile, '\n})', "\n}, { retired: { tiny_equity_usdt: 'tiny_value_usdt took its place' } })")
    },
    says: [
      {
        code: 'name-retired',
        at: [metricsFile, 'equity_usdt: gauge('],
        words: [
          'metric tiny_equity_usdt: tiny_equity_usdt is retired: tiny_value_usdt took its place',
          'choose a new name, or remove it from `retired`',
        ],
      },
    ],
  },
  {
    name: 'an illegal label',
    make: ({ change }) => {
      change(
        metricsFile,
        equityText,
        "equity_usdt: gauge({ help: 'x', unit: usdt, labels: { 'trading-pair': oneOf('a') } }),",
      )
    },
    says: [
      {
        code: 'label-name',
        at: [metricsFile, 'equity_usdt: gauge('],
        words: [
          "metric tiny_equity_usdt: tiny_equity_usdt: 'trading-pair' is not a valid label name",
          'use letters, digits and _, and do not start with __',
        ],
      },
    ],
  },
  {
    name: 'buckets that are not sorted',
    make: ({ change }) => {
      change(metricsFile, bucketsText, 'buckets: [0.1, 5, 1]')
    },
    says: [
      {
        code: 'buckets-unsorted',
        at: [metricsFile, 'order_latency_seconds: histogram('],
        words: [
          'metric tiny_order_latency_seconds: tiny_order_latency_seconds: bucket bounds must increase: 5, then 1',
          'sort them and list each once',
        ],
      },
    ],
  },
  {
    name: 'buckets that are infinite',
    make: ({ change }) => {
      change(metricsFile, bucketsText, 'buckets: [0.1, Number.POSITIVE_INFINITY]')
    },
    says: [
      {
        code: 'buckets-infinite',
        at: [metricsFile, 'order_latency_seconds: histogram('],
        words: [
          'metric tiny_order_latency_seconds: tiny_order_latency_seconds: a bucket bound is Infinity, expected finite numbers',
          'remove it: the +Inf bucket always exists',
        ],
      },
    ],
  },
  ...['le', 'job'].map(
    (label): BadDefinition => ({
      name: `'${label}' as a label`,
      make: ({ change }) => {
        change(
          metricsFile,
          equityText,
          `equity_usdt: gauge({ help: 'x', unit: usdt, labels: { ${label}: oneOf('a') } }),`,
        )
      },
      says: [
        {
          code: 'label-reserved',
          at: [metricsFile, 'equity_usdt: gauge('],
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
      change(metricsFile, 'orders_total: counter(', 'orders: counter(')
      change(dashboard, 'metrics.orders_total', 'metrics.orders')
      change(alertsFile, 'metrics.orders_total', 'metrics.orders')
    },
    says: [
      {
        code: 'counter-name',
        at: [metricsFile, 'orders: counter('],
        words: [
          'metric tiny_orders: tiny_orders is a counter, but its name does not end in _total',
          'call it orders_total',
        ],
      },
    ],
  },
  {
    name: 'an alert without a comparison',
    make: ({ change }) => {
      change(alertsFile, 'when: metrics.equity_usdt.lt(usdt(100)),', 'when: metrics.equity_usdt,')
    },
    says: [
      {
        code: 'alert-condition',
        at: [alertsFile, 'EquityLow: alert('],
        words: [
          'alert EquityLow: its condition has no comparison, so it would fire whenever there is data',
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
        at: [alertsFile, 'EquityLow: alert('],
        words: [
          'alert EquityLow: its runbook looks at Equity, which is not on a dashboard of this bot',
          'refer to a panel of one of its dashboards',
        ],
      },
      {
        code: 'runbook-panel',
        at: [alertsFile, 'OrdersFail: alert('],
        words: [
          'alert OrdersFail: its runbook looks at Orders, which is not on a dashboard of this bot',
          'refer to a panel of one of its dashboards',
        ],
      },
    ],
  },
  {
    name: 'a runbook whose words name an unknown metric',
    make: ({ change }) => {
      change(alertsFile, "cause: 'More than three", "cause: 'tiny_order_failures rises: more than three")
    },
    says: [
      {
        code: 'runbook-metric',
        at: [alertsFile, 'OrdersFail: alert('],
        words: [
          'alert OrdersFail: its runbook mentions tiny_order_failures, which nothing exposes',
          'insert the metric into a note by value, so that a rename follows',
        ],
      },
    ],
  },
]
