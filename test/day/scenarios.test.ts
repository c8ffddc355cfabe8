import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inSeconds } from '../../definitions/language/duration.ts'
import { missingPlays, playedScenarios } from './bots.ts'
import { testBudget } from './keeps-budget.ts'

// test/day/scenarios.long.test.ts plays those that last longer.
const longest = inSeconds('3h')

test('every scenario of every bot is played', () => {
  assert.deepEqual(missingPlays, [])
})

for (const played of playedScenarios) if (inSeconds(played.scenario.lasts) <= longest) testBudget(played)
