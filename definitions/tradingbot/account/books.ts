import { act, ageOf, alert, alerts, check, decide, deviation, figure, look, note, text } from '../../language/index.ts'
import { log } from '../dashboards/log.ts'
import { monitor } from '../dashboards/monitor.ts'
import { banAlerts } from '../exchange/ban.ts'
import { flattenByHand } from '../flatten.ts'
import { downAlerts } from '../health/down.ts'
import { heartbeatAlerts } from '../health/heartbeat.ts'
import { limits } from '../limits.ts'
import { metrics } from '../series.ts'

const forgotten = (what: string, why: string) => deviation(`no alert for ${what}`, why)
const minutesOf = ({ value }: { readonly value: number }) => `${value} min`

/** Whether what the bot knows about the account is true, and its positions are protected. */
export const booksAlerts = alerts({
  BooksDiffer: alert({
    when: metrics.reconciliation_differences.gt(0),
    // a fill between reading the exchange and comparing is a difference until the next reconciliation
    for: '1m',
    severity: 'critical',
    breaksQuiet: true,
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) => text`the books of the bot differ from the exchange (${l.difference}): ${value}`,
    resolved: (l) => text`the books of the bot agree with the exchange again (${l.difference})`,
    runbook: {
      cause:
        'For more than a minute, the exchange and the bot’s books have disagreed. position: a position of another size, or one that the bot does not know. balance: another balance. open_order: an order that the bot believes to be open is not. orphan: an order at the exchange that the bot does not know. The bot protects and closes what its books say.',
      steps: [
        act(
          'Compare positions and open orders at the exchange with the bot’s. Close or protect what the bot does not know.',
        ),
        flattenByHand,
        look(monitor.panels.differences, 'which kind, since when, and how many?'),
        look(log.panels.attention, 'did a call fail when it began?'),
        check('trades by hand or by another program on this account', 'did somebody else trade?'),
        decide(
          'If the bot does not correct its books by itself, restart it: it reads them from the exchange at its start.',
        ),
      ],
    },
    deviates: forgotten(
      'books that differ from the exchange',
      'One missed fill, and the bot protects and closes a position that does not exist.',
    ),
  }),
  PositionWithoutStop: alert({
    when: metrics.positions_without_stop.gt(0),
    // a stop follows its fill within seconds
    for: '1m',
    severity: 'critical',
    breaksQuiet: true,
    thresholdIn: [monitor.panels.unprotected],
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) =>
      text`${value} of ${figure(metrics.open_positions, '?')} positions have had no stop at the exchange for a minute (${figure(metrics.exposure_usdt, '?').fixed} gross in all)`,
    resolved: 'every position has a stop at the exchange again',
    runbook: {
      cause:
        'The stop order of a position was refused, cancelled or never sent. Only the bot limits its loss now: if the bot goes down, nothing does.',
      steps: [
        act('Place a stop for the position in the exchange’s app, or close it.'),
        flattenByHand,
        look(monitor.panels.positions, 'since when, and how many?'),
        look(log.panels.attention, 'was the stop refused, and why?'),
        decide(
          note`The alert ends when ${metrics.positions_without_stop} is 0: each reconciliation counts the stops at the exchange, also while the balance is not read.`,
        ),
      ],
    },
    deviates: forgotten('a position without its stop', 'If the bot goes down, only stops at the exchange remain.'),
  }),
})

/** Whether the figures about the account are read at all. */
export const staleAlerts = alerts({
  BalanceStale: alert({
    when: ageOf(metrics.balance_timestamp).gt(limits.balanceAge),
    // after a restart of Prometheus the newest sample is an old one until the first scrape
    for: '20s',
    severity: 'critical',
    mutedBy: [downAlerts.BotDown, banAlerts.ExchangeBan, heartbeatAlerts.HeartbeatMissed],
    summary: (_, value) =>
      text`the balance was last read ${value.duration} ago, limit ${minutesOf(limits.balanceAge)}: DrawdownExceeded and BalanceDrop see nothing new`,
    resolved: 'the balance is read again: look at drawdown and today’s PnL',
    runbook: {
      cause:
        'The bot has not read its balance from the exchange for more than five minutes. Balance, drawdown and PnL stay as they were: a loss since then is reported by no alert. Books and stops are read by the reconciliation: if that has stopped as well, BooksDiffer and PositionWithoutStop see nothing new either, and ReconciliationStale, which says so, is muted by this alert.',
      steps: [
        check('balance and positions in the exchange’s app', 'has anything been lost since then?'),
        flattenByHand,
        look(monitor.panels.readAges, 'since when?'),
        look(monitor.panels.apiErrors, 'do calls fail, and of which kind?'),
        check('the exchange’s status page', 'is it maintenance?'),
      ],
    },
    deviates: forgotten(
      'a stale balance',
      'A stale balance looks like a quiet account, and no rule about it can fire.',
    ),
  }),
})

/** Whether the books are still compared. */
export const reconciliationAlerts = alerts({
  ReconciliationStale: alert({
    when: ageOf(metrics.reconciliation_timestamp).gt(limits.reconciliationAge),
    // it begins after BalanceStale, which mutes it, and ends before it
    for: '1m',
    keepFiringFor: '90s',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown, banAlerts.ExchangeBan, heartbeatAlerts.HeartbeatMissed, staleAlerts.BalanceStale],
    summary: (_, value) =>
      text`books and exchange were last compared ${value.duration} ago, limit ${minutesOf(limits.reconciliationAge)}: BooksDiffer and PositionWithoutStop see nothing new`,
    resolved: 'books and exchange are compared again',
    runbook: {
      cause:
        'The bot has not completed a reconciliation for more than five minutes: differences, stops and the ends of unresolved orders are as they were. A position that has lost its stop since then is reported by no alert.',
      steps: [
        look(monitor.panels.reconciliationAge, 'since when?'),
        look(monitor.panels.apiErrors, 'do calls fail, and of which kind?'),
        check('positions and open orders at the exchange', 'do they match what the bot reports?'),
        check('its last lines with `botwatch logs --bot tradingbot --since 15m`', 'what is it doing instead?'),
      ],
    },
    deviates: forgotten('a reconciliation that no longer runs', 'No differences and no comparison look the same.'),
  }),
})
