// The parts of the language that a bot does not load; those that it loads are in metrics.ts.
export { type Alert, type AlertKind, type AnyAlert, absence, alert, alerts } from './alert.ts'
export { type Allow, allow } from './allow.ts'
export { type AlertsManager, type Bot, bot, type Environment, type FixedTarget } from './bot.ts'
export type { CheckCode } from './check-code.ts'
export { type AnyDashboard, type Dashboard, dashboard, type Link, type Row } from './dashboard.ts'
export type { Day } from './day.ts'
export { type Deviation, deviation } from './deviation.ts'
export { auto, type Duration, type Window } from './duration.ts'
export type { Glossary } from './glossary.ts'
export type { Limit, ShownLimit } from './limit.ts'
export { allLines, type Lines, type LinesCondition, type LinesFigure, lines, missingLines } from './lines.ts'
export type { LineCondition, LineFigure, LineFilter } from './log-query.ts'
export type { Matcher, Matching, Node, Op } from './node.ts'
export type { OutputName } from './output.ts'
export {
  type AnyPanel,
  barGauge,
  type Colour,
  gauge,
  heatmap,
  logs,
  type Meanings,
  markdown,
  type PanelKind,
  pie,
  type ShownQuery,
  stat,
  stateTimeline,
  table,
  timeseries,
} from './panel.ts'
export * from './query/aggregate.ts'
export { type Door, promql } from './query/door.ts'
export * from './query/functions.ts'
export { type Ask, not } from './query/matcher.ts'
export { type RecordedSeries, type Series, series } from './query/series.ts'
export type { Comparison, Condition, Scalar, Vector } from './query/vector.ts'
export * from './query/window.ts'
export { type AnyRecord, type Record, record, records } from './record.ts'
export { act, check, decide, look, note, type Runbook, run, type Step } from './runbook.ts'
export { type Budget, type Scenario, scenario } from './scenario.ts'
export type { Severity } from './severity.ts'
export { type Channel, type Images, images, type Ports, type Stack, stack, type Tell } from './stack.ts'
export { figure, text } from './text.ts'
export { type Tier, tier, tiers } from './tiers.ts'
export * from './unit.ts'
export { labelValues, type Variable } from './variable.ts'
export { watchdog } from './watchdog.ts'
