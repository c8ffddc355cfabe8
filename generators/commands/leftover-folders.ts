import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Bot } from '../../definitions/language/bot.ts'
import type { ChosenOutput } from './chosen-bots.ts'

/**
 * A line for each folder of the output that no longer belongs to a bot. It is not removed: the stack that was started
 * from it may still be running, and stopping it requires its compose file.
 */
export function leftoverFolders(given: ChosenOutput, bots: readonly Bot[]): readonly string[] {
  if (given.bot !== undefined || !existsSync(given.out)) return []
  const names = new Set(bots.map((bot) => bot.name))
  return readdirSync(given.out)
    .filter((folder) => !names.has(folder) && existsSync(join(given.out, folder, 'manifest.json')))
    .map(
      (folder) =>
        `left over: ${join(given.out, folder)} belongs to no bot in ${given.definitions}: stop its stack there with \`docker compose down\`, then remove the folder`,
    )
}
