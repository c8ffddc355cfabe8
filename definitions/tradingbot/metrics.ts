import { catalogue } from '../language/metrics.ts'
import { accountMetrics } from './account/metrics.ts'
import { exchangeMetrics } from './exchange/metrics.ts'
import { healthMetrics } from './health/metrics.ts'
import { orderMetrics } from './orders/metrics.ts'

/** Every metric of the trading bot: apart from its day and its events, the only part of its definitions that the bot itself loads. */
export const botMetrics = catalogue('tradingbot', [orderMetrics, accountMetrics, exchangeMetrics, healthMetrics])
