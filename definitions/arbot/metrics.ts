import { catalogue } from '../language/metrics.ts'
import { accountMetrics } from './account/metrics.ts'
import { bookMetrics } from './books/metrics.ts'
import { exchangeMetrics } from './exchange/metrics.ts'
import { healthMetrics } from './health/metrics.ts'
import { legMetrics } from './legs/metrics.ts'
import { rateMetrics } from './rates/metrics.ts'
import { signalMetrics } from './signals/metrics.ts'

/** Every metric of the arbitrage bot: apart from its day and its events, the only part of its definitions that the bot itself loads. */
export const botMetrics = catalogue('arbot', [
  exchangeMetrics,
  signalMetrics,
  legMetrics,
  accountMetrics,
  bookMetrics,
  rateMetrics,
  healthMetrics,
])
