import { type Node, type SelectorNode, selectors } from '../../definitions/language/node.ts'
import { analysis } from '../meaning/analyse.ts'
import type { Meaning } from '../meaning/meaning.ts'
import type { Family, World } from '../meaning/world.ts'
import { anchored } from '../promql/regex.ts'
import { checked } from './checked.ts'
import type { Evidence } from './evidence.ts'
import { anyName, anyValue } from './interpolate.ts'
import { type Choices, isOfOtherJob, nameVerdicts } from './known.ts'
import { anySeries, type Readable } from './readable.ts'
import { recordedFamily } from './recorded.ts'
import { selectorVerdicts } from './selector.ts'
import { isShared } from './shared.ts'
import type { Item, Judged, Query, Reason, Verdict } from './verdict.ts'
import { verdicts, worst } from './verdict.ts'
import { labelsIn, provenFamilies, seenFamilies } from './world.ts'

/** A verdict on a part, while it is put together. */
interface Found {
  readonly verdict: Verdict
  readonly reasons: readonly (Reason & { readonly verdict: Verdict })[]
  readonly notes: readonly Reason[]
}

type Words = Pick<Extract<Readable, { node: Node }>, 'shown' | 'said'>

const fine: Found = { verdict: 'seen', reasons: [], notes: [] }

/** Judges every expression of rules and dashboards by the evidence; recording rules among them add to the world. */
export function judge(
  items: readonly Item[],
  read: ReadonlyMap<Query, Readable>,
  evidence: Evidence,
  choices: Choices,
): ReadonlyMap<Query, Judged> {
  const records = new Map<string, Item[]>()
  const asked = new Set<string>()
  const names = new Set<string>()
  const visited = new Set<Node>()
  for (const item of items) {
    for (const query of item.queries) {
      const one = read.get(query)
      if (one === undefined || 'wrong' in one) continue
      labelsIn(one.node, asked, visited)
      for (const name of one.names) names.add(name)
    }
    if (item.kind !== 'record') continue
    const same = records.get(item.name)
    if (same === undefined) records.set(item.name, [item])
    else same.push(item)
  }
  const inProven = provenFamilies(evidence, asked)
  const inSeen = seenFamilies(evidence, asked, false)
  const provenWorld = new Map([...names].map((name) => [name, inProven(name)]))
  const seenWorld = new Map([...names].map((name) => [name, inSeen(name)]))
  const proven = analysis(worldOf(provenWorld))
  const seen = analysis(worldOf(seenWorld))
  const onName = nameVerdicts(evidence, choices)
  const onSelector = selectorVerdicts(evidence)
  const known = [...new Set([...evidence.seen.keys(), ...records.keys(), ...provenNames(evidence)])]

  const judged = new Map<Query, Judged>()
  const recorded = new Map<string, Found>()

  /** What is known of a recorded name; its rules are judged first, and what they yield is part of the world from then on. */
  const ofRecord = (name: string): Found => {
    const before = recorded.get(name)
    if (before !== undefined) return before
    // a rule that asks for itself: its own series decide nothing
    recorded.set(name, fine)
    const rules = records.get(name) ?? []
    const all = rules.flatMap(({ queries }) => queries.map((query) => judgeQuery(query)))
    const best = verdicts.filter((verdict) => all.some((one) => one.verdict === verdict)).at(-1) ?? 'seen'
    const why = all.find(({ verdict }) => verdict === best)?.reasons[0]
    const [rule] = rules as [Item]
    const place = rule.line === null ? rule.file : `${rule.file}:${rule.line}`
    const found: Found =
      best === 'seen' || best === 'elsewhere'
        ? { ...fine, verdict: best }
        : because(best, name, `recorded in ${place}${why === undefined ? '' : `, whose ${why.part}: ${why.why}`}`)
    recorded.set(name, found)
    if (!names.has(name) || (evidence.seen.get(name)?.series ?? 0) > 0) return found
    for (const [world, of] of [[provenWorld, proven] as const, [seenWorld, seen] as const]) {
      const family = recordedFamily(name, rules, read, of)
      if (family !== null) world.set(name, family)
    }
    return found
  }

  const leaf = (node: SelectorNode, { shown }: Words): Found => {
    const say = (verdict: Verdict, why: string) => because(verdict, shown(node), why)
    if (node.name.includes(anyName) || node.name.includes(anyValue))
      return say('cannot-tell', 'a variable stands in its name')
    if (isOfOtherJob(node, choices.jobs)) return say('elsewhere', 'it asks for another job')
    if (node.name === anySeries)
      return known.some((name) => takesName(node, name))
        ? fine
        : say('not-seen', 'no source has a metric of such a name')
    if (records.has(node.name)) return ofRecord(node.name)
    const named = onName(node.name)
    if (named !== null) return because(named.verdict, node.name, named.why)
    return onSelector(node)
      .map(({ verdict, why, ofName }) => because(verdict, ofName ? node.name : shown(node), why))
      .reduce(together, fine)
  }

  const judgeQuery = (query: Query): Judged => {
    const before = judged.get(query)
    if (before !== undefined) return before
    const one = read.get(query)
    const made =
      one === undefined || 'wrong' in one
        ? asJudged(
            because('cannot-tell', '', one === undefined ? (query.closed ?? '') : `it cannot be read: ${one.wrong}`),
            [],
          )
        : asJudged(foundOn(one), one.names)
    judged.set(query, made)
    return made
  }

  const foundOn = ({ node, loose, ...words }: Extract<Readable, { node: Node }>): Found => {
    if (loose)
      return selectors(node)
        .map((one) => leaf(one, words))
        .reduce(together, fine)
    try {
      return judgeNode(node, words)
    } catch (error) {
      // the stack of this machine has an end
      if (error instanceof RangeError) return because('cannot-tell', '', 'it is nested too deep to be understood')
      throw error
    }
  }

  const isFine = new Set<Node>()
  const judgeNode = (node: Node, words: Words): Found => {
    if (isFine.has(node)) return fine
    const found = freshly(node, words)
    if (found === fine && isShared(node)) isFine.add(node)
    return found
  }
  const freshly = (node: Node, words: Words): Found => {
    const under = (of: Node) => judgeNode(of, words)
    let below: Found
    switch (node.kind) {
      case 'number':
      case 'string':
      case 'text':
        return fine
      case 'selector':
        below = leaf(node, words)
        break
      case 'subquery':
      case 'unary':
        below = under(node.of)
        break
      case 'aggregate':
        below = node.param === null ? under(node.of) : together(under(node.param), under(node.of))
        break
      case 'call': {
        const all = node.args.map(under).reduce(together, fine)
        below = node.fn === 'absent' || node.fn === 'absent_over_time' ? ofAbsence(all) : all
        break
      }
      case 'binary': {
        const [left, right] = [under(node.left), under(node.right)]
        if (node.op === 'or') below = ofEither(left, right)
        else if (node.op === 'unless') below = { ...left, notes: [...left.notes, ...right.notes] }
        else below = together(left, right)
      }
    }
    const inSight = seen.meaningOf(node)
    // what can be in the evidence can be anywhere
    if (inSight.never === null) return below
    const say = (verdict: Verdict, why: string) => together(below, because(verdict, words.shown(node), words.said(why)))
    if (asksVictoria(inSight))
      return say('cannot-tell', 'it asks for vmrange, as VictoriaMetrics has it, and not for le')
    const must = causeIn(proven.meaningOf(node))
    if (must !== null) return say('proven-dead', must)
    const may = below.verdict === 'seen' || node.kind !== 'selector' ? causeIn(inSight) : null
    return may === null ? below : say('not-seen', `by the labels and bounds seen, ${may}`)
  }

  const declared = new Set([...provenNames(evidence), ...records.keys()])
  const meaningOfRecord = (name: string) => {
    const one = records.get(name)?.flatMap(({ queries }) => queries.map((query) => read.get(query)))[0]
    return one === undefined || 'wrong' in one || one.loose ? null : seen.meaningOf(one.node)
  }
  return new Map(
    items.flatMap(({ kind, queries }) =>
      queries.map((query): [Query, Judged] => {
        const made = judgeQuery(query)
        const one = read.get(query)
        if (one === undefined || 'wrong' in one || one.loose) return [query, made]
        // what is not there has worse to answer for
        if (made.verdict !== 'seen' && made.verdict !== 'cannot-tell') return [query, made]
        const wasSeen = one.names.every((name) => (evidence.seen.get(name)?.series ?? 0) > 0 || declared.has(name))
        const more = checked(one, kind, seen, worldOf(seenWorld), meaningOfRecord, wasSeen)
        return [query, more.length === 0 ? made : { ...made, notes: [...made.notes, ...more] }]
      }),
    ),
  )
}

const provenNames = ({ contracts }: Evidence) =>
  contracts.flatMap(({ metrics }) => metrics.flatMap(({ series }) => series))

// the shortest time between two samples is not known: a window may have any number of them
const worldOf = (families: ReadonlyMap<string, Family>): World => ({
  families,
  records: new Map(),
  interval: 1,
  evaluate: null,
})

const because = (verdict: Verdict, part: string, why: string): Found => ({
  verdict,
  reasons: [{ verdict, part, why }],
  notes: [],
})

const together = (a: Found, b: Found): Found =>
  a === fine
    ? b
    : b === fine
      ? a
      : {
          verdict: worst([a.verdict, b.verdict]),
          reasons: [...a.reasons, ...b.reasons],
          notes: [...a.notes, ...b.notes],
        }

/** One side is enough; what is known against the other is only noted. */
function ofEither(left: Found, right: Found): Found {
  const [better, other] =
    verdicts.indexOf(left.verdict) >= verdicts.indexOf(right.verdict) ? [left, right] : [right, left]
  const isSaid = ({ part, why }: Reason) => better.reasons.some((one) => one.part === part && one.why === why)
  const dead = other.reasons.filter(
    (one) => (one.verdict === 'proven-dead' || one.verdict === 'not-seen') && !isSaid(one),
  )
  const notes = dead.map(({ part, why }) => ({ part, why: `${why}; the other side of \`or\` stands` }))
  return { ...better, notes: [...better.notes, ...notes] }
}

/** That nothing is there is what it asks for. */
function ofAbsence(of: Found): Found {
  const gone = of.reasons.filter(({ verdict }) => verdict === 'proven-dead' || verdict === 'not-seen')
  return { ...fine, notes: gone.map(({ part, why }) => ({ part, why: `${why}; so its absence holds all the time` })) }
}

/** Whether it is a quantile over the buckets of VictoriaMetrics, which have no `le`: that server answers it, Prometheus never. */
const asksVictoria = ({ node, of }: Meaning): boolean =>
  node.kind === 'call' &&
  node.fn.startsWith('histogram_') &&
  of.some(({ labels }) => labels.has('vmrange') && !labels.has('le'))

/** Why a part can never yield anything, if that is not so already of what is below it. */
function causeIn({ node, never, of }: Meaning): string | null {
  if (never === null || of.some((one) => one.never !== null)) return null
  // native histograms have no buckets that are series
  if (node.kind === 'call' && selectors(node).some(({ name }) => !name.endsWith('_bucket')) && /\ble\b/.test(never))
    return null
  return never
}

function takesName({ matchers }: SelectorNode, name: string): boolean {
  return matchers.every(({ label, op, value }) => {
    if (label !== '__name__') return true
    const takes = op === '=' || op === '!=' ? name === value : (anchored(value)?.test(name) ?? true)
    return takes === (op === '=' || op === '=~')
  })
}

function asJudged({ verdict, reasons, notes }: Found, names: readonly string[]): Judged {
  const own = reasons.filter((reason) => reason.verdict === verdict)
  const others = reasons.filter((reason) => reason.verdict !== verdict && reason.verdict !== 'elsewhere')
  const plain = (all: readonly Reason[]) => [
    ...new Map(all.map(({ part, why }) => [`${part}\n${why}`, { part, why }])).values(),
  ]
  return Object.freeze({
    verdict,
    reasons: plain(own),
    notes: plain([...notes, ...others]),
    names: names.filter((name) => name !== anySeries && !name.includes(anyName) && !name.includes(anyValue)),
  })
}
