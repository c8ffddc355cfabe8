import { join } from 'node:path'
import type { Bot } from '../../definitions/language/bot.ts'
import { listText } from '../text/list-text.ts'
import { nearest } from '../text/nearest.ts'
import type { BotStack } from './stacks.ts'

/** What is wrong with the environment that `.env` names: nothing, or that the bot does not have it. */
export function environmentProblem({ bot, folder }: Pick<BotStack, 'bot' | 'folder'>, env: string): readonly string[] {
  const environments = Object.keys(bot.environments)
  if (environments.includes(env)) return []
  return [
    `${join(folder, '.env')}: BOT_ENV is '${env}', expected one of the bot's environments: ${environments.join(', ')}.`,
  ]
}

/** What is wrong with the name of an environment that an option gives; nothing if the option was left out. */
export function unknownEnvironment({ name, environments }: Bot, env: string | undefined): readonly string[] {
  const known = Object.keys(environments)
  if (env === undefined || known.includes(env)) return []
  const near = nearest(env, known)
  return [`${name} has no environment '${env}'${near === '' ? `, only ${listText(known)}` : `; ${near}`}`]
}
