import { auto } from '../../definitions/language/duration.ts'
import type { Node } from '../../definitions/language/node.ts'
import { type Analysis, analysis } from '../meaning/analyse.ts'
import type { Meaning } from '../meaning/meaning.ts'
import type { SeriesFamily, World } from '../meaning/world.ts'
import { type ParseResult, parse } from '../promql/parse.ts'
import type { FlaggedPart } from '../promql/parse-state.ts'
import type { ParseError, Span } from '../promql/tokens.ts'

/** Where an expression is used; `query` is one on its own. */
export type Role = 'alert' | 'record' | 'panel' | 'query'

/** What is known about the place where an expression is used. */
export interface ExpressionUse {
  readonly role: Role
  /** How long its condition has to hold, in milliseconds; 0 if it fires immediately. */
  readonly for: number
  /** How long samples are kept, in milliseconds; null if unknown. */
  readonly retention: number | null
  /** The labels that route alerts, such as `bot` and `env`. */
  readonly identity: readonly string[]
  /** The feature flags that the server has enabled. */
  readonly flags: readonly string[]
}

export const standaloneUse: ExpressionUse = Object.freeze({
  role: 'query',
  for: 0,
  retention: null,
  identity: [],
  flags: [],
})

/** A parsed expression and what is known about it: the input of the checks. */
export interface AnalysedExpression {
  readonly text: string
  readonly node: Node
  readonly meaning: Meaning
  readonly use: ExpressionUse
  readonly world: World
  /** The feature flags it needs. */
  readonly flags: readonly FlaggedPart[]
  /** Every meaning in it, parents before children. */
  readonly all: readonly Meaning[]
  /** The parents of a part, nearest first. */
  readonly above: (of: Meaning) => readonly Meaning[]
  /** Where a part is in the text. */
  readonly spanOf: (of: Meaning) => Span
  /** The series of a name; null if there are none. */
  readonly family: (name: string) => SeriesFamily | null
  /** What a recording rule records; null if there is no rule of that name. */
  readonly record: (name: string) => Meaning | null
}

/** A parsed expression, or the errors in it. */
type AnalysisResult = AnalysedExpression | { readonly text: string; readonly errors: readonly ParseError[] }
export const isAnalysed = (read: AnalysisResult): read is AnalysedExpression => 'meaning' in read

/** Reads expressions in one world; the same text is parsed once, however often it is used. */
export function expressionReader(
  world: World,
  of: Analysis = analysis(world),
): (text: string, setting: ExpressionUse) => AnalysisResult {
  const known = new Map<
    string,
    { readonly parsed: ParseResult; readonly tree: MeaningTree | null; readonly back: Back }
  >()
  return (text, use) => {
    let one = known.get(text)
    if (one === undefined) {
      const [fitted, back] = withoutAuto(text)
      const parsed = parse(fitted)
      one = { parsed, back, tree: parsed.ok ? meaningTree(of.meaningOf(parsed.node)) : null }
      known.set(text, one)
    }
    const { parsed, tree, back } = one
    if (!parsed.ok) return { text, errors: parsed.errors.map((error) => ({ ...error, ...back(error) })) }
    const { all, above } = tree as MeaningTree
    const [meaning] = all as readonly [Meaning]
    return {
      text,
      node: parsed.node,
      meaning,
      use,
      world,
      flags: parsed.flags.map((flag) => ({ ...flag, ...back(flag) })),
      all,
      above,
      spanOf: ({ node }) => back(parsed.spans.get(node) ?? { from: 0, to: text.length }),
      family: of.family,
      record: (name) => {
        const recorded = world.records.get(name)
        return recorded === undefined ? null : of.meaningOf(recorded.expr)
      },
    }
  }
}

interface MeaningTree {
  readonly all: readonly Meaning[]
  readonly above: (of: Meaning) => readonly Meaning[]
}

/** Every meaning in an expression, and the parents of each. */
export function meaningTree(root: Meaning): MeaningTree {
  const all: Meaning[] = []
  const visit = (of: Meaning): void => {
    all.push(of)
    for (const one of of.of) visit(one)
  }
  visit(root)
  // few checks need it
  let parents: ReadonlyMap<Meaning, Meaning> | undefined
  return {
    all,
    above: (of) => {
      parents ??= parentsIn(all)
      const found: Meaning[] = []
      for (let up = parents.get(of); up !== undefined; up = parents.get(up)) found.push(up)
      return found
    },
  }
}

function parentsIn(all: readonly Meaning[]): ReadonlyMap<Meaning, Meaning> {
  const found = new Map<Meaning, Meaning>()
  for (const one of all) for (const under of one.of) found.set(under, one)
  return found
}

type Back = (span: Span) => Span
/** The window that Grafana fits to the zoom is not PromQL: 5 minutes replace it while the text is parsed. */
const standIn = '5m'
function withoutAuto(text: string): readonly [string, Back] {
  if (!text.includes(auto)) return [text, ({ from, to }) => ({ from, to })]
  const longer = auto.length - standIn.length
  const ends: number[] = []
  const fitted = text.split(auto).reduce((before, after) => {
    ends.push(before.length + standIn.length)
    return before + standIn + after
  })
  const at = (position: number) => position + longer * ends.filter((end) => end <= position).length
  return [fitted, ({ from, to }) => ({ from: at(from), to: at(to) })]
}
