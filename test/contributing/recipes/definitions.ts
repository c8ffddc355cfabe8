import { read } from '../../invariants/repository.ts'
import type { Recipes } from '../recipe.ts'

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
    ],
    generated: {
      'out/mcbot/contract.json': /"mcbot_ws_sequence_gaps_total"/,
      'out/mcbot/docs/metrics.md': /### `mcbot_ws_sequence_gaps_total`/,
      'out/mcbot/python/mcbot_metrics.py': /mcbot_ws_sequence_gaps/,
    },
    finds: /BW701 unwatched-metric at .*\n {2}metric mcbot_ws_sequence_gaps_total/,
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
        file: 'definitions/mcbot/exchange/alerts.ts',
        before: '  RateLimitNear: alert({',
        insert: `  RateLimitUnknown: alert({
    when: metrics.exchange_rate_limit_max.lt(1),
    for: '5m',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown],
    summary: 'the exchange reports no rate limit',
    runbook: {
      cause: 'The exchange did not report its rate limit, so its use cannot be judged.',
      steps: [look(exchangeDashboard.panels.rateLimit, 'since when?'), decide('Restart the bot after checking its open orders.')],
    },
  }),
`,
      },
      {
        file: 'test/alerts/mcbot/exchange.ts',
        before: '  RateLimitNear: {',
        insert: `  RateLimitUnknown: {
    fires: {
      'the limit drops to 0': {
        given: { mcbot_exchange_rate_limit_max: '2400x7 0x31 2400x19' },
        from: '7m',
        to: '13m',
        labels: { ...target, severity: 'warning' },
        says: 'the exchange reports no rate limit',
      },
    },
    silent: { 'for less than five minutes': { mcbot_exchange_rate_limit_max: '2400x7 0x15 2400x40' } },
    healthy: { mcbot_exchange_rate_limit_max: '2400x60' },
  },
`,
      },
    ],
    generated: {
      'out/mcbot/prometheus/alerts.yml': /alert: RateLimitUnknown/,
      'out/mcbot/runbooks/RateLimitUnknown.md': /since when\?/,
    },
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
    ],
    generated: { 'out/mcbot/prometheus/recording.yml': /record: mcbot:rate_limit_used_ratio/ },
    finds: /BW702 unused-record at .*\n {2}recording rule mcbot:rate_limit_used_ratio/,
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
    ],
    generated: { 'out/mcbot/contract.json': /"order_cancelled"/ },
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
  'a bot': {
    edits: [
      ...['metrics', 'dashboard'].map((name) => ({
        file: `definitions/tiny/${name}.ts`,
        create: minimal(name),
      })),
      {
        file: 'definitions/tiny/alerts.ts',
        create: minimal('alerts')
          .replace(
            'import { act,',
            "import { scrape } from '../exporters/scrape.ts'\nimport { absence, act, flag, series,",
          )
          .replace(
            'export const tinyAlerts = alerts({',
            `const scraped = series(scrape)
const runbook = { cause: 'The bot is gone.', steps: [act('Start it.')] } as const

export const tinyAlerts = alerts({
  Down: alert({ when: scraped.up.eq(flag(0)), severity: 'critical', summary: 'the bot is down', runbook }),
  Gone: absence({ of: scraped.up, severity: 'critical', summary: 'the bot is not scraped', runbook }),`,
          ),
      },
      {
        file: 'definitions/tiny/index.ts',
        create: minimal('index')
          .replace('import { allow,', "import { scrape } from '../exporters/scrape.ts'\nimport { allow,")
          .replace(
            '  metrics: botMetrics,\n',
            "  metrics: botMetrics,\n  exporters: [{ job: 'tiny', metrics: scrape }],\n",
          ),
      },
      {
        file: 'test/alerts/tiny/index.ts',
        create: `import type { Proofs } from '../case.ts'

/** What proves each alert of tiny. */
export const proofs: Proofs = Object.freeze({})
`,
      },
      { file: 'definitions/index.ts', replace: '[mcbot, tradingbot, arbot]', by: '[mcbot, tradingbot, arbot, tiny]' },
      { file: 'definitions/index.ts', before: '\n/** All bots', insert: "import { tiny } from './tiny/index.ts'\n" },
    ],
    generated: {
      'out/tiny/docker-compose.yaml': /name: botwatch-tiny/,
      'out/tiny/contract.json': /"tiny_orders_total"/,
    },
  },
}

/** A file of the smallest bot of the tests, as it would be in a folder of definitions. */
function minimal(name: string): string {
  return read(`test/fixtures/minimal/${name}.ts`).replaceAll('../../../definitions/', '../')
}
