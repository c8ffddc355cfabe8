import { createHash } from 'node:crypto'
import { contractText } from './contract-form.ts'
import type { Metric } from './metric.ts'

/** Names a set of metrics by what a bot and its rules have to agree on. */
export const contractHash = (metrics: readonly Metric[]): string =>
  `sha256:${createHash('sha256').update(contractText(metrics)).digest('hex')}`
