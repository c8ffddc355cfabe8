import type { Recipes } from '../recipe.ts'
import { tinyBot } from './bot.ts'

const metrics = 'definitions/mcbot/websocket/metrics.ts'
const board = 'definitions/mcbot/dashboards/exchange.ts'

/** Rows about what a bot's owner changes. */
export const definitionRecipes: Recipes = {
  'a metric': {
    edits: [
      {
        file: metrics,
        before: '  ws_reconnects_total: counter({',
        insert:
          "  ws_sequence_gaps_total: counter({ help: 'Gaps in the sequence numbers of the stream.', labels: { symbol } }),\n",
      },
      {
        file: board,
        before: '    barAge: timeseries({',
        insert: `    gaps: timeseries({
      title: 'Gaps in the stream, 5 minutes',
      show: sum(increase(metrics.ws_sequence_gaps_total, '5m')).by('symbol'),
      emptyMeans: 'no gap since the bot started',
    }),
`,
      },
      { file: board, replace: "'messages', 'barAge'", by: "'messages', 'gaps', 'barAge'" },
    ],
    generated: {
      'out/mcbot/contract.json': /"mcbot_ws_sequence_gaps_total"/,
      'out/mcbot/docs/metrics.md': /### `mcbot_ws_sequence_gaps_total`/,
      'out/mcbot/python/mcbot_metrics.py': /mcbot_ws_sequence_gaps/,
    },
    tests: ['test/definitions/messages.test.ts'],
  },
  'a new name': {
    edits: [
      { file: metrics, replace: 'ws_messages_received_total: counter', by: 'ws_received_total: counter' },
      {
        file: 'definitions/mcbot/metrics.ts',
        before: '      mcbot_realized_pnl_usdt_total:',
        insert: "      mcbot_ws_messages_received_total: 'renamed; mcbot_ws_received_total replaces it',\n",
      },
      { file: board, replace: 'metrics.ws_messages_received_total', by: 'metrics.ws_received_total' },
      {
        file: 'demo/mcbot/faults/list.ts',
        replace:
          "['exchange_ws_connected', 'ws_reconnects_total', 'ws_messages_received_total', 'ws_last_message_age_seconds']",
        by: "['exchange_ws_connected', 'ws_reconnects_total', 'ws_received_total', 'ws_last_message_age_seconds']",
      },
      {
        file: 'demo/mcbot/faults/list.ts',
        replace: "      'ws_reconnects_total',\n      'ws_messages_received_total',",
        by: "      'ws_reconnects_total',\n      'ws_received_total',",
      },
      {
        file: 'demo/mcbot/outside/feed.ts',
        replace: 'metrics.ws_messages_received_total',
        by: 'metrics.ws_received_total',
      },
      {
        file: 'demo/mcbot/faults/list.ts',
        replace: "    ['ws_messages_received_total', 'ws_last_message_age_seconds']",
        by: "    ['ws_received_total', 'ws_last_message_age_seconds']",
      },
    ],
    generated: {
      'out/mcbot/contract.json': /"mcbot_ws_messages_received_total": "renamed; mcbot_ws_received_total replaces it"/,
      'out/mcbot/grafana/dashboards/exchange.json': /mcbot_ws_received_total/,
    },
  },
  'a panel': {
    edits: [
      {
        file: board,
        before: "    failures: stat({ title: 'Consecutive failures'",
        insert: "    limit: stat({ title: 'Rate limit', show: metrics.exchange_rate_limit_max }),\n",
      },
      {
        file: board,
        replace: "['streams', 'failures', 'rateLimitShare', 'banLeft']",
        by: "['streams', 'failures', 'limit', 'rateLimitShare', 'banLeft']",
      },
    ],
    generated: { 'out/mcbot/grafana/dashboards/exchange.json': /"title": "Rate limit"/ },
  },
  'an alert': {
    edits: [
      {
        file: 'definitions/mcbot/position/alerts.ts',
        before: '  MarginNearLimit: alert({',
        insert: `  Withdrawn: alert({
    when: sum(increase(metrics.withdrawals_usdt_total, '10m')).by('instance').gt(usdt(0)),
    severity: 'info',
    event: true,
    mutedBy: [downAlerts.BotDown],
    summary: 'money was withdrawn from the account',
    runbook: {
      cause: 'The bot has counted a withdrawal: it trades with less from now on.',
      steps: [look(tradingDashboard.panels.transfers, 'how much?'), decide('If nobody withdrew it, lock the account.')],
    },
  }),
`,
      },
      {
        file: 'definitions/mcbot/position/alerts.ts',
        replace: '  decide,\n  deviation,\n  look,\n',
        by: '  decide,\n  deviation,\n  increase,\n  look,\n',
      },
      {
        file: 'definitions/mcbot/position/alerts.ts',
        replace: '  score,\n  text,\n',
        by: '  score,\n  sum,\n  text,\n',
      },
      {
        file: 'test/alerts/mcbot/position.ts',
        before: '  MarginNearLimit: {',
        insert: `  Withdrawn: {
    fires: {
      'a withdrawal is counted': {
        given: { mcbot_withdrawals_usdt_total: '100x7 300x80' },
        from: '2m',
        to: '11m45s',
        labels: { ...instance, severity: 'info' },
        says: 'money was withdrawn from the account',
      },
    },
    silent: { 'the bot restarts, which counts from 0 again': { mcbot_withdrawals_usdt_total: '300x7 0x60' } },
    healthy: { mcbot_withdrawals_usdt_total: '100x60' },
  },
`,
      },
      {
        file: 'test/alerts/mcbot/position.ts',
        replace: "import { target } from './target.ts'",
        by: "import { instance, target } from './target.ts'",
      },
      {
        file: 'demo/mcbot/faults/list.ts',
        replace: "and deposits it again when the fault ends.',\n    [],",
        by: "and deposits it again when the fault ends.',\n    ['Withdrawn'],",
      },
    ],
    generated: {
      'out/mcbot/prometheus/alerts.yml': /alert: Withdrawn/,
      'out/mcbot/runbooks/Withdrawn.md': /how much\?/,
    },
    tests: ['test/alerts/alerts.test.ts', 'test/definitions/messages.test.ts', 'test/demo/faults.test.ts'],
    only: ['mcbot: ', 'every alert on the bot can be tripped by some fault'],
  },
  'a recording rule': {
    edits: [
      {
        file: 'definitions/mcbot/records.ts',
        before: '  realized_pnl_usdt: record({',
        insert: `  rate_limit_used_ratio: record({
    help: 'Share of the exchange rate limit that is used.',
    of: metrics.exchange_rate_limit_used.div(metrics.exchange_rate_limit_max),
  }),
`,
      },
      {
        file: board,
        before: '    banLeft: stat({',
        insert:
          "    usedShare: timeseries({ title: 'Rate limit used', show: recordingRules.rate_limit_used_ratio.series, min: 0 }),\n",
      },
      { file: board, replace: "['rateLimit', 'orderLimit',", by: "['rateLimit', 'usedShare', 'orderLimit'," },
    ],
    generated: { 'out/mcbot/prometheus/recording.yml': /record: mcbot:rate_limit_used_ratio/ },
  },
  'a log event': {
    edits: [
      {
        file: 'definitions/mcbot/log-events.ts',
        create: `import { logEvent, logEvents, oneOf, stringField } from '../language/metrics.ts'

/** The events that the bot writes to its structured log. */
export const events = logEvents({
  order_cancelled: logEvent({
    help: 'An order was cancelled before it was filled.',
    level: 'info',
    fields: { symbol: stringField, side: oneOf('buy', 'sell') },
  }),
})
`,
      },
      { file: 'definitions/mcbot/index.ts', before: '  records: [recordingRules],', insert: '  events,\n' },
      {
        file: 'definitions/mcbot/index.ts',
        before: "import { botMetrics } from './metrics.ts'\n",
        insert: "import { events } from './log-events.ts'\n",
      },
      {
        file: 'definitions/mcbot/dashboards/execution.ts',
        before: '    bars: barGauge({',
        insert: `    cancelled: logs({
      title: 'Cancelled orders',
      events: [events.order_cancelled],
      emptyMeans: 'no order was cancelled',
    }),
`,
      },
      {
        file: 'definitions/mcbot/dashboards/execution.ts',
        replace: "'orderTypes', 'bars']",
        by: "'orderTypes', 'bars', 'cancelled']",
      },
      {
        file: 'definitions/mcbot/dashboards/execution.ts',
        replace: '  labelValues,\n',
        by: '  labelValues,\n  logs,\n',
      },
      {
        file: 'definitions/mcbot/dashboards/execution.ts',
        before: "import { metrics } from '../series.ts'",
        insert: "import { events } from '../log-events.ts'\n",
      },
    ],
    generated: {
      'out/mcbot/contract.json': /"order_cancelled"/,
      'out/mcbot/grafana/dashboards/execution.json': /"title": "Cancelled orders"/,
    },
    tests: ['test/definitions/messages.test.ts'],
  },
  'an exporter': {
    edits: [
      {
        file: 'definitions/exporters/prometheus-storage.ts',
        create: `import { counter, external } from '../language/metrics.ts'

/** Prometheus about its own storage, as far as rules and panels use it. */
export const prometheusStorage = external({
  prometheus_tsdb_wal_corruptions_total: counter({ help: 'Corruptions of the write-ahead log.' }),
})
`,
      },
      {
        file: 'definitions/mcbot/series.ts',
        before: "import { relay } from '../exporters/relay.ts'\n",
        insert: "import { prometheusStorage } from '../exporters/prometheus-storage.ts'\n",
      },
      {
        file: 'definitions/mcbot/series.ts',
        before: "/** The bot's scrape job. */",
        insert: 'export const storage = series(prometheusStorage)\n',
      },
      {
        file: 'definitions/mcbot/index.ts',
        before: "    { job: 'prometheus', metrics: alertStates },",
        insert: "    { job: 'prometheus', metrics: prometheusStorage },\n",
      },
      {
        file: 'definitions/mcbot/index.ts',
        replace: "import { node } from '../exporters/node.ts'\n",
        by: "import { node } from '../exporters/node.ts'\nimport { prometheusStorage } from '../exporters/prometheus-storage.ts'\n",
      },
    ],
    generated: { 'out/mcbot/docs/metrics.md': /`prometheus_tsdb_wal_corruptions_total`/ },
  },
  'a bot': tinyBot,
}
