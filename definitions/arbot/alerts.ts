import { alert, alerts, look, text } from '../language/index.ts'
import { flag } from '../language/metrics.ts'
import { overview } from './dashboard.ts'
import { metrics } from './series.ts'

/** The connections to the exchanges. */
export const exchanges = alerts({
  ExchangeDisconnected: alert({
    when: metrics.exchange_connected.eq(flag(0)),
    for: '1m',
    severity: 'critical',
    summary: (l) => text`${l.exchange} has been disconnected for more than a minute`,
    runbook: {
      cause:
        'The WebSocket of the exchange is down: its prices are old, and a spread that it seems to offer may not be there.',
      steps: [
        look(overview.panels.latency, 'did it slow down before it went?'),
        'Read the status page of the exchange.',
        'Close what is open on this exchange alone: its other leg stands unhedged.',
      ],
      said: '거래소 연결 끊김',
    },
  }),
})
