import assert from 'node:assert/strict'
import { test } from 'node:test'
import { temporaryFolder } from '../fixtures/on-disk.ts'
import { needs } from '../servers/skipped.ts'
import { type ProvenBot, provenBots } from './bots.ts'
import { secondsOf } from './case.ts'
import { prove } from './prove.ts'
import type { AlertingRule } from './rules.ts'

// Each rule is broken in one way, and its cases must fail; null if a rule cannot be broken in that way.
type Mutation = (rule: AlertingRule, evaluate: number) => AlertingRule | null

const limit = /(==|>=|<=|>|<) (-?[\d.e+]+)/
const otherwise: Readonly<Record<string, string>> = { '>': '>=', '>=': '>', '<': '<=', '<=': '<', '==': '!=' }
const inExpr =
  (change: (expr: string) => string): Mutation =>
  (rule) => {
    const expr = change(rule.expr)
    return expr === rule.expr ? null : { ...rule, expr }
  }
const held =
  (evaluations: number): Mutation =>
  (rule, evaluate) =>
    rule.for === undefined ? null : { ...rule, for: `${Math.max(0, secondsOf(rule.for) + evaluations * evaluate)}s` }

const mutations: Readonly<Record<string, Mutation>> = {
  'its threshold is a hundred times as high': inExpr((expr) =>
    expr.replace(limit, (_, op, value) => `${op} ${Number(value) === 0 ? 1000 : Number(value) * 100}`),
  ),
  'its comparison includes the threshold, or no longer does': inExpr((expr) =>
    expr.replace(limit, (_, op, value) => `${otherwise[op]} ${value}`),
  ),
  'only its first condition counts': inExpr(firstCondition),
  'it waits one evaluation longer': held(1),
  'it waits one evaluation less': held(-1),
  'it stops firing immediately': (rule) =>
    rule.keep_firing_for === undefined ? null : { ...rule, keep_firing_for: '0s' },
  'it loses the instance': inExpr((expr) =>
    expr.replaceAll(/\binstance, (?=[^)]*\) \()|, instance\b(?=[^)]*\) \()/g, ''),
  ),
  'it loses the environment': inExpr((expr) => expr.replaceAll(/\benv, (?=[^)]*\) \()/g, '')),
}

/** The part before the first `and` or `or` outside parentheses. */
function firstCondition(expr: string): string {
  let depth = 0
  for (const { 0: part, index } of expr.matchAll(/[(){}]|\s(?:and|or)\s/g))
    if (part === '(' || part === '{') depth += 1
    else if (part === ')' || part === '}') depth -= 1
    else if (depth === 0) return expr.slice(0, index)
  return expr
}

const { bots } = await provenBots()

/** The rules of a bot that can be broken in this way, broken. */
const mutated = ({ rules, proofs }: ProvenBot, mutate: Mutation) =>
  new Map(
    [...rules.alerts].flatMap(([name, rule]) => {
      const proof = proofs[name]
      if (proof === undefined || 'always' in proof) return []
      const wrong = mutate(rule, secondsOf(proof.evaluate ?? '15s'))
      return wrong === null ? [] : [[name, wrong] as const]
    }),
  )

for (const [what, mutate] of Object.entries(mutations))
  test(`a rule fails its cases if ${what}`, async (t) => {
    const tools = await needs(t, 'promtool')
    if (!tools) return
    const unseen: string[] = []
    let count = 0
    for (const of of bots) {
      const wrong = mutated(of, mutate)
      if (wrong.size === 0) continue
      count += wrong.size
      const failures = await prove(tools.promtool, temporaryFolder(t), { ...of, rules: { ...of.rules, alerts: wrong } })
      for (const [name, { expr }] of wrong) {
        const said = failures.get(name) ?? ''
        if (!/^\s*exp:/m.test(said)) unseen.push(`${of.name}: ${name}: ${expr} ${said}`)
      }
    }
    t.diagnostic(`${count} rules`)
    assert.ok(count > 0, 'no rule can be broken in this way')
    assert.deepEqual(unseen, [], 'their cases do not detect it')
  })
