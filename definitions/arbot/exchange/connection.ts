import {
  act,
  alert,
  alerts,
  check,
  deviation,
  increaseFromZero,
  look,
  min_over_time,
  round,
  sum,
  text,
} from '../../language/index.ts'
import { flag } from '../../language/metrics.ts'
import { ruleOf } from '../alert-deviations.ts'
import { exchanges } from '../dashboards/exchanges.ts'
import { overview } from '../dashboards/overview.ts'
import { risk } from '../dashboards/risk.ts'
import { system } from '../dashboards/system.ts'
import { flattenByHand } from '../flatten.ts'
import { downAlerts } from '../health/down.ts'
import { heartbeatAlerts } from '../health/heartbeat.ts'
import { limits } from '../limits.ts'
import { metrics } from '../series.ts'
import { banAlerts } from './ban.ts'

const twoTiers = deviation(
  'the table says 0이면 즉시 알림, the rule for: 1m and critical',
  'Both are kept: exchanges close every socket once a day, so a connection that is lost is a warning at once, and critical once it has been lost for a minute.',
)
const statusPage = check('the exchange’s status page', 'is it maintenance?')

const disconnectedAlerts = alerts({
  ExchangeDisconnected: alert({
    when: metrics.exchange_connected.eq(flag(0)),
    for: '1m',
    // until what it mutes has ended: a window of five minutes and a minute more
    keepFiringFor: '7m',
    severity: 'critical',
    thresholdIn: [overview.panels.connections],
    mutedBy: [downAlerts.BotDown],
    summary: (l) => text`${l.exchange} has been disconnected for more than a minute: its prices are unknown`,
    resolved: (l) => text`${l.exchange} has been connected again for 7 minutes: check its positions and open orders`,
    runbook: {
      said: '거래소 연결 끊김',
      cause:
        'The WebSocket to the exchange has been down for a minute: its prices are stale, and a spread that it seems to offer may not exist. Legs that are open there are completed blindly or not at all.',
      steps: [
        act('Close any position that has only one leg because of this exchange: it is unhedged.'),
        flattenByHand,
        look(exchanges.panels.state, 'one exchange, or all? Then it is the network of this host.'),
        look(risk.panels.unhedged, 'is a leg without its counter-leg?'),
        statusPage,
        look(system.panels.connectionLines, 'what does the bot say about it?'),
      ],
    },
    deviates: twoTiers,
  }),
})

/** Connections to the exchanges. */
export const connectionAlerts = {
  ...disconnectedAlerts,
  ...alerts({
    ExchangeConnectionLost: alert({
      when: metrics.exchange_connected.eq(flag(0)),
      severity: 'warning',
      mutedBy: [downAlerts.BotDown, disconnectedAlerts.ExchangeDisconnected],
      summary: (l) => text`the connection to ${l.exchange} is lost`,
      resolved: (l) => text`${l.exchange} is connected again`,
      runbook: {
        said: '0이면 즉시 알림',
        cause:
          'The WebSocket to the exchange is down. Exchanges close every socket once a day, and the bot reconnects within seconds. If it does not, ExchangeDisconnected follows after a minute.',
        steps: [
          look(exchanges.panels.state, 'does it come back?'),
          look(exchanges.panels.reconnects, 'once, or again and again?'),
          statusPage,
        ],
      },
      deviates: twoTiers,
    }),
    ExchangeReconnectsOften: alert({
      when: round(
        sum(increaseFromZero(metrics.exchange_reconnects_total, '5m', metrics.start_timestamp)).by(
          'exchange',
          'instance',
        ),
        1,
      ).gte(limits.reconnects),
      keepFiringFor: '60s',
      severity: 'warning',
      mutedBy: [downAlerts.BotDown, disconnectedAlerts.ExchangeDisconnected],
      summary: (l, value) => text`${l.exchange} reconnected ${value} times in 5 minutes, limit ${limits.reconnects}`,
      resolved: (l) => text`the connection to ${l.exchange} is stable again`,
      runbook: {
        said: '5분 내 3회 이상',
        cause:
          'The WebSocket was opened again three or more times within five minutes. Each time prices are missing for some seconds, and quotes from before are stale.',
        steps: [
          look(exchanges.panels.reconnects, 'one exchange, or all?'),
          look(exchanges.panels.quoteAge, 'are quotes too old meanwhile?'),
          look(system.panels.connectionLines, 'why was it closed?'),
          statusPage,
          check('the network of the bot’s host', 'is it stable?'),
        ],
      },
      deviates: ruleOf('5분 내 3회 이상', 'It counts by exchange, and the first reconnects after a start as well.'),
    }),
    ExchangeSilent: alert({
      // without a connection nothing is expected, and ExchangeDisconnected says so
      when: min_over_time(metrics.exchange_connected.over('1m'))
        .eq(flag(1))
        // not one that is 0: a stream that never delivered anything has no series
        .unless(increaseFromZero(metrics.websocket_messages_total, '1m', metrics.start_timestamp).gt(0)),
      // a stream that was just opened
      for: '15s',
      severity: 'critical',
      mutedBy: [downAlerts.BotDown, heartbeatAlerts.HeartbeatMissed, banAlerts.ExchangeBan],
      summary: (l) => text`${l.exchange} is connected, but has sent no message for a minute: its prices are unknown`,
      resolved: (l) => text`messages from ${l.exchange} arrive again`,
      runbook: {
        said: '1분간 0이면 알림',
        cause:
          'The WebSocket is open, and nothing has arrived over it for a minute: the exchange forgot the subscription, or the connection is dead and nobody noticed.',
        steps: [
          act('Restart the bot if it does not reconnect by itself: `systemctl restart arbot`.'),
          flattenByHand,
          look(exchanges.panels.messages, 'one exchange, or all?'),
          look(exchanges.panels.quoteAge, 'how old are the quotes it uses?'),
          statusPage,
        ],
      },
      deviates: ruleOf(
        '1분간 0이면 알림',
        'It asks for a connection during that minute: otherwise each outage is two alerts.',
      ),
    }),
  }),
}
