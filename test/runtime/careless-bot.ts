// A bot with one mistake; mode.test.ts runs it in a separate process.
import { createMetrics } from '../../runtime/index.ts'
import { runtimeMetrics } from './fixture.ts'

try {
  createMetrics(runtimeMetrics).bars_total.inc(-1)
  console.log('continued')
} catch {
  console.log('threw')
}
