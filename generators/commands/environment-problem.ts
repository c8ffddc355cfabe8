import { join } from 'node:path'
import type { BotStack } from './stacks.ts'

/** What is wrong with the environment that `.env` names: nothing, or that the bot does not have it. */
export function environmentProblem({ bot, folder }: Pick<BotStack, 'bot' | 'folder'>, env: string): readonly string[] {
  const environments = Object.keys(bot.environments)
  if (environments.includes(env)) return []
  return [
    `${join(folder, '.env')}: BOT_ENV is '${env}', expected one of the bot's environments: ${environments.join(', ')}.`,
  ]
}
