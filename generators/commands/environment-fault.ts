import { join } from 'node:path'
import type { Stack } from './stacks.ts'

/** What is wrong with the environment that `.env` names: nothing, or that the bot is not defined to run there. */
export function environmentFault({ bot, folder }: Pick<Stack, 'bot' | 'folder'>, env: string): readonly string[] {
  const environments = Object.keys(bot.environments)
  if (environments.includes(env)) return []
  return [
    `${join(folder, '.env')}: BOT_ENV is '${env}', expected one of ${environments.join(', ')}, as the bot is defined.`,
  ]
}
