export type { Auth } from './auth.ts'
export type { Registry } from './client.ts'
export { createMetrics, type MetricsOptions } from './create-metrics.ts'
export type { Format } from './format.ts'
export type {
  AgeHandle,
  BoundAge,
  BoundCounter,
  BoundGauge,
  BoundHistogram,
  CommonMethods,
  CounterHandle,
  GaugeHandle,
  HandleOf,
  Handles,
  HistogramHandle,
  InfoHandle,
  LabelValues,
  Metrics,
  StateSetHandle,
} from './handles.ts'
export type { Mode } from './mode.ts'
export type { Reason, Refusal } from './refusals.ts'
export { type HandlerOptions, type RequestHandler, requestHandler } from './request-handler.ts'
export { createRestartQuiet, type RestartQuiet, type RestartQuietOptions } from './restart/restart-quiet.ts'
export { type ServeOptions, type Serving, serve } from './serve.ts'
export type { BeginWarmUp } from './warm-up.ts'
