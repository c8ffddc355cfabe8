// A bot that makes one mistake, run as a process of its own by mode.test.ts.
import { createMetrics } from '../../runtime/index.ts'
import { declared } from './fixture.ts'

try {
  createMetrics(declared).bars_total.inc(-1)
  console.log('went on')
} catch {
  console.log('threw')
}
