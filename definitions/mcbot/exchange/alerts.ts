import {
  alert,
  alerts,
  check,
  decide,
  deviation,
  increase,
  increaseFromZero,
  look,
  percent,
  sum,
  text,
} from '../../language/index.ts'
import { flag } from '../../language/metrics.ts'
import { exchangeDashboard } from '../dashboards/exchange.ts'
import { flattenByHand } from '../flatten.ts'
import { downAlerts, stuckAlerts } from '../health/alerts.ts'
import { limits } from '../limits.ts'
import { metrics } from '../series.ts'
import { banAlerts } from './limit-alerts.ts'
import { outageAlerts } from './outage.ts'

const failedCalls = metrics.exchange_api_calls_total.where({ status: ['failure', 'rate_limited'] })
const failed = sum(increase(failedCalls, '5m')).by('instance')
const called = sum(increase(metrics.exchange_api_calls_total, '5m')).by('instance')

/** The exchange's API does not answer. */
export const unhealthyAlerts = alerts({
  APIUnhealthy: alert({
    when: metrics.exchange_consecutive_failures.gte(5),
    for: '30s',
    // until APIHighFailureRate, which it mutes, has ended
    keepFiringFor: '4m',
    severity: 'critical',
    thresholdIn: [exchangeDashboard.panels.failures, exchangeDashboard.panels.consecutiveFailures],
    mutedBy: [downAlerts.BotDown, outageAlerts.ExchangeUnreachable, banAlerts.ExchangeBanned],
    summary: (_, value) => text`${value} exchange API calls failed in a row, limit 5`,
    resolved: 'exchange API calls succeed again',
    runbook: {
      said: 'Binance API 5회 연속 실패.',
      cause: 'Five or more Binance API calls failed in a row.',
      steps: [
        flattenByHand,
        check('the Binance status page', 'is it maintenance?'),
        check('the network connection of the host'),
        look(exchangeDashboard.panels.rateLimit, 'is the rate limit exceeded?'),
        look(exchangeDashboard.panels.apiCalls, 'which endpoint?'),
        decide('Wait for it to recover: one successful call resets the counter.'),
      ],
    },
  }),
})

/** The exchange and its streams. */
export const exchangeAlerts = alerts({
  APIHighFailureRate: alert({
    when: failed
      .div(called)
      .gt(percent(10))
      .and(called.gte(20))
      // the share outlasts an outage that is over, which the alerts that mute this one have reported
      .and(sum(increase(failedCalls, '2m')).by('instance').gt(0)),
    for: '1m',
    keepFiringFor: '90s',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown, outageAlerts.ExchangeUnreachable, unhealthyAlerts.APIUnhealthy],
    summary: (_, value) => text`${value.percent} of exchange API calls failed in 5 minutes, limit 10 %`,
    resolved: 'fewer exchange API calls fail again',
    runbook: {
      cause:
        'More than one in ten exchange API calls failed or was rate-limited within five minutes (at least 20 calls), but not five in a row for 30 seconds: the API works intermittently.',
      steps: [
        look(exchangeDashboard.panels.apiFailureShare, 'a burst, or constant?'),
        look(exchangeDashboard.panels.apiErrors, 'which endpoint, failed or rate-limited?'),
        look(exchangeDashboard.panels.apiLatency, 'do calls time out?'),
        check('the Binance status page'),
      ],
    },
    deviates: deviation(
      'mcbot_exchange_consecutive_failures >= 5 for 30s is the only alert on API calls',
      'A success resets the gauge, so an API that fails every other call, or in bursts between two scrapes, goes unnoticed: the share of failed calls has an alert of its own.',
    ),
  }),
  WSDisconnected: alert({
    when: metrics.exchange_ws_connected.eq(flag(0)),
    for: '2m',
    severity: 'critical',
    thresholdIn: [exchangeDashboard.panels.streams],
    mutedBy: [downAlerts.BotDown, outageAlerts.ExchangeUnreachable],
    summary: (l) => text`the WebSocket stream for ${l.symbol} is disconnected`,
    resolved: (l) => text`the WebSocket stream for ${l.symbol} is connected again`,
    runbook: {
      said: 'WebSocket 연결 끊김 (네트워크 문제 또는 거래소 유지보수).',
      cause: 'The WebSocket is disconnected: a network problem, or exchange maintenance.',
      steps: [
        look(exchangeDashboard.panels.wsConnection, 'all symbols at once? Then it is the network.'),
        check('the bot’s log', 'why does it not reconnect?'),
        decide('It reconnects automatically, with increasing back-off. If it stays down, restart the data feed.'),
      ],
    },
    deviates: deviation(
      'silent when the bot itself is down',
      'Its series disappear with the bot: BotDown and BotAbsent cover that.',
    ),
  }),
  WSFrequentReconnects: alert({
    when: sum(increaseFromZero(metrics.ws_reconnects_total, '5m')).by('symbol', 'instance').gte(3),
    // in an outage, after ExchangeUnreachable
    for: '1m',
    // the window keeps it firing, too, and both must end before ExchangeUnreachable does
    keepFiringFor: '90s',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown, outageAlerts.ExchangeUnreachable],
    summary: (l, value) => text`${value} reconnect attempts of the stream for ${l.symbol} in 5 minutes, limit 3`,
    resolved: (l) => text`the stream for ${l.symbol} stays connected again`,
    runbook: {
      said: '5분 내 3회 이상 WS 재연결.',
      cause: 'The WebSocket tried to reconnect three or more times within five minutes.',
      steps: [
        look(exchangeDashboard.panels.wsConnection, 'does any attempt succeed?'),
        check('the network of the host', 'is it stable?'),
        check('the exchange’s maintenance notices'),
        look(exchangeDashboard.panels.reconnects, 'only one symbol? Then it is that market.'),
      ],
    },
    deviates: deviation(
      'increase(mcbot_ws_reconnects_total[5m]) >= 3',
      'A series that first appears at 3 has no increase: a symbol newer than the window counts from zero. A hold of a minute leaves an outage of the whole exchange to ExchangeUnreachable, which fires within half a minute.',
    ),
  }),
  WSNoMessages: alert({
    when: metrics.ws_last_message_age_seconds.gt(limits.silence.stream),
    for: '1m',
    severity: 'critical',
    mutedBy: [downAlerts.BotDown, outageAlerts.ExchangeUnreachable],
    summary: (l, value) =>
      text`no WebSocket message for ${l.symbol} in ${value.duration}, limit ${limits.silence.stream.value} s`,
    resolved: (l) => text`WebSocket messages for ${l.symbol} arrive again`,
    runbook: {
      said: '60초 이상 WS 메시지 수신 없음.',
      cause: 'No WebSocket message has arrived for more than 60 seconds, whether connected or not.',
      steps: [
        look(exchangeDashboard.panels.messageAge, 'one symbol, or all?'),
        look(exchangeDashboard.panels.wsConnection, 'is it connected at all?'),
        check('the status of the exchange API'),
        decide('Consider restarting the data feed.'),
      ],
    },
    deviates: deviation(
      'mcbot_ws_last_message_age_seconds is refreshed by the bot every 30 seconds',
      'An age set by a timer freezes together with what it watches: it is computed at every scrape, and counts from the start for every expected symbol.',
    ),
  }),
  BarsStale: alert({
    // an age needs no hold: it is one
    when: metrics.last_bar_age_seconds.minus(metrics.bar_interval_seconds).gt(limits.silence.bar),
    severity: 'warning',
    mutedBy: [downAlerts.BotDown, stuckAlerts.HeartbeatStale, outageAlerts.ExchangeUnreachable],
    summary: (l, value) =>
      text`the next price bar for ${l.symbol} is ${value.duration} overdue, limit ${limits.silence.bar.value / 60} min`,
    resolved: (l) => text`price bars for ${l.symbol} arrive again`,
    runbook: {
      cause:
        'The next price bar is more than five minutes overdue, even if messages arrive: strategies decide on stale prices.',
      steps: [
        look(exchangeDashboard.panels.barsOverdue, 'one symbol, or all?'),
        look(exchangeDashboard.panels.barAge, 'when did the last one arrive?'),
        look(exchangeDashboard.panels.messages, 'are messages arriving?'),
        decide('Consider restarting the data feed.'),
      ],
    },
    deviates: deviation(
      'mcbot_last_bar_age_seconds is declared but never used',
      'A feed without bars is frozen while everything reports that it is connected. The age is compared with the length of a bar: an hourly bar is up to an hour old while all is well.',
    ),
  }),
  RateLimitNear: alert({
    when: metrics.exchange_rate_limit_used.div(metrics.exchange_rate_limit_max).gt(percent(80)),
    for: '1m',
    severity: 'warning',
    thresholdIn: [exchangeDashboard.panels.rateLimitShare],
    mutedBy: [downAlerts.BotDown, outageAlerts.ExchangeUnreachable, banAlerts.ExchangeBanned],
    summary: (_, value) => text`${value.percent} of the exchange's rate limit is used (alert above 80 %)`,
    resolved: 'the rate limit of the exchange is far enough away again',
    runbook: {
      cause:
        'The request weight of the current minute is close to the limit. Beyond it the exchange rejects calls, and bans clients that keep calling.',
      steps: [
        look(exchangeDashboard.panels.rateLimit, 'a peak, or constant?'),
        look(exchangeDashboard.panels.apiCalls, 'which endpoint?'),
        check('other programs on the same IP address', 'does another bot use it?'),
      ],
    },
    deviates: deviation(
      'the dashboard shows a rate limit that has no metric and no alert',
      'A ban stops every order: this alert fires before that.',
    ),
  }),
})
