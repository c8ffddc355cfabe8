import type { Proofs } from '../case.ts'
import { anomaly } from './anomaly.ts'
import { exchange } from './exchange.ts'
import { execution } from './execution.ts'
import { health } from './health.ts'
import { onchain } from './onchain.ts'
import { position } from './position.ts'
import { processProofs } from './process.ts'
import { watchers } from './watchers.ts'

/** What proves each alert of mcbot, by the alert's name; the alerts about its contract have the cases of every bot. */
export const proofs: Proofs = Object.freeze({
  ...health,
  ...exchange,
  ...execution,
  ...position,
  ...processProofs,
  ...anomaly,
  ...onchain,
  ...watchers,
})
