import {
  act,
  alert,
  alerts,
  allow,
  check,
  deviation,
  increaseFromZero,
  look,
  max_over_time,
  percent,
  sum,
  text,
  time,
} from '../../language/index.ts'
import { seconds } from '../../language/metrics.ts'
import { exchangeDashboard } from '../dashboards/exchange.ts'
import { flattenByHand } from '../flatten.ts'
import { downAlerts } from '../health/alerts.ts'
import { recordingRules } from '../records.ts'
import { metrics } from '../series.ts'

const forgotten = deviation(
  'the bot counts rate-limited calls, and no alert uses them',
  'A limit that is exceeded stops orders, and a ban stops all of them, also those that close a position.',
)

/** The exchange bans the bot: a root cause, which mutes what follows from it. */
export const banAlerts = alerts({
  ExchangeBanned: alert({
    when: recordingRules.exchange_banned_until_timestamp.series.minus(time()).gt(seconds(0)),
    severity: 'critical',
    breaksQuiet: true,
    allow: [allow('BW613', { reason: 'It asks a recorded series, and a ban lasts minutes to days.' })],
    thresholdIn: [exchangeDashboard.panels.banLeft],
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) =>
      text`the exchange bans the bot for another ${value.duration}: until then it can neither open nor close a position`,
    resolved: 'the exchange’s ban is over',
    runbook: {
      cause:
        'The exchange answered 418: it bans the IP address, because calls went on after it had refused some with 429. Each call during a ban makes it longer, from minutes to days.',
      steps: [
        act(
          'Stop every program that calls the exchange from this IP address, and do not restart the bot: its first calls would make the ban longer.',
        ),
        act('If a position cannot wait, close it in the exchange’s app over another network.'),
        flattenByHand,
        look(exchangeDashboard.panels.limitResponses, 'which limit was exceeded before?'),
        look(exchangeDashboard.panels.rateLimit, 'was it the bot, or another program on this address?'),
      ],
    },
    deviates: forgotten,
  }),
})

/** What comes before a ban. */
export const limitAlerts = alerts({
  RateLimitExceeded: alert({
    when: sum(
      increaseFromZero(
        metrics.exchange_limit_responses_total.where({ reason: ['request_weight', 'orders'] }),
        '5m',
        metrics.start_timestamp,
      ),
    )
      .by('reason', 'instance')
      .gte(1),
    severity: 'warning',
    mutedBy: [downAlerts.BotDown, banAlerts.ExchangeBanned],
    summary: (l, value) => text`calls refused in 5 minutes because of the limit for ${l.reason}: ${value}`,
    resolved: (l) => text`no call was refused in 5 minutes because of the limit for ${l.reason}`,
    runbook: {
      cause:
        'The exchange answered 429: the request weight of the minute or the number of orders is used up. If calls go on regardless, it bans the IP address.',
      steps: [
        look(exchangeDashboard.panels.limitResponses, 'once, or again and again?'),
        look(exchangeDashboard.panels.apiCalls, 'which endpoint?'),
        check('the bot’s log', 'does it wait as long as Retry-After says before its next call?'),
        check('other programs on the same IP address or account', 'does another bot trade there?'),
      ],
    },
    deviates: forgotten,
  }),
  OrderLimitNear: alert({
    // a short interval may begin again before the next scrape
    when: max_over_time(metrics.exchange_orders_used.over('1m')).div(metrics.exchange_orders_max).gt(percent(80)),
    severity: 'warning',
    thresholdIn: [exchangeDashboard.panels.orderLimit],
    mutedBy: [downAlerts.BotDown, banAlerts.ExchangeBanned],
    summary: (l, value) =>
      text`${value.percent} of the orders that the exchange allows in ${l.interval} were used (alert above 80 %)`,
    resolved: (l) => text`the number of orders in ${l.interval} is far enough from its limit again`,
    runbook: {
      cause:
        'The account sends almost as many orders as the exchange allows. Beyond the limit every order is refused, also one that closes a position.',
      steps: [
        look(exchangeDashboard.panels.orderLimit, 'which interval, a peak or constant?'),
        look(exchangeDashboard.panels.apiCalls, 'does the bot reprice its orders too often?'),
        check('other programs on the same account', 'does another bot trade there?'),
      ],
    },
    deviates: deviation(
      'the exchange limits requests per minute',
      'It also limits orders by interval, per account, and has its own counters for them: an order beyond the limit is refused although request weight is left.',
    ),
  }),
})
