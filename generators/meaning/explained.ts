import type { Node, Op } from '../../definitions/language/node.ts'
import { type Parsed, parse, type Span } from '../promql/parse.ts'
import { print } from '../promql/print.ts'
import { describeUnit } from './describe.ts'
import type { Meaning } from './meaning.ts'

/** Something that is wrong with an expression, and where in its text. */
export interface Remark extends Span {
  readonly code: 'syntax' | 'feature-flag' | 'never-matches' | 'dimension'
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly fix: string
}

/** What is known of an expression that somebody wrote. */
export interface Explained {
  readonly text: string
  /** Null where it cannot be read. */
  readonly canonical: string | null
  readonly meaning: Meaning | null
  readonly remarks: readonly Remark[]
}

/** Reads an expression and finds its meaning and its mistakes; `flags` are the feature flags that are set. */
export function explained(text: string, meaningOf: (node: Node) => Meaning, flags: readonly string[] = []): Explained {
  const parsed = parse(text)
  if (!parsed.ok) {
    const remarks = parsed.mistakes.map((mistake) => ({
      ...mistake,
      code: 'syntax' as const,
      severity: 'error' as const,
    }))
    return { text, canonical: null, meaning: null, remarks }
  }
  const meaning = meaningOf(parsed.node)
  return {
    text,
    canonical: print(parsed.node),
    meaning,
    remarks: [...flagged(parsed, flags), ...remarksOn(meaning, spanIn(parsed, text))],
  }
}

type Read = Extract<Parsed, { readonly ok: true }>
const spanIn =
  (parsed: Read, text: string) =>
  (node: Node): Span =>
    parsed.spans.get(node) ?? { from: 0, to: text.length }

const flagged = (parsed: Read, set: readonly string[]): readonly Remark[] =>
  parsed.flags
    .filter(({ flag }) => !set.includes(flag))
    .map(({ what, flag, from, to }) => ({
      code: 'feature-flag',
      severity: 'error',
      message: `${what} needs the feature flag ${flag}`,
      fix: 'set it, or write it without',
      from,
      to,
    }))

function remarksOn(meaning: Meaning, spanOf: (node: Node) => Span): readonly Remark[] {
  const here: Remark[] = []
  const say = (code: Remark['code'], message: string, fix = '') =>
    here.push({ code, severity: 'error', message, fix, ...spanOf(meaning.node) })
  if (meaning.never !== null && meaning.of.every(({ never }) => never === null)) say('never-matches', meaning.never)
  const [left, right] = meaning.of
  if (meaning.node.kind === 'binary' && sameUnits.has(meaning.node.op) && left !== undefined && right !== undefined) {
    const [a, b] = [left.unit, right.unit]
    if (
      a !== null &&
      b !== null &&
      a.dim !== 'mixed' &&
      b.dim !== 'mixed' &&
      a.dim !== b.dim &&
      !isShareOfTime(a.dim, b.dim)
    )
      say(
        'dimension',
        `${meaning.node.op} stands between ${describeUnit(left)} and ${describeUnit(right)}`,
        'compare what has the same dimension',
      )
  }
  return [...meaning.of.flatMap((of) => remarksOn(of, spanOf)), ...here]
}
const sameUnits = new Set<Op>(['+', '-', '==', '!=', '>', '<', '>=', '<='])
/** Seconds a second are a share. */
const isShareOfTime = (a: string, b: string) => [a, b].sort().join() === 'ratio,time/s'
