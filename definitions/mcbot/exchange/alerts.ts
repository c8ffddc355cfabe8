import {
  alert,
  alerts,
  deviation,
  increaseFromZero,
  look,
  max_over_time,
  note,
  percent,
  sum,
  text,
} from '../../language/index.ts'
import { flag, seconds } from '../../language/metrics.ts'
import { exchangeDashboard } from '../dashboards/exchange.ts'
import { downAlerts, stuckAlerts } from '../health/alerts.ts'
import { metrics } from '../series.ts'
import { banAlerts } from './limit-alerts.ts'

/** The exchange and its streams. */
export const exchangeAlerts = alerts({
  APIUnhealthy: alert({
    when: max_over_time(metrics.exchange_consecutive_failures.over('1m')).gte(5),
    for: '30s',
    severity: 'critical',
    thresholdIn: [exchangeDashboard.panels.failures, exchangeDashboard.panels.consecutiveFailures],
    mutedBy: [downAlerts.BotDown, banAlerts.ExchangeBanned],
    summary: (l, value) => text`${l.bot} (${l.env}): ${value} exchange API calls failed in a row`,
    resolved: (l) => text`${l.bot} (${l.env}): exchange API calls succeed again`,
    runbook: {
      said: 'Binance API 5회 연속 실패.',
      cause: 'Five or more Binance API calls failed in a row.',
      steps: [
        'Check the Binance status page.',
        'Check the network connection of the host.',
        look(exchangeDashboard.panels.rateLimit, 'is the rate limit exceeded?'),
        look(exchangeDashboard.panels.apiCalls, 'which endpoint?'),
        'Wait for it to recover: one successful call resets the counter.',
      ],
    },
    deviates: deviation(
      'mcbot_exchange_consecutive_failures >= 5',
      'The gauge is scraped every 10 seconds and drops to 0 at the next success, so a burst can go unseen: its maximum over a minute is compared.',
    ),
  }),
  WSDisconnected: alert({
    when: metrics.exchange_ws_connected.eq(flag(0)),
    for: '2m',
    severity: 'critical',
    thresholdIn: [exchangeDashboard.panels.streams],
    mutedBy: [downAlerts.BotDown],
    summary: (l) => text`${l.bot} (${l.env}): the WebSocket stream for ${l.symbol} is disconnected`,
    resolved: (l) => text`${l.bot} (${l.env}): the WebSocket stream for ${l.symbol} is connected again`,
    runbook: {
      said: 'WebSocket 연결 끊김 (네트워크 문제 또는 거래소 유지보수).',
      cause: 'The WebSocket is disconnected: a network problem, or exchange maintenance.',
      steps: [
        'Wait for it to reconnect automatically (with increasing back-off).',
        look(exchangeDashboard.panels.wsConnection, 'all symbols at once? Then it is the network.'),
        'If it is still down after two minutes, read the bot’s log.',
      ],
    },
    deviates: deviation(
      'silent when the bot itself is down',
      'Its series disappear with the bot: BotDown and BotAbsent cover that.',
    ),
  }),
  WSFrequentReconnects: alert({
    when: sum(increaseFromZero(metrics.ws_reconnects_total, '5m')).by('symbol', 'instance').gte(3),
    severity: 'warning',
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) =>
      text`${l.bot} (${l.env}): ${value} reconnect attempts of the stream for ${l.symbol} in 5 minutes`,
    resolved: (l) => text`${l.bot} (${l.env}): the stream for ${l.symbol} stays connected again`,
    runbook: {
      said: '5분 내 3회 이상 WS 재연결.',
      cause: 'The WebSocket tried to reconnect three or more times within five minutes.',
      steps: [
        'Check that the network is stable.',
        'Check the exchange’s maintenance notices.',
        look(exchangeDashboard.panels.reconnects, 'only one symbol? Then it is that market.'),
      ],
    },
    deviates: deviation(
      'increase(mcbot_ws_reconnects_total[5m]) >= 3',
      'A series that first appears at 3 has no increase: a symbol newer than the window counts from zero.',
    ),
  }),
  WSNoMessages: alert({
    when: metrics.ws_last_message_age_seconds.gt(seconds(60)),
    for: '1m',
    severity: 'critical',
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): no WebSocket message for ${l.symbol} in ${value.duration}`,
    resolved: (l) => text`${l.bot} (${l.env}): WebSocket messages for ${l.symbol} arrive again`,
    runbook: {
      said: '60초 이상 WS 메시지 수신 없음.',
      cause: 'No WebSocket message has arrived for more than 60 seconds, whether connected or not.',
      steps: [
        note`Check the connection (${metrics.exchange_ws_connected}).`,
        look(exchangeDashboard.panels.messageAge, 'one symbol, or all?'),
        look(exchangeDashboard.panels.wsConnection),
        'Check the status of the exchange API.',
        'Consider restarting the data feed.',
      ],
    },
    deviates: deviation(
      'mcbot_ws_last_message_age_seconds is refreshed by the bot every 30 seconds',
      'An age set by a timer freezes together with what it watches: it is computed at every scrape, and counts from the start for every expected symbol.',
    ),
  }),
  BarsStale: alert({
    when: metrics.last_bar_age_seconds.gt(seconds(300)),
    for: '1m',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown, stuckAlerts.HeartbeatStale],
    summary: (l, value) => text`${l.bot} (${l.env}): no price bar for ${l.symbol} in ${value.duration}`,
    resolved: (l) => text`${l.bot} (${l.env}): price bars for ${l.symbol} arrive again`,
    runbook: {
      cause:
        'No price bar has arrived for more than five minutes, even if messages do: strategies decide on stale prices.',
      steps: [
        look(exchangeDashboard.panels.barAge, 'one symbol, or all?'),
        look(exchangeDashboard.panels.messages, 'are messages arriving?'),
        'Consider restarting the data feed.',
      ],
    },
    deviates: deviation(
      'mcbot_last_bar_age_seconds is declared but never used',
      'A feed without bars is frozen while everything reports that it is connected.',
    ),
  }),
  RateLimitNear: alert({
    when: metrics.exchange_rate_limit_used.div(metrics.exchange_rate_limit_max).gt(percent(80)),
    for: '1m',
    severity: 'warning',
    thresholdIn: [exchangeDashboard.panels.rateLimitShare],
    mutedBy: [downAlerts.BotDown, banAlerts.ExchangeBanned],
    summary: (l, value) => text`${l.bot} (${l.env}): ${value.percent} of the exchange's rate limit is used`,
    resolved: (l) => text`${l.bot} (${l.env}): the rate limit of the exchange is far enough away again`,
    runbook: {
      cause:
        'The request weight of the current minute is close to the limit. Beyond it the exchange rejects calls, and bans clients that keep calling.',
      steps: [
        look(exchangeDashboard.panels.rateLimit, 'a peak, or constant?'),
        look(exchangeDashboard.panels.apiCalls, 'which endpoint?'),
        'Check whether another bot uses the same IP address.',
      ],
    },
    deviates: deviation(
      'the dashboard shows a rate limit that has no metric and no alert',
      'A ban stops every order: this alert fires before that.',
    ),
  }),
})
