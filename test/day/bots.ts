import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bots as all } from '../../definitions/index.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import type { Scenario } from '../../definitions/language/scenario.ts'
import type { Play } from './play.ts'

/** A scenario of a bot, with its play. */
export interface PlayedScenario {
  readonly bot: Bot
  readonly scenario: Scenario
  readonly play: Play
}

/** The scenarios that are played, and a message for each that is not and each play without a scenario. */
interface Discovered {
  readonly played: readonly PlayedScenario[]
  readonly wrong: readonly string[]
}

type Plays = Readonly<Record<string, Play>>

/** Loads the plays of each bot from the folder of its name. */
export async function playedScenarios(
  bots: readonly Bot[] = all,
  folder: string = import.meta.dirname,
  shown = 'test/day',
): Promise<Discovered> {
  const names = bots.map(({ name }) => name)
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const found: PlayedScenario[] = []
  const wrong = folders
    .filter(({ name }) => !names.includes(name))
    .map(
      ({ name }) =>
        `${shown}/${name} has plays, but no bot has this name: add ${name} to definitions/index.ts, or remove the folder`,
    )
  for (const bot of bots) {
    const { name, scenarios } = bot
    const plays = await playsIn(join(folder, name, 'plays.ts'))
    if (Object.keys(scenarios).length === 0)
      wrong.push(`${name} has no scenarios: add definitions/${name}/scenarios.ts, and \`scenarios\` to its \`bot\``)
    for (const [key, scenario] of Object.entries(scenarios)) {
      const play = plays[key]
      if (play !== undefined) found.push({ bot, scenario, play })
      else wrong.push(`${name}: nothing plays ${key}: add it to \`plays\`, which ${shown}/${name}/plays.ts exports`)
    }
    for (const key of Object.keys(plays))
      if (scenarios[key] === undefined)
        wrong.push(
          `${name}: ${shown}/${name}/plays.ts plays ${key}, which is not one of its scenarios: rename or remove it`,
        )
  }
  return { played: found, wrong }
}

async function playsIn(file: string): Promise<Plays> {
  if (!existsSync(file)) return {}
  const { plays } = (await import(pathToFileURL(file).href)) as { readonly plays?: Plays }
  return plays ?? {}
}
