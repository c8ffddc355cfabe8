import type { Proofs } from '../case.ts'
import { processProofs } from '../process.ts'
import { watcherProofs } from '../watchers.ts'
import { accountProofs } from './account.ts'
import { bookProofs } from './books.ts'
import { exchangeProofs } from './exchange.ts'
import { healthProofs } from './health.ts'
import { latencyProofs } from './latency.ts'
import { legProofs } from './legs.ts'
import { limitProofs } from './limits.ts'

/** What proves each alert of arbot on metrics, by the alert's name. */
export const proofs: Proofs = Object.freeze({
  ...healthProofs,
  ...exchangeProofs,
  ...latencyProofs,
  ...limitProofs,
  ...legProofs,
  ...accountProofs,
  ...bookProofs,
  ...processProofs('arbot'),
  ...watcherProofs('arbot'),
})
