import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inSeconds } from '../../definitions/language/duration.ts'
import { playedScenarios } from './bots.ts'
import { testBudget } from './keeps-budget.ts'

// test/day/scenarios.long.test.ts plays those that last longer.
const longest = inSeconds('8h')
const { played, wrong } = await playedScenarios()

test('every scenario of every bot is played', () => {
  assert.deepEqual(wrong, [])
})

for (const one of played) if (inSeconds(one.scenario.lasts) <= longest) testBudget(one)
