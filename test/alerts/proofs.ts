import { anomaly } from './anomaly.ts'
import type { Proofs } from './case.ts'
import { contractProofs } from './contract.ts'
import { exchange } from './exchange.ts'
import { execution } from './execution.ts'
import { health } from './health.ts'
import { onchain } from './onchain.ts'
import { position } from './position.ts'
import { processProofs } from './process.ts'
import { watchers } from './watchers.ts'
import { limits } from './written.ts'

/** The proof of each alert of mcbot, by the alert's name. */
export const proofs: Proofs = Object.freeze({
  ...health,
  ...exchange,
  ...execution,
  ...position,
  ...processProofs,
  ...anomaly,
  ...onchain,
  ...watchers,
  ...contractProofs(limits),
})
