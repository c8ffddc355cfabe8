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
import { exchange as board } from '../dashboards/exchange.ts'
import { down, stuck } from '../health/alerts.ts'
import { metrics } from '../series.ts'

/** The exchange and its streams. */
export const exchange = alerts({
  APIUnhealthy: alert({
    when: max_over_time(metrics.exchange_consecutive_failures.over('1m')).gte(5),
    for: '30s',
    severity: 'critical',
    thresholdIn: [board.panels.failures, board.panels.consecutiveFailures],
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): ${value} calls of the exchange API failed in a row`,
    runbook: {
      said: 'Binance API 5회 연속 실패.',
      cause: 'Five calls of the Binance API or more failed one after the other.',
      steps: [
        'Look at the status page of Binance.',
        'Check the network of the machine.',
        look(board.panels.rateLimit, 'is the rate limit passed?'),
        look(board.panels.apiCalls, 'which endpoint?'),
        'Wait for it to recover: a success sets the counter back.',
      ],
    },
    deviates: deviation(
      'mcbot_exchange_consecutive_failures >= 5',
      'The gauge is looked at every 10 seconds and falls to 0 with the next success, so that a burst goes unseen: its highest value of a minute is compared.',
    ),
  }),
  WSDisconnected: alert({
    when: metrics.exchange_ws_connected.eq(flag(0)),
    for: '2m',
    severity: 'critical',
    thresholdIn: [board.panels.streams],
    mutedBy: [down.BotDown],
    summary: (l) => text`${l.bot} (${l.env}): the stream of ${l.symbol} is disconnected`,
    runbook: {
      said: 'WebSocket 연결 끊김 (네트워크 문제 또는 거래소 유지보수).',
      cause: 'The WebSocket is disconnected: the network, or maintenance of the exchange.',
      steps: [
        'Wait for it to connect again by itself (with growing pauses).',
        look(board.panels.wsConnection, 'all symbols at once? Then it is the network.'),
        'After two minutes, read the log of the bot.',
      ],
    },
    deviates: deviation(
      'silent when the bot itself is down',
      'Its series go with the bot: BotDown and BotAbsent stand beside it.',
    ),
  }),
  WSFrequentReconnects: alert({
    when: sum(increaseFromZero(metrics.ws_reconnects_total, '5m')).by('symbol', 'instance').gte(3),
    severity: 'warning',
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): the stream of ${l.symbol} reconnected ${value} times in 5 minutes`,
    runbook: {
      said: '5분 내 3회 이상 WS 재연결.',
      cause: 'The WebSocket connected again three times or more within five minutes.',
      steps: [
        'Check that the network is stable.',
        'Read the maintenance notices of the exchange.',
        look(board.panels.reconnects, 'one symbol only? Then it is that market.'),
      ],
    },
    deviates: deviation(
      'increase(mcbot_ws_reconnects_total[5m]) >= 3',
      'A series that is born at 3 has no increase: a symbol that is younger than the window counts from zero.',
    ),
  }),
  WSNoMessages: alert({
    when: metrics.ws_last_message_age_seconds.gt(seconds(60)),
    for: '1m',
    severity: 'critical',
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): no message for ${l.symbol} in ${value.duration}`,
    runbook: {
      said: '60초 이상 WS 메시지 수신 없음.',
      cause: 'No message came over the WebSocket for more than 60 seconds, connected or not.',
      steps: [
        note`Check the connection (${metrics.exchange_ws_connected}).`,
        look(board.panels.messageAge, 'one symbol, or all?'),
        look(board.panels.wsConnection),
        'Look at the status of the exchange API.',
        'Consider to restart the data feed.',
      ],
    },
    deviates: deviation(
      'mcbot_ws_last_message_age_seconds is refreshed by the bot every 30 seconds',
      'An age that a timer sets stands still together with what it watches: it is computed at every scrape, and runs from the start for every expected symbol.',
    ),
  }),
  BarsStale: alert({
    when: metrics.last_bar_age_seconds.gt(seconds(300)),
    for: '1m',
    severity: 'warning',
    mutedBy: [down.BotDown, stuck.HeartbeatStale],
    summary: (l, value) => text`${l.bot} (${l.env}): no bar for ${l.symbol} in ${value.duration}`,
    runbook: {
      cause: 'Messages may come, and no bar is made of them: strategies decide by old prices.',
      steps: [
        look(board.panels.barAge, 'one symbol, or all?'),
        look(board.panels.messages, 'do messages come?'),
        'Consider to restart the data feed.',
      ],
    },
    deviates: deviation(
      'mcbot_last_bar_age_seconds is declared and never looked at',
      'A feed that sends no bars is frozen while everything says that it is connected.',
    ),
  }),
  RateLimitNear: alert({
    when: metrics.exchange_rate_limit_used.div(metrics.exchange_rate_limit_max).gt(percent(80)),
    for: '1m',
    severity: 'warning',
    thresholdIn: [board.panels.rateLimitShare],
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): ${value.percent} of the exchange's rate limit is used`,
    runbook: {
      cause:
        'The request weight of this minute is near the limit; past it the exchange refuses calls, and bans who goes on.',
      steps: [
        look(board.panels.rateLimit, 'a peak, or always?'),
        look(board.panels.apiCalls, 'which endpoint?'),
        'Does another bot use the same address?',
      ],
    },
    deviates: deviation(
      'the dashboard shows a rate limit that has no metric and no alert',
      'A ban stops every order: it is told before.',
    ),
  }),
})
