import type { Age, Counter, Gauge, Histogram, Info, Metric, StateSet } from './metric.ts'

/** One card of a bot's own status page: a title, and what it shows of one metric. */
export interface Card {
  readonly title: string
  readonly of: Metric
  /**
   * `value` is one number, the sum of all series; `series` a line for each; `quantiles` p50, p95 and p99 of a histogram
   * over the last minutes.
   */
  readonly show: 'value' | 'series' | 'quantiles'
  /** Only series with these label values. */
  readonly where: Readonly<Record<string, string>>
  /** Whether above zero is good and below is bad, as with PnL. */
  readonly signed: boolean
}

/** The page that the bot itself serves; in the order of its cards. */
export interface StatusPage {
  readonly title: string
  readonly cards: readonly Card[]
}

type Shown = Counter<{}, string> | Gauge<{}, string> | Age<{}> | Info<{}> | StateSet<string>
type LabelsOf<M> = M extends { readonly labels: infer L } ? keyof L & string : never

/** A counter or gauge as one number, a state or info as its words; a metric that adds up to nothing as a line for each series. */
export const card = <M extends { readonly kind: Shown['kind']; readonly labels: object }>(
  title: string,
  of: M,
  options: {
    readonly where?: { readonly [K in LabelsOf<M>]?: string }
    readonly signed?: true
    readonly each?: true
  } = {},
): Card => {
  // The words take metrics by their own types; here one of any kind is looked at.
  const metric = of as unknown as Metric
  return Object.freeze({
    title,
    of: metric,
    show: options.each === true || !metric.additive ? 'series' : 'value',
    where: Object.freeze({ ...(options.where as Record<string, string> | undefined) }),
    signed: options.signed === true,
  })
}

/** p50, p95 and p99 of what a histogram observed in the last minutes, over all its series. */
export const quantiles = (
  title: string,
  of: { readonly kind: 'histogram' } & Pick<Histogram<{}, string, boolean>, 'buckets'>,
): Card =>
  Object.freeze({ title, of: of as unknown as Metric, show: 'quantiles', where: Object.freeze({}), signed: false })

/** The status page of a bot. */
export const statusPage = (title: string, cards: readonly Card[]): StatusPage =>
  Object.freeze({ title, cards: Object.freeze([...cards]) })
