import { act, alert, alerts, check, look, text } from '../language/index.ts'
import { flag } from '../language/metrics.ts'
import { overview } from './dashboard.ts'
import { metrics } from './series.ts'

/** Connections to the exchanges. */
export const exchanges = alerts({
  ExchangeDisconnected: alert({
    when: metrics.exchange_connected.eq(flag(0)),
    for: '1m',
    severity: 'critical',
    summary: (l) => text`${l.exchange} has been disconnected for more than a minute`,
    runbook: {
      cause:
        'The WebSocket to the exchange is down: its prices are stale, and a spread that it seems to offer may not exist.',
      steps: [
        look(overview.panels.latency, 'did it slow down before it dropped?'),
        check('the exchange’s status page'),
        act('Close any position that has only one leg because of this exchange: it is unhedged.'),
      ],
      said: '거래소 연결 끊김',
    },
  }),
})
