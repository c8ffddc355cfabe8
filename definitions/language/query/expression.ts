import { bucketUpTo } from '../bucket.ts'
import { type Defect, defect } from '../defect.ts'
import { type Duration, durationDefects, type Window } from '../duration.ts'
import { targetLabels } from '../label.ts'
import type { Metric } from '../metric.ts'
import { call, type Matching, type Node, number, type Op, type SelectorNode, selector, string } from '../node.ts'
import { flag, items, type Quantity, type Unit } from '../unit.ts'
import { isPlain, minus, mixed, over, perSecondUnit, times } from './dimension.ts'
import { matcher, not } from './matcher.ts'
import type { ExpressionKind, ExpressionParts, Operand } from './result.ts'
import { aggregation, combine, comparisons, sortLabels, unitOf } from './result.ts'

/** The one class of the builder; its types are the interfaces of vector.ts and series.ts. */
export class Expression implements ExpressionParts {
  declare readonly node: Node
  declare readonly unit: Unit<string>
  declare readonly labels: readonly string[]
  declare readonly kind: ExpressionKind
  declare readonly defects: readonly Defect[]
  declare readonly metric: Metric | null
  declare readonly name: string
  declare readonly pending: ExpressionParts['pending']
  declare readonly matching: Matching | null

  constructor(made: ExpressionParts) {
    Object.assign(this, made, {
      labels: Object.freeze(sortLabels(made.labels)),
      defects: Object.freeze([...new Set(made.defects)]),
    })
    Object.freeze(this)
  }

  gt(right: Operand) {
    return this.combined('>', right, this.unit)
  }
  gte(right: Operand) {
    return this.combined('>=', right, this.unit)
  }
  lt(right: Operand) {
    return this.combined('<', right, this.unit)
  }
  lte(right: Operand) {
    return this.combined('<=', right, this.unit)
  }
  eq(right: Operand) {
    return this.combined('==', right, this.unit)
  }
  neq(right: Operand) {
    return this.combined('!=', right, this.unit)
  }
  plus(right: Operand) {
    return this.combined('+', right, this.unit)
  }
  minus(right: Operand) {
    return this.combined('-', right, minus(this.unit))
  }
  times(right: Operand) {
    return this.combined('*', right, times(this.unit, unitOf(right)))
  }
  div(right: Operand) {
    return this.combined('/', right, typeof right === 'number' ? this.unit : over(this.unit, unitOf(right)))
  }
  mod(right: Operand) {
    return this.combined('%', right, this.unit)
  }
  pow(power: number) {
    return this.combined('^', power, isPlain(this.unit.dim) ? this.unit : mixed)
  }
  and(right: Operand) {
    return this.combined('and', right, this.unit)
  }
  or(right: Operand) {
    return this.combined('or', right, this.unit)
  }
  unless(right: Operand) {
    return this.combined('unless', right, this.unit)
  }

  on(...labels: string[]) {
    return derive(this, { matching: matching('on', labels) })
  }
  ignoring(...labels: string[]) {
    return derive(this, { matching: matching('ignoring', labels) })
  }
  group_left(...include: string[]) {
    return derive(this, { matching: grouped(this, 'left', include) })
  }
  group_right(...include: string[]) {
    return derive(this, { matching: grouped(this, 'right', include) })
  }

  by(...labels: string[]) {
    const { op, of, param, keep } = pendingOf(this)
    return this.aggregated(op, of, param, 'by', [...keep, ...labels], keep)
  }
  without(...labels: string[]) {
    const { op, of, param, keep } = pendingOf(this)
    return this.aggregated(op, of, param, 'without', labels, keep)
  }
  across(...labels: string[]) {
    const { op, of, param, keep } = pendingOf(this)
    const kept = keep.filter((label) => !labels.includes(label))
    return this.aggregated(op, of, param, 'by', kept, kept)
  }

  where(matchers: Record<string, unknown>) {
    const made = this.matched(matchers)
    if (this.kind !== 'stateSet' || !Object.hasOwn(matchers, this.name)) return made
    const wrong = defect(
      'state-set-label',
      `${this.name} is filtered by its own label, which holds the states of a state set`,
      'write .is(state), .isNot(state) or .current',
    )
    return derive(made, { defects: [...made.defects, wrong] })
  }
  matched(matchers: Record<string, unknown>) {
    const made = Object.entries(matchers)
      .filter(([, ask]) => ask !== undefined)
      .map(([label, ask]) => matcher(label, ask))
    const node = selectorOf(this)
    return derive(this, {
      node: Object.freeze({ ...node, matchers: Object.freeze([...node.matchers, ...made.map((m) => m.matcher)]) }),
      defects: [...this.defects, ...made.flatMap((m) => m.defects)],
    })
  }
  offset(by: Duration) {
    const defects = [...this.defects, ...durationDefects(by, 'offset')]
    if (this.node.kind === 'selector' || this.node.kind === 'subquery')
      return derive(this, { node: Object.freeze({ ...this.node, offset: by }), defects })
    return derive(this, {
      defects: [
        ...defects,
        defect('offset', 'offset can only follow a selector or a subquery', 'put it on the metrics inside'),
      ],
    })
  }
  over(range: Window, step: Window | null = null) {
    const { node } = this
    const defects = [
      ...this.defects,
      ...durationDefects(range, 'over'),
      ...(step === null ? [] : durationDefects(step, 'over')),
    ]
    const plain = node.kind === 'selector' && node.range === null && step === null
    const ranged: Node = plain
      ? { ...node, range }
      : { kind: 'subquery', of: node, range, step, offset: null, at: null }
    return derive(this, { node: Object.freeze(ranged), kind: 'range', defects, metric: null })
  }
  as(unit: Unit<string>) {
    return derive(this, { unit, kind: 'vector' })
  }

  is(state: string) {
    return this.matched({ [this.name]: state }).eq(1)
  }
  isNot(state: string) {
    return this.matched({ [this.name]: not(state) }).eq(1)
  }
  get current() {
    return this.combined('==', 1, this.unit)
  }
  get condition() {
    return this.kind === 'condition'
  }
  get buckets() {
    return this.kind === 'buckets'
  }
  get bool() {
    const { node } = this
    if (node.kind === 'binary' && comparisons.has(node.op))
      return derive(this, { node: Object.freeze({ ...node, bool: true }), unit: flag, kind: 'vector' })
    const wrong = defect(
      'bool',
      '.bool applies only to a comparison, not to and, or, unless',
      'write .bool on each side',
    )
    return derive(this, { unit: flag, kind: 'vector', defects: [...this.defects, wrong] })
  }
  get total() {
    return derive(this, { kind: 'gauge' })
  }
  get count() {
    return this.metric?.signed === true ? this.bucket('+Inf') : this.suffixed('_count', items)
  }
  upTo(bound: Quantity<string> | number) {
    return this.bucket(...bucketUpTo(this.metric as Metric, bound))
  }
  bucket(le: string, defects: readonly Defect[] = []) {
    const made = this.suffixed('_bucket', items).where({ le })
    return derive(made, { labels: [...this.labels, 'le'], defects: [...made.defects, ...defects] })
  }
  get sum() {
    const made = this.suffixed('_sum', this.unit)
    if (this.metric?.signed !== true) return made
    const wrong = defect(
      'histogram-signed-sum',
      `${this.metric.name} has a negative bucket bound and no sum, because the sum could go down`,
      'use its .count or a quantile',
    )
    return derive(made, { defects: [...made.defects, wrong] })
  }

  suffixed(suffix: string, unit: Unit<string>) {
    const node = selectorOf(this)
    return derive(this, {
      node: Object.freeze({ ...node, name: node.name + suffix }),
      unit,
      kind: 'counter',
      pending: null,
    })
  }

  combined(op: Op, right: Operand, unit: Unit<string>) {
    return expression(combine(op, this, right, unit))
  }
  aggregated(...given: Parameters<typeof aggregation>) {
    return expression(aggregation(...given))
  }
}

/** Creates an expression; most parts have a default. */
export const expression = (made: Partial<ExpressionParts> & { readonly kind: ExpressionKind }): Expression =>
  new Expression({
    node: made.name === undefined ? number(0) : selector(made.name),
    unit: items,
    labels: [],
    defects: [],
    metric: null,
    name: '',
    pending: null,
    matching: null,
    ...made,
  })

/** The selector of a metric, with the labels that the scrape adds. */
export const metricExpression = (metric: Metric): Expression =>
  expression({
    kind: metric.kind,
    name: metric.name,
    metric,
    unit: metric.unit,
    labels: [...Object.keys(metric.labels), ...targetLabels],
  })

/** A function call, with the labels of its vector argument. */
export function callExpression(
  fn: string,
  of: Expression,
  args: readonly Node[],
  unit: Unit<string>,
  changes: Partial<ExpressionParts> = {},
): Expression {
  const { labels, defects } = of
  return expression({ kind: 'vector', node: call(fn, ...args), unit, labels, defects, ...changes })
}

/** A function over a window of a metric: rate(), increase(), delta(). */
export function windowExpression(fn: string, of: Expression, window: Window, perSecond: boolean): Expression {
  const node = selectorOf(of)
  const histogram = of.kind === 'histogram'
  const ranged: SelectorNode = Object.freeze({
    ...node,
    name: histogram ? `${node.name}_bucket` : node.name,
    range: window,
  })
  return callExpression(fn, of, [ranged], perSecond && !histogram ? perSecondUnit(of.unit) : of.unit, {
    kind: histogram ? 'buckets' : 'vector',
    defects: [...of.defects, ...durationDefects(window, `${fn}(${node.name})`)],
  })
}

/** An aggregation that keeps `bot` and `env` if its operand has them, and `le` for buckets. */
export function aggregateExpression(op: string, of: Expression, param: Node | null = null): Expression {
  const keep = ['bot', 'env'].filter((label) => of.labels.includes(label))
  return expression(aggregation(op, of, param, 'by', keep, keep))
}

/** The same expression with some parts changed; a pending aggregation is closed. */
export const derive = (of: Expression, changes: Partial<ExpressionParts>): Expression =>
  new Expression({ ...of, pending: null, ...changes })
const matching = (word: 'on' | 'ignoring', labels: readonly string[]): Matching =>
  Object.freeze({ word, labels: Object.freeze(sortLabels(labels)), group: null, include: Object.freeze([]) })

function grouped(of: Expression, group: 'left' | 'right', include: readonly string[]): Matching {
  if (of.matching === null) throw new Error('this is a bug in botwatch: group_left() without on()')
  return Object.freeze({ ...of.matching, group, include: Object.freeze(sortLabels(include)) })
}
function pendingOf(of: Expression): NonNullable<ExpressionParts['pending']> {
  if (of.pending === null) throw new Error('this is a bug in botwatch: by() without an aggregation')
  return of.pending
}
function selectorOf(of: Expression): SelectorNode {
  if (of.node.kind !== 'selector') throw new Error('this is a bug in botwatch: where() without a selector')
  return of.node
}

/** A string argument of a function. */
export const stringArgument = (text: string): Node => string(text)
