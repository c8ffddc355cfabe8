import { act, alert, alerts, check, decide, look, text, time } from '../../language/index.ts'
import { flag, seconds } from '../../language/metrics.ts'
import { forgotten } from '../alert-deviations.ts'
import { exchanges } from '../dashboards/exchanges.ts'
import { risk } from '../dashboards/risk.ts'
import { system } from '../dashboards/system.ts'
import { flattenByHand } from '../flatten.ts'
import { downAlerts } from '../health/down.ts'
import { recordingRules } from '../records.ts'
import { metrics } from '../series.ts'

/** An exchange refuses the bot as a whole: root causes, which mute what follows from them on this exchange. */
export const banAlerts = alerts({
  ExchangeBan: alert({
    when: recordingRules.banned_until_timestamp.series.minus(time()).gt(seconds(0)),
    // until the books have been compared again, whose age it mutes
    keepFiringFor: '6m',
    severity: 'critical',
    breaksQuiet: true,
    thresholdIn: [exchanges.panels.banLeft],
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) =>
      text`${l.exchange} bans the bot for another ${value.duration}: until then it can close no leg there`,
    resolved: (l) => text`the ban by ${l.exchange} has been over for 6 minutes`,
    runbook: {
      cause:
        'The exchange bans the IP address of the bot, because calls went on after it had refused some. Legs on this exchange can be neither opened nor closed, and their counter-legs on other exchanges stay open. Each call during a ban can make it longer.',
      steps: [
        act(
          'Stop every program that calls the exchange from this IP address, and do not restart the bot: its first calls would make the ban longer.',
        ),
        act('If a leg cannot wait, close it in the exchange’s app over another network, such as mobile data.'),
        flattenByHand,
        look(exchanges.panels.orderLimit, 'was it the limit of orders?'),
        look(exchanges.panels.calls, 'does the bot call more often than usual?'),
        look(risk.panels.unhedged, 'is a leg without its counter-leg?'),
      ],
    },
    deviates: forgotten('bans', 'A bot that one exchange bans cannot close the legs it has there.'),
  }),
  ApiKeyRejected: alert({
    when: metrics.api_key_valid.eq(flag(0)),
    // a single bad gateway response wakes nobody
    for: '20s',
    // until the books have been compared again, whose age it mutes
    keepFiringFor: '6m',
    severity: 'critical',
    breaksQuiet: true,
    thresholdIn: [exchanges.panels.apiKeys],
    mutedBy: [downAlerts.BotDown],
    summary: (l) => text`${l.exchange} rejects the API key: the bot can neither open nor close a leg there`,
    resolved: (l) => text`${l.exchange} has accepted the API key again for 6 minutes`,
    runbook: {
      cause:
        'The key was deleted, has expired, lost its permission to trade, or is used from an IP address that it does not allow. Every order on this exchange fails, also one that closes a leg.',
      steps: [
        act('Close in the exchange’s app what must not be left unattended, and its counter-leg on the other exchange.'),
        flattenByHand,
        check('the key in the settings of the exchange', 'does it exist, may it trade, and from which addresses?'),
        look(system.panels.attention, 'what does the exchange answer?'),
        decide(
          'If you did not change it yourself, treat it as stolen: delete the key, then look at the withdrawals of the account.',
        ),
      ],
    },
    deviates: forgotten('API keys', 'An expired key looks like any other failure, and stops every order.'),
  }),
})
