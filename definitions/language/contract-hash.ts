import { createHash } from 'node:crypto'
import { contractText } from './contract-form.ts'
import type { Metric } from './metric.ts'

/** The contract hash of a set of metrics: `sha256:` and 64 hexadecimal digits. */
export const contractHash = (metrics: readonly Metric[]): string =>
  `sha256:${createHash('sha256').update(contractText(metrics)).digest('hex')}`
