import { bots } from '../../definitions/index.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import type { Scenario } from '../../definitions/language/scenario.ts'
import { plays as mcbotPlays } from './mcbot/plays.ts'
import type { Play } from './play.ts'

/** How the paper bot of each bot plays its scenarios. */
const playsOf: Readonly<Record<string, Readonly<Record<string, Play>>>> = Object.freeze({ mcbot: mcbotPlays })

/** A scenario of a bot, with its play. */
export interface PlayedScenario {
  readonly bot: Bot
  readonly scenario: Scenario
  readonly play: Play
}

export const playedScenarios: readonly PlayedScenario[] = bots.flatMap((bot) =>
  Object.entries(bot.scenarios).flatMap(([key, scenario]) => {
    const play = playsOf[bot.name]?.[key]
    return play === undefined ? [] : [{ bot, scenario, play }]
  }),
)

/** Bots without scenarios, and scenarios that nobody plays. */
export const missingPlays: readonly string[] = bots.flatMap(({ name, scenarios }) => {
  const keys = Object.keys(scenarios)
  if (keys.length === 0) return [`${name} has no scenarios: add definitions/${name}/scenarios.ts`]
  return keys
    .filter((key) => playsOf[name]?.[key] === undefined)
    .map((key) => `${name}: nothing plays ${key}: add it to test/day/${name}/plays.ts and test/day/bots.ts`)
})
