// The part of the language that a bot loads: data only, without builder, SDK or zod.
export { type Allow, allow } from './allow.ts'
export { type Catalogue, catalogue, external, type OpenLabels } from './catalogue.ts'
export type { Day } from './day.ts'
export type { Defect } from './defect.ts'
export { type Deviation, deviation } from './deviation.ts'
export {
  isOpen,
  type Label,
  type Labels,
  type OneOf,
  type Open,
  oneOf,
  open,
  type TargetLabel,
  targetLabels,
  type Value,
} from './label.ts'
export {
  booleanField,
  type Field,
  type Fields,
  type FieldValues,
  type LogEvent,
  type LogLevel,
  logEvent,
  logEvents,
  numberField,
  stringField,
} from './log-event.ts'
export {
  type Age,
  type AnyDeclaration,
  age,
  type Counter,
  counter,
  type Gauge,
  gauge,
  type Histogram,
  histogram,
  type Info,
  info,
  type MayBeAbsent,
  type Metric,
  type MetricKind,
  type StateSet,
  stateSet,
} from './metric.ts'
export { type Card, card, quantiles, type StatusPage, statusPage } from './status.ts'
export * from './unit.ts'
export { restartReasons, watchdogMetrics } from './watchdog-metrics.ts'
