/** What the evidence says of an expression, the worst first. */
export type Verdict =
  /** It can never yield anything: a contract says so, or the expression itself. */
  | 'proven-dead'
  /** What it asks for is not in the evidence. */
  | 'not-seen'
  /** The evidence does not decide it. */
  | 'cannot-tell'
  /** It asks for metrics of other programs than those of the evidence. */
  | 'elsewhere'
  /** Nothing in the evidence speaks against it. */
  | 'seen'

export const verdicts: readonly Verdict[] = ['proven-dead', 'not-seen', 'cannot-tell', 'elsewhere', 'seen']

/** The worst of several; `seen` where there are none. */
export const worst = (all: readonly Verdict[]): Verdict => verdicts.find((one) => all.includes(one)) ?? 'seen'

/** Why a verdict is what it is: a part of the expression, and what is known of it. */
export interface Reason {
  readonly part: string
  readonly why: string
}

/** What is known of an expression. */
export interface Judged {
  readonly verdict: Verdict
  /** The reasons of the verdict; empty where nothing speaks against it. */
  readonly reasons: readonly Reason[]
  /** What is worth knowing and decides nothing. */
  readonly notes: readonly Reason[]
  /** The names of the metrics that it asks for. */
  readonly names: readonly string[]
}

/** A variable of a dashboard. */
export interface Variable {
  readonly name: string
  /** Its value when the dashboard was saved; null where it has none or several. */
  readonly current: string | null
}

/** One expression of a rule or a panel. */
export interface Query {
  /** Which one of several, such as a panel's `A`; empty where there is one only. */
  readonly ref: string
  readonly expr: string
  /** Where it stands, from 1; null where that is not known. */
  readonly line: number | null
  /** A label that has to be on what it yields, as `label_values()` asks for one; null where none has. */
  readonly label: string | null
  /** Why nothing can be said of it; null where it can be judged. */
  readonly closed: string | null
  /** The variables of its dashboard; null where none are filled in. */
  readonly variables: ReadonlyMap<string, Variable> | null
}

export type ItemKind = 'alert' | 'record' | 'panel' | 'variable' | 'annotation'

/** An alert, a recording rule, a panel, or what else asks Prometheus for something. */
export interface Item {
  readonly kind: ItemKind
  readonly name: string
  readonly file: string
  /** Where it stands, from 1; null where that is not known. */
  readonly line: number | null
  readonly queries: readonly Query[]
  /** Labels that a rule adds. */
  readonly labels: ReadonlyMap<string, string>
}
