import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FixedTarget } from '../../definitions/language/bot.ts'
import { expressionChecker } from '../../generators/checks/expressions.ts'
import { worldOf } from '../../generators/meaning/world.ts'
import { exampleBot } from './example-bot.ts'

const at = (env: string, instance: string): FixedTarget => ({ env, instance, address: `${instance}-${env}:8000` })
const lookWith = (targets: readonly FixedTarget[]) => expressionChecker(worldOf({ ...exampleBot(), targets }))
const said = (targets: readonly FixedTarget[], text: string) =>
  lookWith(targets)(text).findings.map(({ code, message, fix }) => `${code} ${message}: ${fix}`)

const differ =
  'BW202 several series of the left side can match one of the other: they differ in env, and Prometheus refuses to evaluate that: match on env too, or aggregate it away'
const text = 'ex_ready * on (instance, job) ex_equity'

const rows: readonly (readonly [
  name: string,
  targets: readonly FixedTarget[],
  text: string,
  said: readonly string[],
])[] = [
  ['only what the stack runs: it is in one environment at a time', [], text, []],
  ['instances that are called otherwise in each environment', [at('paper', 'ex-1'), at('live', 'ex-2')], text, []],
  ['two instances of one environment', [at('live', 'ex-1'), at('live', 'ex-2')], text, []],
  ['an instance that is called alike in two environments', [at('paper', 'ex-1'), at('live', 'ex-1')], text, [differ]],
  ['an instance that is called as the one of the stack', [at('live', 'ex')], text, [differ]],
  ['and matched on env', [at('paper', 'ex-1'), at('live', 'ex-1')], 'ex_ready * on (env, instance, job) ex_equity', []],
  [
    'and one environment asked for',
    [at('paper', 'ex-1'), at('live', 'ex-1')],
    'ex_ready{env="live"} * on (instance, job) ex_equity{env="live"}',
    [],
  ],
]
for (const [name, targets, asked, expected] of rows)
  test(`series of one instance, joined without env: ${name}`, () => {
    assert.deepEqual(said(targets, asked), expected)
  })
