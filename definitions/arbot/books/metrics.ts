import { gauge, ratio, timestamp, usd } from '../../language/metrics.ts'
import { asset, difference, exchange } from '../labels.ts'
import { notInDocument } from '../metric-deviations.ts'

const exposure = notInDocument(
  'net exposure across exchanges',
  'Each exchange shows half of a hedge: only the sum over all of them says whether the bot has a position in one direction.',
)
const books = notInDocument(
  'what the exchanges have',
  'The bot trusts its own books: one missed fill, and it hedges a leg that does not exist.',
)

/** What the bot holds across exchanges, and whether its books agree with them. */
export const bookMetrics = {
  net_exposure_usd: gauge({
    help: 'Net value of the coin over all exchanges, from the books, fills not yet in them and transfers under way; negative if short. Cash such as KRW or USDT has none.',
    unit: usd,
    labels: { asset },
    additive: false,
    mustBeSetWithin: '5m',
    deviates: exposure,
  }),
  gross_exposure_usd: gauge({
    help: 'Value of all positions on all exchanges, long and short alike.',
    unit: usd,
    mustBeSetWithin: '5m',
    deviates: exposure,
  }),
  inventory_imbalance: gauge({
    help: 'Largest share of the asset that lies on a single exchange.',
    unit: ratio,
    labels: { asset },
    additive: false,
    mustBeSetWithin: '5m',
    deviates: notInDocument(
      'where inventory lies',
      'A bot that has sold all of an asset on one exchange can no longer sell there: its signals are rejected until somebody moves it back.',
    ),
  }),
  reconciliation_differences: gauge({
    help: 'Differences between the books of the bot and the exchange at the last reconciliation.',
    labels: { exchange, difference },
    mustBeSetWithin: '10m',
    deviates: books,
  }),
  reconciliation_timestamp: gauge({
    help: 'Unix time of the last complete reconciliation of the books with the exchange.',
    unit: timestamp,
    labels: { exchange },
    additive: false,
    mustBeSetWithin: '10m',
    deviates: books,
  }),
}
