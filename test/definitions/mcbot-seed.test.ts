import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { print } from '../../generators/promql/print.ts'

// Name, severity, for, and comparison: the values from the bot's document, typed by hand.
const documented = [
  ['HighDrawdown', 'warning', '1m', 'mcbot_drawdown_pct > 10'],
  ['APIUnhealthy', 'critical', '30s', 'mcbot_exchange_consecutive_failures >= 5'],
  [
    'EventsDropped',
    'warning',
    '2m',
    '((mcbot_eventbus_events_dropped_total unless mcbot_eventbus_events_dropped_total offset 5m and on (bot, env, instance, job) up offset 5m == 1 or mcbot_eventbus_events_dropped_total and on (bot, env, instance, job) time() - mcbot_start_timestamp < 300) unless increase(mcbot_eventbus_events_dropped_total[5m]) >= mcbot_eventbus_events_dropped_total or increase(mcbot_eventbus_events_dropped_total[5m])) > 0',
  ],
  ['WSDisconnected', 'critical', '2m', 'mcbot_exchange_ws_connected == 0'],
  [
    'HighSlippage',
    'warning',
    '5m',
    'histogram_quantile(0.95, sum by (bot, env, instance, le, symbol) (rate(mcbot_slippage_bps_bucket[1h]))) > 20 and sum by (bot, env, instance, symbol) (increase(mcbot_slippage_bps_bucket{le="+Inf"}[1h])) >= 10',
  ],
  ['QueueCongestion', 'warning', '1m', 'mcbot_eventbus_queue_depth > 5000'],
  ['HighEventLoopLag', 'warning', '1m', 'mcbot_event_loop_lag_seconds > 1'],
  ['HighMemoryUsage', 'warning', '5m', 'mcbot_process_memory_rss_bytes > 2147483648'],
  ['HighFDCount', 'warning', '2m', 'mcbot_process_open_fds > 1000'],
  [
    'WSFrequentReconnects',
    'warning',
    '1m',
    'sum by (bot, env, instance, symbol) (mcbot_ws_reconnects_total unless mcbot_ws_reconnects_total offset 5m and on (bot, env, instance, job) up offset 5m == 1 unless increase(mcbot_ws_reconnects_total[5m]) >= mcbot_ws_reconnects_total or increase(mcbot_ws_reconnects_total[5m])) >= 3',
  ],
  ['WSNoMessages', 'critical', '1m', 'mcbot_ws_last_message_age_seconds > 60'],
  ['DistributionDrift', 'warning', '1d', 'mcbot_distribution_p_value < 0.05'],
  ['StructuralDecay', 'critical', '1d', 'mcbot_ransac_decay_detected == 1'],
  // from the tables of the detectors, which have no alerts
  ['StructuralDecayWarning', 'warning', '1d', 'mcbot_ransac_decay_severity >= 1'],
  ['DistributionDriftCritical', 'critical', '1d', 'mcbot_distribution_p_value < 0.01'],
  ['GBMDrawdownCritical', 'critical', '5m', 'mcbot_gbm_drawdown_severity >= 2'],
  ['GBMDrawdownWarning', 'warning', '5m', 'mcbot_gbm_drawdown_severity >= 1'],
  [
    'RejectionsInARowCritical',
    'critical',
    null,
    'last_over_time(mcbot_consecutive_rejections[6h]) >= 5 and up{job="mcbot"}',
  ],
  ['RejectionsInARow', 'warning', null, 'last_over_time(mcbot_consecutive_rejections[6h]) >= 3 and up{job="mcbot"}'],
  [
    'OnchainFetchHighFailureRate',
    'warning',
    '1h',
    'sum by (bot, env, instance, source) (increase(mcbot_onchain_fetch_total{status="failure"}[24h])) / sum by (bot, env, instance, source) (increase(mcbot_onchain_fetch_total[24h])) > 0.5 and sum by (bot, env, instance, source) (increase(mcbot_onchain_fetch_total[24h])) >= 4',
  ],
  ['OnchainDataStale', 'warning', '1h', 'time() - mcbot_onchain_last_success_timestamp > 172800'],
  ['OnchainCacheEmpty', 'warning', '30m', 'mcbot_onchain_cache_size == 0'],
  [
    'OnchainFetchSlow',
    'info',
    '5m',
    'histogram_quantile(0.95, sum by (bot, env, instance, le, source) (rate(mcbot_onchain_fetch_latency_seconds_bucket[24h]))) > 60 and sum by (bot, env, instance, source) (increase(mcbot_onchain_fetch_total[24h])) >= 4',
  ],
] as const

for (const [name, severity, hold, when] of documented)
  test(`${name} has the severity, hold and threshold of the document`, () => {
    const alert = mcbot.alerts.find((one) => one.name === name)
    assert.ok(alert)
    assert.deepEqual([alert.severity, alert.for, print(alert.when)], [severity, hold, when])
  })
