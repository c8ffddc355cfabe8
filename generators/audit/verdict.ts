/** What the evidence says about an expression, the worst first. */
export type Verdict =
  /** It can never return anything: a contract or the expression itself shows it. */
  | 'proven-dead'
  /** What it queries is not in the evidence. */
  | 'not-seen'
  /** The evidence does not settle it. */
  | 'cannot-tell'
  /** It queries metrics of programs that the evidence does not cover. */
  | 'elsewhere'
  /** Nothing in the evidence speaks against it. */
  | 'seen'

export const verdicts: readonly Verdict[] = ['proven-dead', 'not-seen', 'cannot-tell', 'elsewhere', 'seen']

/** The worst of several; `seen` if there are none. */
export const worst = (all: readonly Verdict[]): Verdict => verdicts.find((one) => all.includes(one)) ?? 'seen'

/** The reason of a verdict: a part of the expression, and what is known about it. */
export interface VerdictReason {
  readonly part: string
  readonly why: string
}

/** What is known about an expression. */
export interface QueryVerdict {
  readonly verdict: Verdict
  /** The reasons of the verdict; empty if nothing speaks against it. */
  readonly reasons: readonly VerdictReason[]
  /** Notes that do not affect the verdict. */
  readonly notes: readonly VerdictReason[]
  /** The names of the metrics that it uses. */
  readonly names: readonly string[]
}

/** A variable of a dashboard. */
export interface DashboardVariable {
  readonly name: string
  /** Its value when the dashboard was saved; null if it has none or several. */
  readonly current: string | null
}

/** One expression of a rule or a panel. */
export interface ItemQuery {
  /** Which one of several, such as a panel's `A`; empty if there is only one. */
  readonly ref: string
  readonly expr: string
  /** Its line, from 1; null if unknown. */
  readonly line: number | null
  /** A label that its result must have, as for `label_values()`; null if none. */
  readonly label: string | null
  /** A verdict that its file alone decides; null if its expression is judged. */
  readonly closed: (VerdictReason & { readonly verdict: Verdict }) | null
  /** The variables of its dashboard; null if none are filled in. */
  readonly variables: ReadonlyMap<string, DashboardVariable> | null
  /** Notes that its file alone gives. */
  readonly notes: readonly VerdictReason[]
  /** Whether its result alone decides if an alert fires. */
  readonly decides: boolean
}

export type ItemKind = 'alert' | 'record' | 'panel' | 'variable' | 'annotation'

/** An alert, a recording rule, a panel, or anything else that queries Prometheus. */
export interface Item {
  readonly kind: ItemKind
  readonly name: string
  readonly file: string
  /** Its line, from 1; null if unknown. */
  readonly line: number | null
  readonly queries: readonly ItemQuery[]
  /** Labels that a rule adds. */
  readonly labels: ReadonlyMap<string, string>
}
