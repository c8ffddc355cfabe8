import {
  auto,
  clamp_min,
  dashboard,
  gauge,
  histogram_quantile,
  increase,
  labelValues,
  min,
  rate,
  stat,
  stateTimeline,
  sum,
  time,
  timeseries,
} from '../../language/index.ts'
import { seconds } from '../../language/metrics.ts'
import { recordingRules } from '../records.ts'
import { metrics } from '../series.ts'
import { endpointColours, limitColours, roomColours, symbolColours, usedColours } from './colours.ts'

const connected = { 0: { text: 'disconnected', colour: 'red' }, 1: { text: 'connected', colour: 'green' } } as const

/** Exchange Health: does it respond, does it stream, how close are its limits. */
export const exchangeDashboard = dashboard({
  title: 'Exchange Health',
  description: 'Whether the exchange responds and streams, and how much of its limits is used.',
  variables: { symbol: labelValues(metrics.exchange_ws_connected, 'symbol', 'Symbol') },
  panels: {
    streams: stat({
      title: 'Streams',
      description: 'Whether every stream is connected.',
      show: min(metrics.exchange_ws_connected),
      meanings: { 0: { text: 'one or more DOWN', colour: 'red' }, 1: { text: 'all connected', colour: 'green' } },
    }),
    failures: stat({ title: 'Consecutive failures', show: metrics.exchange_consecutive_failures }),
    rateLimitShare: gauge({
      title: 'Rate limit used',
      show: metrics.exchange_rate_limit_used.div(metrics.exchange_rate_limit_max),
      min: 0,
      max: 1,
    }),
    apiLatency: timeseries({
      title: 'API latency by endpoint, p95',
      show: histogram_quantile(0.95, sum(rate(metrics.exchange_api_latency_seconds, '5m')).by('endpoint')),
      colours: endpointColours,
      min: 0,
      emptyMeans: 'no API calls in five minutes',
    }),
    apiCalls: timeseries({
      title: 'API calls per second',
      show: sum(rate(metrics.exchange_api_calls_total, auto)).by('endpoint'),
      colours: endpointColours,
      min: 0,
    }),
    apiErrors: timeseries({
      title: 'Failed and rate-limited API calls, 5 minutes',
      show: sum(increase(metrics.exchange_api_calls_total.where({ status: ['failure', 'rate_limited'] }), '5m'))
        .by('endpoint', 'status')
        .gt(0),
      colours: endpointColours,
      emptyMeans: 'all calls succeeded',
      decimals: 0,
      bars: true,
      stacked: true,
    }),
    apiFailureShare: timeseries({
      title: 'Failed API calls, share over 5 minutes',
      description:
        'Failed and rate-limited calls. A burst between two scrapes shows here, and not in the consecutive failures.',
      show: sum(increase(metrics.exchange_api_calls_total.where({ status: ['failure', 'rate_limited'] }), '5m'))
        .by('instance')
        .div(sum(increase(metrics.exchange_api_calls_total, '5m')).by('instance')),
      min: 0,
      max: 1,
      emptyMeans: 'no API calls in five minutes',
    }),
    consecutiveFailures: timeseries({
      title: 'Consecutive failures',
      show: metrics.exchange_consecutive_failures,
      min: 0,
    }),
    rateLimit: timeseries({
      title: 'Rate limit',
      description: 'Request weight in the current minute, as reported by the exchange.',
      show: { used: metrics.exchange_rate_limit_used, limit: metrics.exchange_rate_limit_max },
      colours: { ...usedColours, ...roomColours },
      min: 0,
    }),
    banLeft: stat({
      title: 'Banned for',
      description: 'How long the exchange still bans the bot.',
      show: clamp_min(recordingRules.exchange_banned_until_timestamp.series.minus(time()), seconds(0)),
    }),
    orderLimit: timeseries({
      title: 'Share of the order limit by interval',
      show: metrics.exchange_orders_used.div(metrics.exchange_orders_max),
      min: 0,
    }),
    limitResponses: timeseries({
      title: 'Calls refused because of limits, 5 minutes',
      show: sum(increase(metrics.exchange_limit_responses_total, '5m')).by('reason').gt(0),
      colours: limitColours,
      emptyMeans: 'no limit was exceeded',
      decimals: 0,
      bars: true,
      stacked: true,
    }),
    wsConnection: stateTimeline({ title: 'WS connection', show: metrics.exchange_ws_connected, meanings: connected }),
    reconnects: timeseries({
      title: 'Reconnect attempts, 5 minutes',
      show: sum(increase(metrics.ws_reconnects_total, '5m')).by('symbol'),
      colours: symbolColours,
      decimals: 0,
      bars: true,
    }),
    messageAge: timeseries({
      title: 'Age of the last message',
      show: metrics.ws_last_message_age_seconds,
      colours: symbolColours,
      min: 0,
    }),
    messages: timeseries({
      title: 'Messages received per second',
      show: sum(rate(metrics.ws_messages_received_total, auto)).by('symbol'),
      colours: symbolColours,
      min: 0,
    }),
    barAge: timeseries({
      title: 'Age of the last bar',
      show: metrics.last_bar_age_seconds,
      colours: symbolColours,
      min: 0,
    }),
    barsOverdue: timeseries({
      title: 'How long the next bar is overdue',
      description: 'The age of the last bar minus the length of a bar: below zero until the next bar is due.',
      show: metrics.last_bar_age_seconds.minus(metrics.bar_interval_seconds),
      colours: symbolColours,
    }),
  },
  rows: {
    'At a glance': ['streams', 'failures', 'rateLimitShare', 'banLeft'],
    API: ['apiLatency', 'apiCalls', 'apiErrors', 'apiFailureShare', 'consecutiveFailures'],
    Limits: ['rateLimit', 'orderLimit', 'limitResponses'],
    Streams: ['wsConnection', 'reconnects', 'messageAge', 'messages', 'barAge', 'barsOverdue'],
  },
})
