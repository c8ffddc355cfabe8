/** The four value types of PromQL. */
export type ValueType = 'scalar' | 'string' | 'vector' | 'matrix'

/** The types a function takes and returns; `optional` counts the trailing arguments that may be omitted, Infinity allows any number of the last. */
export interface Signature {
  readonly takes: readonly ValueType[]
  readonly optional: number
  readonly gives: ValueType
  /** The feature flag without which Prometheus rejects it. */
  readonly flag: string | null
}

const experimental = 'promql-experimental-functions'

const signature = (
  takes: readonly ValueType[],
  gives: ValueType = 'vector',
  optional = 0,
  flag: string | null = null,
): Signature => Object.freeze({ takes: Object.freeze(takes), optional, gives, flag })

const all = (names: string, of: Signature) => names.split(' ').map((name) => [name, of] as const)

/** Every function of Prometheus 3, by name. */
export const functions: ReadonlyMap<string, Signature> = new Map([
  ...all(
    'abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor ln log10 log2 rad sgn sin sinh sort sort_desc sqrt tan tanh timestamp',
    signature(['vector']),
  ),
  ...all('histogram_avg histogram_count histogram_stddev histogram_stdvar histogram_sum', signature(['vector'])),
  ...all(
    'absent_over_time avg_over_time changes count_over_time delta deriv idelta increase irate last_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time',
    signature(['matrix']),
  ),
  ...all(
    'first_over_time mad_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time',
    signature(['matrix'], 'vector', 0, experimental),
  ),
  ...all(
    'day_of_month day_of_week day_of_year days_in_month hour minute month year',
    signature(['vector'], 'vector', 1),
  ),
  ['clamp', signature(['vector', 'scalar', 'scalar'])],
  ['clamp_max', signature(['vector', 'scalar'])],
  ['clamp_min', signature(['vector', 'scalar'])],
  ['double_exponential_smoothing', signature(['matrix', 'scalar', 'scalar'], 'vector', 0, experimental)],
  ['histogram_fraction', signature(['scalar', 'scalar', 'vector'])],
  ['histogram_quantile', signature(['scalar', 'vector'])],
  ...all('end range start step', signature([], 'scalar', 0, experimental)),
  [
    'histogram_quantiles',
    signature(['vector', 'string', ...Array<'scalar'>(10).fill('scalar')], 'vector', 9, experimental),
  ],
  ['info', signature(['vector', 'vector'], 'vector', 1, experimental)],
  ['label_join', signature(['vector', 'string', 'string', 'string'], 'vector', Infinity)],
  ['label_replace', signature(['vector', 'string', 'string', 'string', 'string'])],
  ...all('max_of min_of', signature(['scalar', 'scalar'], 'scalar', 0, experimental)),
  ['pi', signature([], 'scalar')],
  ['predict_linear', signature(['matrix', 'scalar'])],
  ['quantile_over_time', signature(['scalar', 'matrix'])],
  ['round', signature(['vector', 'scalar'], 'vector', 1)],
  ['scalar', signature(['vector'], 'scalar')],
  ['start_timestamp', signature(['vector'], 'vector', 0, experimental)],
  ...all('sort_by_label sort_by_label_desc', signature(['vector', 'string'], 'vector', Infinity, experimental)),
  ['time', signature([], 'scalar')],
  ['vector', signature(['scalar'])],
])

interface Aggregation {
  readonly param: 'scalar' | 'string' | null
  readonly flag: string | null
}
const aggregation = (names: string, param: Aggregation['param'], flag: string | null = null) =>
  names.split(' ').map((op) => [op, Object.freeze({ param, flag })] as const)

/** The parameter of each aggregation besides its vector; null if it has none. */
export const aggregations: ReadonlyMap<string, Aggregation> = new Map<string, Aggregation>([
  ...aggregation('sum avg count min max group stddev stdvar', null),
  ...aggregation('topk bottomk quantile', 'scalar'),
  ...aggregation('count_values', 'string'),
  ...aggregation('limitk limit_ratio', 'scalar', experimental),
])
