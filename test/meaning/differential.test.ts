import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Node, selectors } from '../../definitions/language/node.ts'
import { expressionChecker } from '../../generators/checks/expressions.ts'
import { manyToMany } from '../../generators/checks/joins/many-to-many.ts'
import { neverMatches } from '../../generators/checks/joins/never-matches.ts'
import { neverTrue } from '../../generators/checks/values/never-true.ts'
import { type Analysis, analysis } from '../../generators/meaning/analyse.ts'
import type { Meaning } from '../../generators/meaning/meaning.ts'
import { type MeaningRules, meaningRules } from '../../generators/meaning/rules.ts'
import type { World } from '../../generators/meaning/world.ts'
import { print } from '../../generators/promql/print.ts'
import { chance } from '../promql/random-text.ts'
import { contradiction, type QueryResult, sameLabels, smaller } from './compare.ts'
import { type Evaluate, prometheusOf } from './prometheus.ts'
import { randomExpression } from './random-expression.ts'
import { randomWorld, timeRange } from './random-world.ts'
import { wrongRules } from './wrong-rules.ts'

// BOTWATCH_MEANING_CASES is the number of expressions compared with Prometheus (default 2000, 100000 in the long tier),
// BOTWATCH_MEANING_SEED the seed.
const cases = Number(process.env['BOTWATCH_MEANING_CASES'] ?? 2000)
const seed = Number(process.env['BOTWATCH_MEANING_SEED'] ?? 1)

interface Case {
  readonly node: Node
  readonly text: string
  readonly world: World
  readonly at: number
  readonly answer: QueryResult
}

test('Prometheus answers what the meaning predicts, and wrong rules are found', async (t) => {
  const c = chance(seed)
  const worlds = Array.from({ length: 6 }, (_, i) => randomWorld(c, `r${i}`))
  const evaluate = await prometheusOf(t, worlds.map(({ openMetrics }) => openMetrics).join(''))
  if (evaluate === undefined) return
  const asked = Array.from({ length: cases }, () => {
    const { world } = c.pick(worlds)
    const node = randomExpression(c, world, 1 + Math.floor(c.random() * 3))
    return { node, text: print(node), world, at: timeRange.from + 900 + Math.floor(c.random() * 1500) }
  })
  const answered = await answersOf(asked, evaluate)
  const meaningIn = meanings(worlds.map(({ world }) => world))

  const wrong = answered.filter((one) => contradiction(meaningIn(one), one.answer) !== null)
  const shown = await Promise.all(wrong.slice(0, 5).map((one) => shrunk(one, meaningIn, evaluate)))
  assert.equal(shown.join('\n\n'), '', `${wrong.length} of ${answered.length} answers contradict the meaning`)

  await t.test('if several series match where only one may, the check reports it', () => {
    const many = asked.filter(({ text }) =>
      /many-to-many|found duplicate series for the match group/.test(evaluate.refused.get(text) ?? ''),
    )
    // Prometheus looks at one side first: even if nothing could match, it may have several series
    const said: ReadonlySet<string> = new Set([manyToMany.code, neverMatches.code, neverTrue.code])
    const looks = new Map(worlds.map(({ world }) => [world, expressionChecker(world)]))
    const silent = many.filter(({ text, world }) =>
      looks
        .get(world)?.(text)
        .findings.every(({ code }) => !said.has(code)),
    )
    t.diagnostic(`${many.length} matches of many to many`)
    assert.ok(many.length > 0, 'no many-to-many match was tried')
    assert.deepEqual(
      silent.map(({ text }) => `${text}: ${evaluate.refused.get(text)}`),
      [],
    )
  })

  await t.test('labels are exact, and intervals are finite if those of the metrics are', () => {
    const filled = answered.filter(({ answer }) => answer.samples.length > 0)
    const exact = filled.filter((one) => sameLabels(meaningIn(one), one.answer))
    const bounded = filled.filter(
      (one) =>
        !mayBeInfinite(one.node) &&
        selectors(one.node).every(({ name }) => isBounded(one.world.families.get(name)?.values)),
    )
    const finite = bounded.filter((one) => isBounded(meaningIn(one).values))
    t.diagnostic(`${cases} expressions, ${answered.length} answers, ${filled.length} of them with data`)
    t.diagnostic(
      `labels equal in ${percent(exact, filled)}, interval finite in ${percent(finite, bounded)} of ${bounded.length} over finite metrics`,
    )
    assert.ok(filled.length > cases / 3, `only ${filled.length} answers have data`)
    const other = filled.filter((one) => !exact.includes(one)).slice(0, 8)
    assert.ok(
      exact.length >= 0.95 * filled.length,
      other
        .map(
          (one) =>
            `${one.text}\n  inferred ${[...meaningIn(one).labels.keys()].sort()}\n  observed ${[...new Set(one.answer.samples.flatMap(({ labels }) => Object.keys(labels)))].sort()}`,
        )
        .join('\n'),
    )
    const unbounded = bounded.filter((one) => !finite.includes(one)).slice(0, 8)
    assert.ok(finite.length >= 0.95 * bounded.length, unbounded.map(({ text }) => text).join('\n'))
  })

  for (const [name, faulty] of Object.entries(wrongRules))
    await t.test(`finds the wrong rule: ${name}`, () => {
      const planted = meanings(
        worlds.map(({ world }) => world),
        { ...meaningRules, ...faulty },
      )
      assert.ok(answered.some((one) => contradiction(planted(one), one.answer) !== null))
    })
})

const isBounded = (values: Meaning['values'] | undefined) =>
  values !== undefined && values.lo > -Infinity && values.hi < Infinity
/** Operations whose value has no finite bound, whatever their operands. */
const mayBeInfinite = (node: Node): boolean =>
  /\^|\/|\brate\b|irate|deriv|predict_linear|\bln\b|log2|log10|\btime\b|timestamp|scalar|quantile\w*\((1\.5|1\.2|2)|histogram_quantile|tan/.test(
    print(node),
  )
const percent = (some: readonly unknown[], all: readonly unknown[]) =>
  `${((100 * some.length) / all.length).toFixed(1)} %`

const meanings = (worlds: readonly World[], with_: MeaningRules = meaningRules) => {
  const analyses = new Map(worlds.map((world) => [world, analysis(world, with_)]))
  return ({ node, world }: Pick<Case, 'node' | 'world'>): Meaning => (analyses.get(world) as Analysis).meaningOf(node)
}

async function answersOf(asked: readonly Omit<Case, 'answer'>[], evaluate: Evaluate): Promise<readonly Case[]> {
  const found: (Case | undefined)[] = []
  let next = 0
  const worker = async () => {
    for (let i = next++; i < asked.length; i = next++) {
      const one = asked[i] as Omit<Case, 'answer'>
      const answer = await evaluate(one.text, one.at)
      if (answer !== null) found[i] = { ...one, answer }
    }
  }
  await Promise.all([worker(), worker(), worker(), worker()])
  return found.filter((one) => one !== undefined)
}

/** The smallest expression with the same disagreement, with both sides of it. */
async function shrunk(one: Case, meaningIn: ReturnType<typeof meanings>, evaluate: Evaluate): Promise<string> {
  let least = one
  for (let shrinks = true; shrinks; ) {
    shrinks = false
    for (const node of smaller(least.node)) {
      const text = print(node)
      if (text.length >= least.text.length) continue
      const answer = await evaluate(text, least.at).catch(() => null)
      if (answer === null || contradiction(meaningIn({ ...least, node }), answer) === null) continue
      least = { ...least, node, text, answer }
      shrinks = true
      break
    }
  }
  return `${least.text}\n  at ${least.at}: ${contradiction(meaningIn(least), least.answer)}`
}
