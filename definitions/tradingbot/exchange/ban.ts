import { act, alert, alerts, allow, check, decide, deviation, look, text, time } from '../../language/index.ts'
import { flag, seconds } from '../../language/metrics.ts'
import { log } from '../dashboards/log.ts'
import { monitor } from '../dashboards/monitor.ts'
import { flattenByHand } from '../flatten.ts'
import { downAlerts } from '../health/down.ts'
import { recordingRules } from '../records.ts'
import { metrics } from '../series.ts'

/** The exchange refuses the bot as a whole: root causes, which mute what follows from them. */
export const banAlerts = alerts({
  ExchangeBan: alert({
    when: recordingRules.banned_until_timestamp.series.minus(time()).gt(seconds(0)),
    // until the balance has been read again, whose age it mutes
    keepFiringFor: '4m',
    severity: 'critical',
    breaksQuiet: true,
    allow: [allow('BW613', { reason: 'It asks a recorded series, and a ban lasts minutes to days.' })],
    thresholdIn: [monitor.panels.banLeft],
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) =>
      text`the exchange bans the bot for another ${value.duration}: until then it can neither open nor close a position`,
    resolved: 'the exchange’s ban has been over for 4 minutes',
    runbook: {
      cause:
        'The exchange bans the IP address of the bot, because calls went on after it had refused some. Each call during a ban can make it longer, from minutes to days. What follows from it (failing calls, a stale balance, no trades) is muted.',
      steps: [
        act(
          'Stop every program that calls the exchange from this IP address, and do not restart the bot: its first calls would make the ban longer.',
        ),
        act('If a position cannot wait, close it in the exchange’s app over another network, such as mobile data.'),
        flattenByHand,
        look(monitor.panels.apiErrors, 'was rate_limit there before the ban?'),
        look(monitor.panels.apiCalls, 'which call is made most often?'),
      ],
    },
    deviates: deviation(
      'no alert for a ban',
      'A banned bot cannot close positions, and errors per minute do not say that calling on makes it worse.',
    ),
  }),
  ApiKeyRejected: alert({
    when: metrics.api_key_valid.eq(flag(0)),
    // a single bad gateway response wakes nobody
    for: '20s',
    severity: 'critical',
    breaksQuiet: true,
    mutedBy: [downAlerts.BotDown],
    summary: 'the exchange rejects the API key: the bot can neither open nor close a position',
    resolved: 'the exchange accepts the API key again',
    runbook: {
      cause:
        'The key was deleted, has expired, lost its permission to trade, or is used from an IP address that it does not allow. Every order fails, close orders included.',
      steps: [
        act('Close or protect in the exchange’s app what must not be left unattended.'),
        flattenByHand,
        check('the key in the settings of the exchange', 'does it exist, may it trade, and from which addresses?'),
        look(log.panels.attention, 'what does the exchange answer?'),
        decide(
          'If you did not change it yourself, treat it as stolen: delete the key, then look at the withdrawals of the account.',
        ),
      ],
    },
    deviates: deviation(
      'no alert for the API key',
      'An expired key looks like any other error, and stops every order.',
    ),
  }),
})
