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
  'BW202 several series on the left side can match one on the other: they differ in env, and Prometheus refuses to evaluate that: match on env too, or aggregate it away'
const text = 'ex_ready * on (instance, job) ex_equity'

const rows: readonly (readonly [
  name: string,
  targets: readonly FixedTarget[],
  text: string,
  said: readonly string[],
])[] = [
  ['only the bot that the stack runs, which is in one environment at a time', [], text, []],
  ['instances with different names in each environment', [at('paper', 'ex-1'), at('live', 'ex-2')], text, []],
  ['two instances of one environment', [at('live', 'ex-1'), at('live', 'ex-2')], text, []],
  ['an instance with the same name in two environments', [at('paper', 'ex-1'), at('live', 'ex-1')], text, [differ]],
  ['an instance with the name of the one in the stack', [at('live', 'ex')], text, [differ]],
  [
    'the same name, but matched on env',
    [at('paper', 'ex-1'), at('live', 'ex-1')],
    'ex_ready * on (env, instance, job) ex_equity',
    [],
  ],
  [
    'the same name, but only one environment selected',
    [at('paper', 'ex-1'), at('live', 'ex-1')],
    'ex_ready{env="live"} * on (instance, job) ex_equity{env="live"}',
    [],
  ],
]
for (const [name, targets, asked, expected] of rows)
  test(`joining the series of an instance: ${name}`, () => {
    assert.deepEqual(said(targets, asked), expected)
  })
