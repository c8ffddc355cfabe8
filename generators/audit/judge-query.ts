import { type Node, type SelectorNode, selectors } from '../../definitions/language/node.ts'
import type { Meaning } from '../meaning/meaning.ts'
import { anchoredRegex } from '../promql/regex.ts'
import { type Assessment, asJudged, because, fine, ofAbsence, ofEither, together } from './assessment.ts'
import type { Grounds } from './grounds.ts'
import { anyName, anyValue } from './interpolate.ts'
import { isOfOtherJob } from './known.ts'
import { subtractedFromTime } from './milliseconds.ts'
import { anySeries, type Readable } from './readable.ts'
import { recordedFamily } from './recorded.ts'
import { isShared } from './shared.ts'
import { type Item, type ItemQuery, type QueryVerdict, type Verdict, verdicts } from './verdict.ts'

/** What all verdicts are based on, and the verdicts found so far. */
interface Judgement {
  readonly grounds: Grounds
  readonly queries: Map<ItemQuery, QueryVerdict>
  /** What was found for the rules that record a name. */
  readonly records: Map<string, Assessment>
  /** Shared parts with nothing against them. */
  readonly fine: Set<Node>
}

export const judgement = (grounds: Grounds): Judgement => ({
  grounds,
  queries: new Map(),
  records: new Map(),
  fine: new Set(),
})

type Words = Pick<Extract<Readable, { node: Node }>, 'shown' | 'said'>
type Literal = Extract<Node, { kind: 'number' | 'string' | 'text' }>

/** What the evidence says about an expression, found once. */
export function judgeQuery(j: Judgement, query: ItemQuery): QueryVerdict {
  const before = j.queries.get(query)
  if (before !== undefined) return before
  const judged = freshly(j, query)
  j.queries.set(query, judged)
  return judged
}

function freshly(j: Judgement, query: ItemQuery): QueryVerdict {
  const one = j.grounds.read.get(query)
  const judged = (of: Assessment, names: readonly string[]) =>
    asJudged({ ...of, notes: [...query.notes, ...of.notes] }, names)
  if (query.closed !== null) return judged(because(query.closed.verdict, query.closed.part, query.closed.why), [])
  if (one === undefined || 'wrong' in one)
    return judged(because('cannot-tell', '', `it cannot be parsed: ${one?.wrong ?? ''}`), [])
  return judged(judgeReadable(j, one), one.names)
}

function judgeReadable(j: Judgement, { node, loose, ...words }: Extract<Readable, { node: Node }>): Assessment {
  if (loose)
    return selectors(node)
      .map((one) => judgeSelector(j, one, words))
      .reduce(together, fine)
  try {
    return judgeNode(j, node, words)
  } catch (error) {
    // the call stack is finite
    if (error instanceof RangeError) return because('cannot-tell', '', 'it is nested too deeply to analyse')
    throw error
  }
}

function judgeNode(j: Judgement, node: Node, words: Words): Assessment {
  if (isLiteral(node) || j.fine.has(node)) return fine
  // parts first: the results of their recording rules belong to the world in which the whole has a meaning
  const found = byMeaning(j, node, byParts(j, node, words), words)
  if (found === fine && isShared(node)) j.fine.add(node)
  return found
}

const isLiteral = (node: Node): node is Literal =>
  node.kind === 'number' || node.kind === 'string' || node.kind === 'text'

/** What follows from the parts of an expression. */
function byParts(j: Judgement, node: Exclude<Node, Literal>, words: Words): Assessment {
  const under = (of: Node) => judgeNode(j, of, words)
  switch (node.kind) {
    case 'selector':
      return judgeSelector(j, node, words)
    case 'subquery':
    case 'unary':
      return under(node.of)
    case 'aggregate':
      return node.param === null ? under(node.of) : together(under(node.param), under(node.of))
    case 'call': {
      const all = node.args.map(under).reduce(together, fine)
      return node.fn === 'absent' || node.fn === 'absent_over_time' ? ofAbsence(all) : all
    }
    case 'binary': {
      const [left, right] = [under(node.left), together(under(node.right), ofTime(j, node, words))]
      if (node.op === 'or') return ofEither(left, right)
      if (node.op === 'unless') return { ...left, notes: [...left.notes, ...right.notes] }
      return together(left, right)
    }
  }
}

/** What was found for the parts, and what the meaning of the whole adds. */
function byMeaning({ grounds }: Judgement, node: Node, below: Assessment, words: Words): Assessment {
  const inSight = grounds.seen.meaningOf(node)
  // what is possible in the evidence is possible in general
  if (inSight.never === null) return below
  const say = (verdict: Verdict, why: string) => together(below, because(verdict, words.shown(node), words.said(why)))
  if (asksVictoria(inSight)) return say('cannot-tell', 'it uses the label vmrange of VictoriaMetrics, not le')
  const must = causeIn(grounds.proven.meaningOf(node))
  if (must !== null) return say('proven-dead', must)
  const may = below.verdict === 'seen' || node.kind !== 'selector' ? causeIn(inSight) : null
  return may === null ? below : say('not-seen', `with the labels and bounds seen, ${may}`)
}

/** A note if it subtracts milliseconds from the time, which is in seconds. */
function ofTime({ grounds }: Judgement, node: Node, { shown }: Pick<Words, 'shown'>): Assessment {
  const wrong = subtractedFromTime(node).filter((name) => grounds.evidence.seen.get(name)?.milliseconds)
  return wrong.length === 0
    ? fine
    : {
        ...fine,
        notes: wrong.map((name) => ({
          part: shown(node),
          why: `by the values seen, ${name} is in milliseconds, but time() is in seconds: divide it by 1000`,
        })),
      }
}

function judgeSelector(j: Judgement, node: SelectorNode, { shown }: Pick<Words, 'shown'>): Assessment {
  const { grounds } = j
  const say = (verdict: Verdict, why: string) => because(verdict, shown(node), why)
  if (node.name.includes(anyName) || node.name.includes(anyValue))
    return say('cannot-tell', 'its name contains a variable')
  if (isOfOtherJob(node, grounds.jobs)) return say('elsewhere', 'it selects another job')
  if (node.name === anySeries)
    return grounds.known.some((name) => takesName(node, name))
      ? fine
      : say('not-seen', 'no source has a metric with a matching name')
  const rules = grounds.rules.get(node.name)
  if (rules !== undefined) return judgeRecord(j, node.name, rules)
  const named = grounds.onName(node.name)
  if (named !== null) return because(named.verdict, node.name, named.why)
  return grounds
    .onSelector(node)
    .map(({ verdict, why, ofName }) => because(verdict, ofName ? node.name : shown(node), why))
    .reduce(together, fine)
}

/** What is known about a recorded name; its rules are judged first, and their results are part of the world from then on. */
function judgeRecord(j: Judgement, name: string, rules: readonly Item[]): Assessment {
  const before = j.records.get(name)
  if (before !== undefined) return before
  // a rule that uses itself: its own series decide nothing
  j.records.set(name, fine)
  const found = onRules(j, name, rules)
  j.records.set(name, found)
  const { names, evidence, read, proven, seen } = j.grounds
  if (!names.has(name) || (evidence.seen.get(name)?.series ?? 0) > 0) return found
  for (const world of [proven, seen]) {
    const family = recordedFamily(name, rules, read, world)
    if (family !== null) world.add(family)
  }
  return found
}

/** The best verdict on the rules of one name: one that returns something is enough. */
function onRules(j: Judgement, name: string, rules: readonly Item[]): Assessment {
  const all = rules.flatMap(({ queries }) => queries.map((query) => judgeQuery(j, query)))
  const best = verdicts.filter((verdict) => all.some((one) => one.verdict === verdict)).at(-1) ?? 'seen'
  if (best === 'seen' || best === 'elsewhere') return { ...fine, verdict: best }
  const why = all.find(({ verdict }) => verdict === best)?.reasons[0]
  const [{ file, line }] = rules as [Item]
  const place = line === null ? file : `${file}:${line}`
  return because(best, name, `recorded in ${place}${why === undefined ? '' : `, where ${why.part}: ${why.why}`}`)
}

/** Whether it is a quantile over VictoriaMetrics buckets, which have no `le`: that server can answer it, Prometheus never. */
const asksVictoria = ({ node, of }: Meaning): boolean =>
  node.kind === 'call' &&
  node.fn.startsWith('histogram_') &&
  of.some(({ labels }) => labels.has('vmrange') && !labels.has('le'))

/** Why a part can never return anything, unless that already holds for one of its own parts. */
function causeIn({ node, never, of }: Meaning): string | null {
  if (never === null || of.some((one) => one.never !== null)) return null
  // native histograms have no bucket series
  if (node.kind === 'call' && selectors(node).some(({ name }) => !name.endsWith('_bucket')) && /\ble\b/.test(never))
    return null
  return never
}

function takesName({ matchers }: SelectorNode, name: string): boolean {
  return matchers.every(({ label, op, value }) => {
    if (label !== '__name__') return true
    const takes = op === '=' || op === '!=' ? name === value : (anchoredRegex(value)?.test(name) ?? true)
    return takes === (op === '=' || op === '=~')
  })
}
