import { inSeconds } from '../../definitions/language/duration.ts'
import { playedScenarios } from './bots.ts'
import { testBudget } from './keeps-budget.ts'

for (const played of playedScenarios) if (inSeconds(played.scenario.lasts) > inSeconds('3h')) testBudget(played)
