import { auto } from '../../definitions/language/duration.ts'
import type { Node } from '../../definitions/language/node.ts'
import { type Analysis, analysis } from '../meaning/analyse.ts'
import type { Meaning } from '../meaning/meaning.ts'
import type { Family, World } from '../meaning/world.ts'
import { type Parsed, parse } from '../promql/parse.ts'
import type { Flagged } from '../promql/reader.ts'
import type { Span, TextMistake } from '../promql/tokens.ts'

/** Where an expression stands; `query` is one by itself. */
export type Role = 'alert' | 'record' | 'panel' | 'query'

/** What is known of the place where an expression stands. */
export interface Setting {
  readonly role: Role
  /** How long its condition has to hold, in milliseconds; 0 where it need not. */
  readonly for: number
  /** How long samples are kept, in milliseconds; null where nobody says. */
  readonly retention: number | null
  /** Labels by which alerts are routed, such as `bot` and `env`. */
  readonly identity: readonly string[]
  /** The feature flags that the server has set. */
  readonly flags: readonly string[]
}

export const alone: Setting = Object.freeze({ role: 'query', for: 0, retention: null, identity: [], flags: [] })

/** An expression that could be read, and what is known of it: what the checks look at. */
export interface Expression {
  readonly text: string
  readonly node: Node
  readonly meaning: Meaning
  readonly setting: Setting
  readonly world: World
  /** The feature flags that it needs. */
  readonly flags: readonly Flagged[]
  /** Every meaning in it, each before those below it. */
  readonly all: readonly Meaning[]
  /** What a part stands in, nearest first. */
  readonly above: (of: Meaning) => readonly Meaning[]
  /** Where a part stands in the text. */
  readonly spanOf: (of: Meaning) => Span
  /** The series of a name; null where there are none. */
  readonly family: (name: string) => Family | null
  /** What a recording rule records; null where there is none of that name. */
  readonly record: (name: string) => Meaning | null
}

/** An expression that could be read, or the mistakes in it. */
type Read = Expression | { readonly text: string; readonly mistakes: readonly TextMistake[] }
export const isRead = (read: Read): read is Expression => 'meaning' in read

/** Reads expressions in one world; the same text is read once, wherever it stands. */
export function reader(world: World, of: Analysis = analysis(world)): (text: string, setting: Setting) => Read {
  const known = new Map<string, { readonly parsed: Parsed; readonly places: Places | null; readonly back: Back }>()
  return (text, setting) => {
    let one = known.get(text)
    if (one === undefined) {
      const [fitted, back] = withoutAuto(text)
      const parsed = parse(fitted)
      one = { parsed, back, places: parsed.ok ? placesOf(of.meaningOf(parsed.node)) : null }
      known.set(text, one)
    }
    const { parsed, places, back } = one
    if (!parsed.ok) return { text, mistakes: parsed.mistakes.map((mistake) => ({ ...mistake, ...back(mistake) })) }
    const { all, above } = places as Places
    const [meaning] = all as readonly [Meaning]
    return {
      text,
      node: parsed.node,
      meaning,
      setting,
      world,
      flags: parsed.flags.map((flag) => ({ ...flag, ...back(flag) })),
      all,
      above,
      spanOf: ({ node }) => back(parsed.spans.get(node) ?? { from: 0, to: text.length }),
      family: of.family,
      record: (name) => {
        const recorded = world.records.get(name)
        return recorded === undefined ? null : of.meaningOf(recorded)
      },
    }
  }
}

interface Places {
  readonly all: readonly Meaning[]
  readonly above: (of: Meaning) => readonly Meaning[]
}

/** Every meaning in an expression, and what each stands in. */
export function placesOf(root: Meaning): Places {
  const all: Meaning[] = []
  const visit = (of: Meaning): void => {
    all.push(of)
    for (const one of of.of) visit(one)
  }
  visit(root)
  // few checks ask for it
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
/** What Grafana fits to the zoom is no PromQL: a window of 5 minutes stands for it while the text is read. */
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
