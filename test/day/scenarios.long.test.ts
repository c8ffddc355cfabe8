import { inSeconds } from '../../definitions/language/duration.ts'
import { playedScenarios } from './bots.ts'
import { testBudget } from './keeps-budget.ts'

const { played } = await playedScenarios()

for (const one of played) if (inSeconds(one.scenario.lasts) > inSeconds('8h')) testBudget(one)
