import {
  act,
  ageOf,
  alert,
  alerts,
  check,
  type Duration,
  decide,
  deviation,
  figure,
  items,
  lines,
  look,
  min_over_time,
  round,
  seconds,
  text,
} from '../../language/index.ts'
import { log } from '../dashboards/log.ts'
import { monitor } from '../dashboards/monitor.ts'
import { closeByHand, flattenByHand } from '../flatten.ts'
import { downAlerts } from '../health/down.ts'
import { limits } from '../limits.ts'
import { events } from '../log-events.ts'
import { metrics } from '../series.ts'

const { unresolved, withoutEnd } = limits
const oldest = ageOf(metrics.oldest_unresolved_order_timestamp)

/** Orders that the bot knows, and whose end it does not know. */
export const unresolvedAlerts = alerts({
  OrderUnresolved: alert({
    when: metrics.unresolved_orders
      .gt(0)
      .and(oldest.gt(unresolved))
      // a bot that does not say since when
      .or(
        min_over_time(metrics.unresolved_orders.over('1m'))
          .gt(0)
          .unless(metrics.oldest_unresolved_order_timestamp)
          .and(metrics.uptime_seconds.gt(unresolved)),
      ),
    // after a restart of Prometheus the newest sample is an old one until the first scrape
    for: '20s',
    severity: 'critical',
    breaksQuiet: true,
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) =>
      text`orders have had no known end for more than ${unresolved.value} s: ${value} (the oldest was sent ${figure(round(oldest, seconds(1)), '?').duration} ago)`,
    resolved: 'the bot knows the end of every order: check positions and stops',
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
          'If the bot does not resolve it by itself, restart it: at its start it asks the exchange about every order that it had sent and whose end it did not know. It keeps them in orders.json in its state folder; without that file, only OrderWithoutEnd is left.',
        ),
      ],
    },
    deviates: deviation(
      'no alert for orders of unknown state',
      'log_order writes ORDER_FILLED whatever happened: an order that timed out is recorded as filled, and nobody looks.',
    ),
  }),
})

/** The orders that were sent at least so long ago, and have no end in the log. */
export const ordersWithoutEnd = (after: Duration, window: Duration) =>
  lines(events.order_placed, events.order_filled, events.order_failed)
    // an end counts at once
    .olderThan(after, events.order_placed)
    .pipes(
      'stats by (bot, env, instance, symbol, order_id) count() if (event:=order_placed) as placed, count() if (event:in(order_filled, order_failed)) as ended | filter placed:>0 ended:0 | stats count() as value',
      window,
    )
    .as(items, ['symbol'])

/** Orders without an end in the log, whatever the bot knows of them. */
export const endlessAlerts = alerts({
  OrderWithoutEnd: alert({
    when: ordersWithoutEnd(withoutEnd.after, withoutEnd.within).gt(0),
    keepFiringFor: '0s',
    severity: 'critical',
    mutedBy: [downAlerts.BotDown, unresolvedAlerts.OrderUnresolved],
    summary: (l, value) =>
      text`orders for ${l.symbol} were sent more than ${withoutEnd.after} ago, and the log has no end of them: ${value}`,
    resolved: (l) =>
      text`every order for ${l.symbol} has an end in the log, or was sent more than ${withoutEnd.within} ago`,
    runbook: {
      cause:
        'The log has an order_placed without an order_filled or order_failed, and the bot does not report the order as unresolved, or OrderUnresolved would have been sent instead: it has forgotten the order, as in a restart without its state, or the line with its end was lost. It may still be open, or filled with a position that nobody protects.',
      steps: [
        look(log.panels.placed, 'which order? Its order_id is in the line'),
        act('Find the order in the exchange’s order history: cancel it if it is open, and give its position a stop.'),
        closeByHand,
        check('orders.json in the state folder of the bot', 'does it exist, and is its folder mounted?'),
        look(monitor.panels.differences, 'do the books agree with the exchange?'),
      ],
    },
    deviates: deviation(
      'ORDER_FILLED for every order, so that none is without an end',
      'A bot that restarts may forget what it sent, and then reports nothing: the log still has the order.',
    ),
  }),
})
