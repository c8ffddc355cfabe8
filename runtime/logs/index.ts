export { redacted } from '../../definitions/language/log-line.ts'
export { createLog, type Log, type LogEvents, type Logging, type LogOptions } from './create-log.ts'
export type { LogFile } from './destinations.ts'
