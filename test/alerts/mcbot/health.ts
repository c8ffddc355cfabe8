import { absentTarget } from '../absent-target.ts'
import type { Proofs } from '../case.ts'
import { instance, target } from './target.ts'

const critical = { ...target, severity: 'critical' }
const warning = { ...target, severity: 'warning' }
const neverSet = (metric: string) => `mcbot_contract_never_set{metric="${metric}"}`
const modes = (live: string, paper: string, more = '') => ({
  [`mcbot_trading_mode{mcbot_trading_mode="live"${more}}`]: live,
  [`mcbot_trading_mode{mcbot_trading_mode="paper"${more}}`]: paper,
  [`mcbot_trading_mode{mcbot_trading_mode="shadow"${more}}`]: '0x60',
})
/** The bot itself: down, stuck, restarting, failing. */
export const healthProofs: Proofs = {
  BotDown: {
    fires: {
      'no scrape succeeds': {
        given: { up: '1x7 0x31 1x19', 'up{instance="paper-2"}': '1x60' },
        from: '2m30s',
        to: '10m',
        labels: critical,
        says: 'no answer to scrapes for more than 30 seconds; held at the last one: ? positions (? gross), ? of them without a stop, and ? open orders',
      },
      'and it says what the bot held': {
        given: {
          up: '1x7 0x31 1x19',
          mcbot_open_positions: '3x7 stale',
          'mcbot_open_positions{instance="paper-2"}': '9x60',
          mcbot_equity_usdt: '10000x7 stale',
          mcbot_aggregate_leverage: '1.25x7 stale',
          mcbot_positions_without_stop: '0x7 stale',
          mcbot_open_orders: '2x7 stale',
        },
        from: '2m30s',
        to: '10m',
        labels: critical,
        says: 'no answer to scrapes for more than 30 seconds; held at the last one: 3 positions (12500.00 USDT gross), 0 of them without a stop, and 2 open orders',
      },
    },
    silent: {
      'it is back within half a minute': { up: '1x7 0x1 1x40' },
      'another job is down': { 'up{job="node-exporter"}': '1x7 0x40' },
    },
    healthy: { up: '1x60' },
  },
  'BotAbsent in paper': absentTarget('mcbot', 'paper'),
  'BotAbsent in live': absentTarget('mcbot', 'live'),
  HeartbeatStale: {
    fires: {
      'the loop is stuck': {
        given: { mcbot_heartbeat_timestamp: '0+15x7 105x31 600+15x19' },
        from: '2m45s',
        to: '13m',
        labels: critical,
        says: 'the last heartbeat of the main loop was 1m 0s ago, limit 25 s',
      },
    },
    silent: {
      'it iterates every 25 seconds': { mcbot_heartbeat_timestamp: '-25+15x60' },
      'it is stuck for less than a minute': { mcbot_heartbeat_timestamp: '0+15x7 105x2 165+15x40' },
    },
    healthy: { mcbot_heartbeat_timestamp: '0+15x60' },
  },
  ContractCriticalMetricNeverSet: {
    fires: {
      'the main loop and the streams never start': {
        given: {
          [neverSet('mcbot_heartbeat_timestamp')]: '0x7 1x31 0x19',
          [neverSet('mcbot_equity_usdt')]: '0x60',
          // each of these has an alert of its own severity
          [neverSet('mcbot_last_bar_age_seconds')]: '0x7 1x31 0x19',
        },
        from: '2m30s',
        to: '13m',
        labels: { ...critical, metric: 'mcbot_heartbeat_timestamp' },
        says: 'paper-1 has never set mcbot_heartbeat_timestamp: critical alerts that depend on it cannot fire',
      },
      'no stream ever starts': {
        given: { [neverSet('mcbot_ws_last_message_age_seconds')]: '0x7 1x31 0x19' },
        from: '2m30s',
        to: '13m',
        labels: { ...critical, metric: 'mcbot_ws_last_message_age_seconds' },
        says: 'paper-1 has never set mcbot_ws_last_message_age_seconds: critical alerts that depend on it cannot fire',
      },
    },
    silent: {
      'no critical alert depends on it': { [neverSet('mcbot_last_bar_age_seconds')]: '0x7 1x60' },
      'it is set just after the deadline': { [neverSet('mcbot_heartbeat_timestamp')]: '0x7 1x1 0x40' },
    },
    healthy: { [neverSet('mcbot_heartbeat_timestamp')]: '0x60' },
  },
  ContractMetricNeverSet: {
    fires: {
      'no bar ever arrives': {
        given: {
          [neverSet('mcbot_last_bar_age_seconds')]: '0x7 1x31 0x19',
          [neverSet('mcbot_drawdown_pct')]: '0x60',
        },
        from: '3m',
        to: '13m',
        labels: { ...warning, metric: 'mcbot_last_bar_age_seconds' },
        says: 'paper-1 has never set mcbot_last_bar_age_seconds, which should be set by now',
      },
    },
    silent: {
      'a critical alert depends on it': { [neverSet('mcbot_heartbeat_timestamp')]: '0x7 1x60' },
      'it is set within a minute after the deadline': { [neverSet('mcbot_last_bar_age_seconds')]: '0x7 1x3 0x40' },
    },
    healthy: { [neverSet('mcbot_last_bar_age_seconds')]: '0x60' },
  },
  RestartLoop: {
    fires: {
      'three starts in three minutes': {
        given: { mcbot_start_timestamp: '0x7 120x3 180x3 240x140' },
        from: '4m',
        to: '34m45s',
        labels: critical,
        says: 'the bot restarted 3 times in 30 minutes, limit 3',
      },
    },
    silent: {
      'two starts': { mcbot_start_timestamp: '0x7 120x3 180x140' },
      'three starts in 31 minutes': { mcbot_start_timestamp: '0x7 120x61 1080x61 2010x40' },
    },
    healthy: { mcbot_start_timestamp: '0x140' },
  },
  TradingModeMismatch: {
    fires: {
      'it trades live and is monitored as paper': {
        given: modes('0x7 1x31 0x19', '1x7 0x31 1x19'),
        from: '2m30s',
        to: '13m',
        labels: { ...critical, mcbot_trading_mode: 'live' },
        says: 'the bot reports trading mode live but is monitored as paper',
      },
      'it trades paper and is monitored as live': {
        given: modes('1x7 0x31 1x19', '0x7 1x31 0x19', ', env="live"'),
        from: '2m30s',
        to: '13m',
        labels: { ...critical, env: 'live', mcbot_trading_mode: 'paper' },
        says: 'the bot reports trading mode paper but is monitored as live',
      },
    },
    silent: {
      'it changes back within half a minute': modes('0x7 1x1 0x40', '1x7 0x1 1x40'),
      'it trades live and is monitored as live': modes('1x60', '0x60', ', env="live"'),
      'it trades as a shadow and is monitored as paper': {
        'mcbot_trading_mode{mcbot_trading_mode="shadow"}': '1x60',
        'mcbot_trading_mode{mcbot_trading_mode="live"}': '0x60',
      },
    },
    healthy: modes('0x60', '1x60'),
  },
  BotScrapeFailing: {
    every: '10s',
    fires: {
      'seven of sixty scrapes fail': {
        given: { up: '1x60 0 1 0 1 0 1 0 1 0 1 0 1 0 1x80' },
        from: '12m15s',
        to: '15m15s',
        labels: warning,
        says: 'only 88.33 % of scrapes of the bot succeeded in the last 10 minutes, limit 90 %',
      },
      'a single outage, until it ends: BotDown mutes it': {
        given: { up: '1x60 0x30 1x80' },
        from: '11m15s',
        to: '15m30s',
        labels: warning,
        says: 'only 88.33 % of scrapes of the bot succeeded in the last 10 minutes, limit 90 %',
      },
      'an outage of an hour, until it ends': {
        given: { up: '1x60 0x360 1x80' },
        from: '11m15s',
        to: '1h10m30s',
        labels: warning,
        says: 'only 88.33 % of scrapes of the bot succeeded in the last 10 minutes, limit 90 %',
      },
    },
    silent: {
      'six of sixty scrapes fail': { up: '1x60 0 1 0 1 0 1 0 1 0 1 0 1x80' },
      'the first scrapes fail, before the bot listens': { up: '0x2 1x80' },
      'scrapes of another job fail': { 'up{job="node-exporter"}': '1x60 0x20 1x80' },
    },
    healthy: { up: '1x80' },
  },
  ErrorBurst: {
    fires: {
      'one component fails in two ways': {
        given: {
          'mcbot_errors_total{component="risk", error_type="calculation"}': '0x7 0+0.5x31 15.5x60',
          'mcbot_errors_total{component="risk", error_type="timeout"}': '0x7 0+0.5x31 15.5x60',
          'mcbot_errors_total{component="feed", error_type="timeout"}': '0x60',
        },
        from: '5m30s',
        to: '13m45s',
        labels: { ...instance, component: 'risk', severity: 'warning' },
        says: '14 errors in component risk in 5 minutes, limit 10',
      },
    },
    silent: {
      'nine errors in each of two components': {
        'mcbot_errors_total{component="risk", error_type="calculation"}': '0x7 9x60',
        'mcbot_errors_total{component="feed", error_type="timeout"}': '0x7 9x60',
      },
    },
    healthy: { 'mcbot_errors_total{component="risk", error_type="calculation"}': '0x30 1x60' },
  },
  HandlersFailing: {
    every: '1m',
    evaluate: '1m',
    fires: {
      'a handler throws on every hourly bar': {
        given: { mcbot_eventbus_handler_errors_total: '0x4 1x59 2x59 3x300' },
        from: '125m',
        to: '247m',
        labels: { ...target, severity: 'warning' },
        says: '3 uncaught errors in event handlers in 4 hours, limit 3: those events were not handled',
      },
      'its series starts at three': {
        given: { up: '1x600', mcbot_eventbus_handler_errors_total: '_x245 3x300' },
        from: '245m',
        to: '488m',
        labels: { ...target, severity: 'warning' },
        says: '3 uncaught errors in event handlers in 4 hours, limit 3: those events were not handled',
      },
      'three before the first scrape of a new process, and as many before it restarted': {
        given: { mcbot_eventbus_handler_errors_total: '3x400', mcbot_start_timestamp: '-99999x9 540x400' },
        from: '10m',
        to: '252m',
        labels: { ...target, severity: 'warning' },
        says: '3 uncaught errors in event handlers in 4 hours, limit 3: those events were not handled',
      },
    },
    silent: {
      'two in four hours': { mcbot_eventbus_handler_errors_total: '0x4 1x59 2x300' },
      'three in five hours': { mcbot_eventbus_handler_errors_total: '0x4 1x119 2x119 3x300' },
    },
    healthy: { mcbot_eventbus_handler_errors_total: '0x90' },
  },
  EventsDropped: {
    fires: {
      'a burst is dropped': {
        given: { mcbot_eventbus_events_dropped_total: '0x7 50x60' },
        from: '4m',
        to: '9m45s',
        labels: warning,
        says: 'the event bus is dropping events',
        value: '0.1667/s',
      },
    },
    silent: { 'the bot restarts': { mcbot_eventbus_events_dropped_total: '50x7 0x60' } },
    healthy: { mcbot_eventbus_events_dropped_total: '0x60' },
  },
  QueueCongestion: {
    fires: {
      'the queue is half full': {
        given: { mcbot_eventbus_queue_depth: '12x7 5001x31 12x19' },
        from: '3m',
        to: '13m',
        labels: warning,
        says: '5001 events are waiting in the event bus queue, limit 5000',
      },
    },
    silent: {
      'at the limit': { mcbot_eventbus_queue_depth: '12x7 5000x60' },
      'for less than a minute': { mcbot_eventbus_queue_depth: '12x7 9000x3 12x40' },
    },
    healthy: { mcbot_eventbus_queue_depth: '12x60' },
  },
}
