import type { Age, Counter, Gauge, Histogram, Info, Metric, StateSet } from './metric.ts'

/** One card of a bot's status page: a title and a view of one metric. */
export interface Card {
  readonly title: string
  readonly of: Metric
  /**
   * `value` shows one number, the sum of all series; `series` one line per series; `quantiles` p50, p95 and p99 of a histogram
   * over the last fifteen minutes.
   */
  readonly show: 'value' | 'series' | 'quantiles'
  /** Shows only series with these label values. */
  readonly where: Readonly<Record<string, string>>
  /** Whether positive values are good and negative ones bad, as for PnL. */
  readonly signed: boolean
}

/** The status page that the bot serves, with its cards in order. */
export interface StatusPage {
  readonly title: string
  readonly cards: readonly Card[]
}

type Shown = Counter<{}, string> | Gauge<{}, string> | Age<{}> | Info<{}> | StateSet<string>
type LabelsOf<M> = M extends { readonly labels: infer L } ? keyof L & string : never

/** A card with a counter or gauge as one number, or a state set or info as text; a metric that is not additive gets one line per series. */
export const card = <M extends { readonly kind: Shown['kind']; readonly labels: object }>(
  title: string,
  of: M,
  options: {
    readonly where?: { readonly [K in LabelsOf<M>]?: string }
    readonly signed?: true
    readonly each?: true
  } = {},
): Card => {
  // The parameter has the metric's own type; from here on any kind is handled.
  const metric = of as unknown as Metric
  return Object.freeze({
    title,
    of: metric,
    show: options.each === true || !metric.additive ? 'series' : 'value',
    where: Object.freeze({ ...(options.where as Record<string, string> | undefined) }),
    signed: options.signed === true,
  })
}

/** A card with p50, p95 and p99 of a histogram over the last fifteen minutes, over all its series. */
export const quantiles = (
  title: string,
  of: { readonly kind: 'histogram' } & Pick<Histogram<{}, string, boolean>, 'buckets'>,
): Card =>
  Object.freeze({ title, of: of as unknown as Metric, show: 'quantiles', where: Object.freeze({}), signed: false })

/** Defines the status page of a bot. */
export const statusPage = (title: string, cards: readonly Card[]): StatusPage =>
  Object.freeze({ title, cards: Object.freeze([...cards]) })
