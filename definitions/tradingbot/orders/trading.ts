import {
  act,
  ageOf,
  alert,
  alerts,
  avg_over_time,
  check,
  decide,
  deviation,
  figure,
  increaseFromZero,
  look,
  round,
  sum,
  text,
  type Window,
} from '../../language/index.ts'
import { ratio } from '../../language/metrics.ts'
import { log } from '../dashboards/log.ts'
import { monitor } from '../dashboards/monitor.ts'
import { banAlerts } from '../exchange/ban.ts'
import { flattenByHand } from '../flatten.ts'
import { downAlerts } from '../health/down.ts'
import { heartbeatAlerts } from '../health/heartbeat.ts'
import { limits } from '../limits.ts'
import { botUp, metrics } from '../series.ts'

const causes = [
  downAlerts.BotDown,
  banAlerts.ExchangeBan,
  banAlerts.ApiKeyRejected,
  heartbeatAlerts.HeartbeatMissed,
] as const

const withoutOrder = (window: Window) =>
  round(sum(increaseFromZero(metrics.signals_total, window, metrics.start_timestamp)).by('instance'), 1)
    .gte(3)
    .unless(
      sum(increaseFromZero(metrics.orders_placed_total, window, metrics.start_timestamp))
        .by('instance')
        .gt(0),
    )

const sinceFill = ageOf(metrics.last_order_timestamp)
const longest = metrics.usual_trade_gap_seconds.times(limits.noTrades.gaps)

/** The bot was up for nearly all of the last day. */
const upAllDay = avg_over_time(botUp.over('1d')).as(ratio).gte(ratio(0.95)).and(botUp.offset('1d'))

/** Orders whose end nobody knows. */
export const unresolvedAlerts = alerts({
  OrderUnresolved: alert({
    when: ageOf(metrics.oldest_unresolved_order_timestamp).gt(limits.unresolved),
    // after a restart of Prometheus the newest sample is an old one until the first scrape
    for: '20s',
    severity: 'critical',
    breaksQuiet: true,
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) =>
      text`an order sent ${value.duration} ago has no known end, limit ${limits.unresolved.value} s (unresolved orders: ${figure(metrics.unresolved_orders, '?')})`,
    resolved: 'the end of every order is known',
    runbook: {
      cause:
        'The bot sent an order, got no answer, and does not find it among the open orders: it may have been filled, or may never have arrived. The log has its order_placed without an end. If the bot sends it again, the position may double.',
      steps: [
        act(
          'Find the order in the exchange’s order history. If it was filled, compare the position with the bot’s, and give it a stop if it has none.',
        ),
        flattenByHand,
        look(monitor.panels.openOrders, 'one order, or several?'),
        look(log.panels.attention, 'did the call time out?'),
        decide(
          'If the bot does not resolve it by itself, restart it: it reads its orders from the exchange at its start.',
        ),
      ],
    },
    deviates: deviation(
      'no alert for orders of unknown state',
      'log_order writes ORDER_FILLED whatever happened: an order that timed out is recorded as filled, and nobody looks.',
    ),
  }),
})

const ignoredAlerts = alerts({
  SignalsWithoutOrders: alert({
    // a bot that trades a few times a day never has three signals in a quarter of an hour
    when: withoutOrder('15m').or(withoutOrder('6h')),
    severity: 'warning',
    mutedBy: causes,
    summary: (_, value) => text`${value} signals asked for an order, limit 3, and the bot has sent none`,
    resolved: 'the bot sends orders again, or has no signals that ask for one',
    runbook: {
      cause:
        'Strategies ask for orders, and none is sent: at least three signals in 15 minutes or in six hours, and no order in the same time. Something between signal and order holds them back.',
      steps: [
        look(monitor.panels.flow, 'since when do orders not follow signals?'),
        look(log.panels.attention, 'does the risk manager refuse them?'),
        look(log.panels.signals, 'which symbols and sides?'),
        check('the bot’s configuration', 'is trading switched off, or a limit reached?'),
        decide('Signals that close a position are held back as well: manage open positions at the exchange.'),
      ],
    },
    deviates: deviation(
      'signal_generated is one of the ten types, and nothing compares it with orders',
      'A bot that no longer trades writes heartbeats, has a balance and raises no alert.',
    ),
  }),
})

/** Whether signals become orders, and orders fills. */
export const tradingAlerts = {
  ...ignoredAlerts,
  ...alerts({
    NoTrades: alert({
      when: sinceFill
        .gt(longest)
        .and(sinceFill.gt(limits.noTrades.least))
        // a bot that was down could not trade; a nightly restart is not that
        .and(metrics.uptime_seconds.gt(longest).or(upAllDay)),
      for: '20s',
      // it ends before SignalsWithoutOrders, which mutes it
      keepFiringFor: '90s',
      severity: 'warning',
      mutedBy: [...causes, ignoredAlerts.SignalsWithoutOrders],
      summary: (_, value) =>
        text`no fill for ${value.duration}; gaps of up to ${figure(metrics.usual_trade_gap_seconds, '?').duration} are usual, limit ${limits.noTrades.gaps} times that, and at least ${limits.noTrades.least.value} min`,
      resolved: 'the bot trades again',
      runbook: {
        cause:
          'Nothing has been filled for five times as long as nine out of ten gaps between fills lasted, and for at least ten minutes: no signals, no orders, or orders that are never filled. On a quiet market nothing is wrong.',
        steps: [
          look(monitor.panels.flow, 'are there signals, are there orders?'),
          look(monitor.panels.sinceFill, 'how long are the usual gaps?'),
          check('a chart of the market', 'is there anything to trade?'),
          look(log.panels.signals, 'when was the last signal?'),
          check('the bot’s market data', 'do prices still change?'),
        ],
      },
      deviates: deviation(
        'no alert for a bot that no longer trades',
        'A bot without prices has no signals and no errors: only the silence shows it, next to what is usual for this bot.',
      ),
    }),
  }),
}
