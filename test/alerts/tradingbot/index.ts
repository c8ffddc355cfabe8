import type { Proofs } from '../case.ts'
import { processProofs } from '../process.ts'
import { watcherProofs } from '../watchers.ts'
import { accountProofs } from './account.ts'
import { exchangeProofs } from './exchange.ts'
import { healthProofs } from './health.ts'
import { orderProofs } from './orders.ts'

/** What proves each alert of tradingbot on metrics, by the alert's name; alerts on lines are proven against a real store. */
export const proofs: Proofs = Object.freeze({
  ...healthProofs,
  ...accountProofs,
  ...orderProofs,
  ...exchangeProofs,
  ...processProofs('tradingbot'),
  ...watcherProofs('tradingbot'),
})
