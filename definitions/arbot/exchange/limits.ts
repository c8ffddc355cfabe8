import { abs, alert, alerts, check, decide, look, max_over_time, text } from '../../language/index.ts'
import { flag } from '../../language/metrics.ts'
import { forgotten } from '../alert-deviations.ts'
import { exchanges } from '../dashboards/exchanges.ts'
import { risk } from '../dashboards/risk.ts'
import { system } from '../dashboards/system.ts'
import { downAlerts } from '../health/down.ts'
import { heartbeatAlerts } from '../health/heartbeat.ts'
import { limits } from '../limits.ts'
import { metrics } from '../series.ts'
import { banAlerts } from './ban.ts'
import { connectionAlerts } from './connection.ts'

/** What an exchange delivers late, is close to refusing, or does not carry. */
export const limitAlerts = alerts({
  QuotesStale: alert({
    when: metrics.quote_age_ms.gt(limits.quoteAge),
    // longer than it takes to notify about what causes it: a connection that is lost, a main loop that hangs
    for: '90s',
    keepFiringFor: '60s',
    severity: 'warning',
    mutedBy: [
      downAlerts.BotDown,
      heartbeatAlerts.HeartbeatMissed,
      connectionAlerts.ExchangeDisconnected,
      connectionAlerts.ExchangeSilent,
      connectionAlerts.ExchangeConnectionLost,
    ],
    summary: (l, value) =>
      text`quotes of ${l.exchange} are up to ${value.duration} old, limit ${limits.quoteAge.value} s: its spreads may not exist`,
    resolved: (l) => text`quotes of ${l.exchange} are current again`,
    runbook: {
      cause:
        'By the exchange’s own timestamp, the oldest quote in use has been older than two seconds for a minute and a half, although messages arrive: the exchange or the way to it is behind.',
      steps: [
        look(exchanges.panels.quoteAge, 'one exchange, or all?'),
        look(exchanges.panels.clockOffset, 'is it the clock rather than the quotes?'),
        look(exchanges.panels.staleQuotes, 'does the bot refuse to use them?'),
        look(system.panels.ticks, 'is the bot itself behind?'),
      ],
    },
    deviates: forgotten(
      'old quotes',
      'A connected stream can be a minute behind, and each of its prices looks like a spread.',
    ),
  }),
  ClockOffset: alert({
    when: abs(metrics.clock_offset_ms).gt(limits.clockOffset),
    for: '1m',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) =>
      text`the clocks of the bot and of ${l.exchange} differ by ${value.duration}, limit ${limits.clockOffset.value} ms`,
    resolved: (l) => text`the clocks of the bot and of ${l.exchange} agree again`,
    runbook: {
      cause:
        'The bot’s clock or the exchange’s is off by more than half a second. Exchanges refuse requests whose timestamp is too old or in the future, and an age of quotes is wrong by as much.',
      steps: [
        look(exchanges.panels.clockOffset, 'one exchange, or all? Then it is the clock of this host.'),
        check('the clock of the host with `timedatectl`', 'is it synchronized?'),
        look(system.panels.attention, 'does an exchange refuse requests because of their time?'),
      ],
    },
    deviates: forgotten(
      'clocks',
      'A clock that drifts by seconds stops every order, with an error that says something else.',
    ),
  }),
  OrderLimitNear: alert({
    // an interval may begin again before the next scrape
    when: max_over_time(metrics.order_limit_used.over('1m')).gt(limits.orders),
    severity: 'warning',
    mutedBy: [downAlerts.BotDown, banAlerts.ExchangeBan],
    summary: (l, value) =>
      text`${value.percent} of the order limit of ${l.exchange} is used, limit ${limits.orders.value} %`,
    resolved: (l) => text`the order limit of ${l.exchange} is far enough away again`,
    runbook: {
      cause:
        'The bot sends almost as many orders as the exchange allows. Beyond the limit every order is refused, also the counter-leg of one that is filled.',
      steps: [
        look(exchanges.panels.orderLimit, 'a peak, or constant?'),
        look(exchanges.panels.calls, 'does the bot repeat orders?'),
        check('other programs on the same account', 'does another bot trade there?'),
        decide('If it stays, raise the minimum edge: fewer signals are executed.'),
      ],
    },
    deviates: forgotten('order limits', 'A bot at its limit sends the first leg and is refused the second one.'),
  }),
  TransfersClosed: alert({
    when: metrics.withdrawals_open.eq(flag(0)).or(metrics.deposits_open.eq(flag(0))),
    // exchanges pause them for minutes when a chain is slow
    for: '10m',
    severity: 'warning',
    cooldown: '1h',
    mutedBy: [downAlerts.BotDown],
    summary: (l) =>
      text`${l.exchange} has accepted no deposits or no withdrawals of ${l.asset} for 10 minutes: its price there is bait`,
    resolved: (l) => text`${l.exchange} accepts deposits and withdrawals of ${l.asset} again`,
    runbook: {
      cause:
        'The exchange has closed deposits or withdrawals of an asset. Its price there no longer follows other exchanges, since nobody can carry the asset across: the spread looks large, and cannot be realized.',
      steps: [
        look(exchanges.panels.withdrawals, 'which assets, on one exchange or on all?'),
        look(risk.panels.inventory, 'how much of the asset lies there?'),
        check('the announcements of the exchange', 'is it maintenance of a wallet, or worse?'),
        decide('If an exchange closes withdrawals of everything, move what you still can.'),
      ],
    },
    deviates: forgotten('closed deposits and withdrawals', 'They explain the largest spreads that a bot ever detects.'),
  }),
})
