import { type Defect, defect } from './defect.ts'
import { targetLabels } from './label.ts'
import { type BinaryNode, isConstant, type Node, type SelectorNode, selectors } from './node.ts'
import type { AnyPanel, ShownQuery } from './panel.ts'
import type { Step } from './runbook.ts'
import { sameNode } from './same-node.ts'
import type { Unit } from './unit.ts'

/** An alert's limit in the unit of a panel's first query. */
interface MarkedLimit {
  readonly value: number
  /** Whether values above or below it are bad. */
  readonly bad: 'above' | 'below'
}

/** A panel that an alert marks, recorded when `look(panel)` or `thresholdIn` is written. */
export interface PanelMark {
  readonly panel: AnyPanel
  /** Whether its runbook looks at the panel; the panel then links back. */
  readonly isLook: boolean
  /** Null if the panel's first query shows something other than what the alert compares, or has another dimension. */
  readonly limit: MarkedLimit | null
}

/** What an alert compares, as far as a panel can draw its limit. */
interface Compared {
  readonly when: Node
  readonly unit: Unit<string>
  readonly labels: readonly string[]
}

/** The panels that an alert marks: those its runbook looks at, in the order of its steps, then those of `thresholdIn`. */
export const panelMarks = (
  compared: Compared,
  steps: readonly Step[],
  thresholdIn: readonly AnyPanel[],
): readonly PanelMark[] => {
  const looks = steps.flatMap((step) => (step.kind === 'look' ? [step.panel] : []))
  const mark = (panel: AnyPanel, isLook: boolean): PanelMark =>
    Object.freeze({ panel, isLook, limit: limitIn(compared, panel) })
  return Object.freeze([
    ...[...new Set(looks)].map((panel) => mark(panel, true)),
    ...[...new Set(thresholdIn)].filter((panel) => !looks.includes(panel)).map((panel) => mark(panel, false)),
  ])
}

/** `thresholdIn` exists only to draw the limit, so a panel that cannot draw it is a defect. */
export const markDefects = (marks: readonly PanelMark[]): readonly Defect[] =>
  marks
    .filter(({ isLook, limit }) => !isLook && limit === null)
    .map(({ panel }) =>
      defect(
        'threshold-in',
        `its threshold cannot be drawn in the panel '${panel.title}', whose first query does not show what the alert compares`,
        'name a panel whose first query shows it in the same unit, or remove the panel from thresholdIn',
      ),
    )

function limitIn({ when, unit, labels }: Compared, panel: AnyPanel): MarkedLimit | null {
  const [shown] = panel.show
  const comparison = firstComparison(when)
  if (shown === undefined || comparison === null || shown.unit.dim !== unit.dim) return null
  const scale = (unit.num * shown.unit.den) / (unit.den * shown.unit.num)
  const value = Number((numberOf(comparison.right) * scale).toPrecision(12))
  if (!Number.isFinite(value) || isGuard(comparison, value)) return null
  const bad = sideOf(comparison, value)
  const isShown = showsAll(comparison.left, labels, shown) || showsWorst(shown.query, comparison.left, bad)
  return isShown ? Object.freeze({ value, bad }) : null
}

/** Whether a comparison only requires that the target is up, which is not what an alert is about. */
const isGuard = ({ left, op }: BinaryNode, value: number): boolean =>
  op === '==' && value === 1 && left.kind === 'selector' && left.name === 'up'

/** Whether a query shows what an alert compares at one moment, or its worst value: the highest if high is bad, the lowest if low is bad. */
function showsWorst(query: Node, compared: Node, bad: MarkedLimit['bad']): boolean {
  const extreme = extremeOf(query)
  const of = extreme?.bad === bad ? extreme.of : query
  return sameNode(compared, of) || (bad === 'above' && sameNode(momentOf(compared), of))
}

function extremeOf(query: Node): { readonly of: Node; readonly bad: MarkedLimit['bad'] } | null {
  if (query.kind !== 'aggregate' || (query.op !== 'max' && query.op !== 'min')) return null
  return { of: query.of, bad: query.op === 'max' ? 'above' : 'below' }
}

/** `max_over_time(x[1m])` is at least `x`: if `x` is too high, so is the maximum. */
function momentOf(compared: Node): Node {
  const [of] = compared.kind === 'call' && compared.fn === 'max_over_time' ? compared.args : []
  return of?.kind === 'selector' ? { ...of, range: null } : compared
}

/** Whether a panel's query selects the same series as the alert and has one curve for each series that can alert. */
function showsAll(compared: Node, labels: readonly string[], shown: ShownQuery): boolean {
  const own = (all: readonly string[]) =>
    all.filter((label) => !(targetLabels as readonly string[]).includes(label)).join()
  const asked = selectors(shown.query).map(bare)
  const isAsked = (wanted: SelectorNode) => asked.some((one) => sameNode(one, bare(wanted)))
  return (
    own(labels) === own(shown.labels) && selectors(compared).every((wanted) => wanted.name === 'up' || isAsked(wanted))
  )
}

/** A selector without its window. */
const bare = (of: SelectorNode): SelectorNode => ({ ...of, range: null, offset: null })

function sideOf({ op }: BinaryNode, value: number): 'above' | 'below' {
  if (op === '==') return value === 0 ? 'below' : 'above'
  return op === '>' || op === '>=' ? 'above' : 'below'
}

/** The comparison with a number that is read first: the one the alert is about. */
function firstComparison(node: Node): BinaryNode | null {
  if (node.kind !== 'binary') return null
  if (node.op === 'and' || node.op === 'or' || node.op === 'unless') return firstComparison(node.left)
  return /^([<>]=?|==)$/.test(node.op) && isConstant(node.right) ? node : null
}

function numberOf(node: Node): number {
  if (node.kind === 'number') return node.value
  if (node.kind === 'unary') return node.op === '-' ? -numberOf(node.of) : numberOf(node.of)
  if (node.kind === 'binary' && node.op === '/') return numberOf(node.left) / numberOf(node.right)
  if (node.kind === 'binary' && node.op === '*') return numberOf(node.left) * numberOf(node.right)
  return Number.NaN
}
