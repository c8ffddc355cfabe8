import type { Proofs } from '../case.ts'
import { watcherProofs } from '../watchers.ts'
import { anomalyProofs } from './anomaly.ts'
import { eventProofs } from './events.ts'
import { exchangeProofs } from './exchange.ts'
import { executionProofs } from './execution.ts'
import { healthProofs } from './health.ts'
import { limitProofs } from './limits.ts'
import { liquidationProofs } from './liquidation.ts'
import { onchainProofs } from './onchain.ts'
import { peakProofs } from './peak.ts'
import { positionProofs } from './position.ts'
import { processProofs } from './process.ts'

/** What proves each alert of mcbot, by the alert's name; the alerts on its contract use the cases shared by all bots. */
export const proofs: Proofs = Object.freeze({
  ...healthProofs,
  ...eventProofs,
  ...exchangeProofs,
  ...limitProofs,
  ...executionProofs,
  ...positionProofs,
  ...liquidationProofs,
  ...peakProofs,
  ...processProofs,
  ...anomalyProofs,
  ...onchainProofs,
  ...watcherProofs('mcbot'),
})
