import assert from 'node:assert/strict'
import { test } from 'node:test'
import { temporaryFolder } from '../fixtures/on-disk.ts'
import { needs } from '../servers/skipped.ts'
import type { PlayedScenario } from './bots.ts'
import { budgetProblem } from './play.ts'

/** Tests that a scenario keeps its budget; if not, the test lists all its messages. */
export function testBudget({ bot, scenario, play }: PlayedScenario): void {
  test(`${bot.name}, ${scenario.title}: its messages keep the budget`, async (t) => {
    const tools = await needs(t, 'prometheus', 'promtool')
    if (!tools) return
    const wrong = await budgetProblem(bot, scenario, play, { ...tools, folder: temporaryFolder(t) })
    assert.equal(wrong, null, wrong ?? '')
  })
}
