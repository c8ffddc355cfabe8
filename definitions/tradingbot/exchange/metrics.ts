import { counter, deviation, flag, gauge, timestamp } from '../../language/metrics.ts'
import { endpoint, errorKind } from '../labels.ts'
import { notInDocument } from '../metric-deviations.ts'

/** How the exchange responds. */
export const exchangeMetrics = {
  api_errors_total: counter({
    help: 'Calls to the exchange that failed, by reason.',
    labels: { endpoint, kind: errorKind },
    deviates: deviation(
      'api_errors_1min is a counter that nothing increments and that never goes down',
      'A counter counts forever, and a query takes its increase over one minute: the window is not part of the name.',
    ),
  }),
  api_calls_total: counter({
    help: 'Calls to the exchange.',
    labels: { endpoint },
    deviates: notInDocument(
      'calls',
      'Five errors a minute are few out of a thousand calls, and all of them out of five.',
    ),
  }),
  api_key_valid: gauge({
    help: 'Whether the exchange accepted the API key and its permissions at the last call that needs them.',
    unit: flag,
    additive: false,
    mustBeSetWithin: '5m',
    deviates: notInDocument(
      'the API key',
      'A key that expired or lost its permission to trade fails every order, close orders included.',
    ),
  }),
  banned_until_timestamp: gauge({
    help: 'Unix time until which the exchange bans the bot; the time at which the ban ended if that was earlier; 0 if there was none since the start.',
    unit: timestamp,
    additive: false,
    initially: 0,
    deviates: notInDocument('bans', 'A banned bot cannot close positions, and each call may prolong the ban.'),
  }),
}
