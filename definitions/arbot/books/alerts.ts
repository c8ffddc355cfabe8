import { act, ageOf, alert, alerts, check, decide, figure, look, text, tier, tiers } from '../../language/index.ts'
import { forgotten } from '../alert-deviations.ts'
import { exchanges } from '../dashboards/exchanges.ts'
import { risk } from '../dashboards/risk.ts'
import { system } from '../dashboards/system.ts'
import { banAlerts } from '../exchange/ban.ts'
import { connectionAlerts } from '../exchange/connection.ts'
import { flattenByHand } from '../flatten.ts'
import { downAlerts } from '../health/down.ts'
import { heartbeatAlerts } from '../health/heartbeat.ts'
import { limits } from '../limits.ts'
import { metrics } from '../series.ts'
import { exposureShare } from '../shares.ts'

/** A position in one direction, over all exchanges. */
export const exposureAlerts = tiers(
  {
    NetExposureCritical: tier('critical', limits.exposure.critical),
    NetExposureHigh: tier('warning', limits.exposure.warning),
  },
  ({ severity, limit }) =>
    alert({
      when: exposureShare.gt(limit),
      // the two legs of a round trip are filled within seconds
      for: severity === 'critical' ? '30s' : '1m',
      severity,
      breaksQuiet: true,
      mutedBy: [downAlerts.BotDown],
      summary: (l, value) =>
        text`the net exposure in ${l.asset} is ${value.percent} of the capital (${figure(metrics.net_exposure_usd, '?').fixed}), limit ${limit.value} %`,
      resolved: (l) => text`the net exposure in ${l.asset} is at most ${limit.value} % of the capital again`,
      runbook: {
        cause:
          'Over all exchanges, with fills and transfers that are under way, the bot holds more of a coin than it owes, or owes more than it holds. Arbitrage has no opinion on prices: such a position is a mistake, such as a leg without its counter-leg or a fill that was counted twice.',
        steps: [
          act('Hedge the difference on the exchange with the most liquid market, or close what caused it.'),
          flattenByHand,
          look(risk.panels.exposure, 'a step, or a drift?'),
          look(risk.panels.unhedged, 'is a leg without its counter-leg?'),
          look(risk.panels.differences, 'are the books right?'),
          check('transfers under way between exchanges', 'has one been lost or counted twice?'),
        ],
      },
      deviates: forgotten(
        'net exposure',
        'Each exchange shows half of a hedge, so no figure of a single one can be compared with a limit.',
      ),
    }),
)

/** Whether the books agree with each exchange, and are compared at all. */
export const bookAlerts = alerts({
  BooksDiffer: alert({
    when: metrics.reconciliation_differences.gt(0),
    // a fill between reading the exchange and comparing is a difference until the next reconciliation
    for: '1m',
    severity: 'critical',
    breaksQuiet: true,
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) => text`the books of the bot differ from ${l.exchange} (${l.difference}): ${value}`,
    resolved: (l) => text`the books of the bot agree with ${l.exchange} again (${l.difference})`,
    runbook: {
      cause:
        'For more than a minute the exchange has had something else than the bot believes. position: a position of another size. balance: another balance, such as after a transfer by hand. open_order: an order that the bot believes to be open is not. orphan: an order that the bot does not know. The bot hedges what its books say.',
      steps: [
        act('Compare positions and open orders on this exchange with the bot’s. Close what the bot does not know.'),
        flattenByHand,
        look(risk.panels.differences, 'which kind, since when, and how many?'),
        look(system.panels.legs, 'which leg came before it?'),
        check('trades by hand or by another program on this account', 'did somebody else trade?'),
        decide('If the bot does not correct its books, restart it: it reads them from the exchanges at its start.'),
      ],
    },
    deviates: forgotten(
      'books that differ from an exchange',
      'One missed fill, and the bot hedges a leg that does not exist.',
    ),
  }),
  ReconciliationStale: alert({
    when: ageOf(metrics.reconciliation_timestamp).gt(limits.reconciliationAge),
    for: '1m',
    keepFiringFor: '90s',
    severity: 'warning',
    mutedBy: [
      downAlerts.BotDown,
      heartbeatAlerts.HeartbeatMissed,
      banAlerts.ExchangeBan,
      banAlerts.ApiKeyRejected,
      connectionAlerts.ExchangeDisconnected,
    ],
    summary: (l, value) =>
      text`the books were last compared with ${l.exchange} ${value.duration} ago, limit ${limits.reconciliationAge.value} min`,
    resolved: (l) => text`the books are compared with ${l.exchange} again`,
    runbook: {
      cause:
        'The bot has not completed a reconciliation with this exchange for more than five minutes: BooksDiffer, NetExposureCritical and LegUnhedged see nothing new there.',
      steps: [
        look(risk.panels.reconciliationAge, 'one exchange, or all?'),
        look(exchanges.panels.latency, 'does the exchange answer?'),
        look(system.panels.attention, 'which call fails?'),
        check('positions and open orders on the exchange', 'do they match what the bot reports?'),
      ],
    },
    deviates: forgotten('a reconciliation that no longer runs', 'No differences and no comparison look the same.'),
  }),
  InventoryOneSided: alert({
    when: metrics.inventory_imbalance.gt(limits.inventory),
    for: '10m',
    severity: 'warning',
    cooldown: '1h',
    remindEvery: '1d',
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) =>
      text`${value.percent} of ${l.asset} lies on one exchange, limit ${limits.inventory.value} %: elsewhere it cannot be sold`,
    resolved: (l) => text`${l.asset} is spread over exchanges again`,
    runbook: {
      cause:
        'Nearly all of an asset lies on one exchange. The bot can sell it there only, so it trades in one direction, or not at all; and if that exchange stops withdrawals, all of it is stuck.',
      steps: [
        look(risk.panels.inventory, 'since when, and which asset?'),
        look(risk.panels.capital, 'on which exchange?'),
        look(exchanges.panels.withdrawals, 'is the way back open?'),
        decide('Move the asset to where it is needed, if the network fee is less than what it earns there.'),
      ],
    },
    deviates: forgotten('one-sided inventory', 'The bot detects signals all day, and rejects each of them.'),
  }),
})
