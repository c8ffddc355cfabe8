export { createPeak, type Peak, type PeakOptions } from './peak.ts'
