import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bot } from '../../definitions/language/bot.ts'
import { secretsFolder, secretsOf } from '../stack/secrets.ts'

/** What a bot's owner should still do so that somebody is notified if this machine dies. */
export function reminders(bot: Bot, out: string): readonly string[] {
  if (!bot.outputs.includes('alertmanager')) return []
  const secret = secretsOf(bot).find((one) => one.channel === 'dead-mans-switch')
  if (secret === undefined)
    return [`reminder: ${bot.name} has no external dead man's switch: if this machine dies, nobody is notified`]
  const file = join(out, bot.name, secretsFolder, secret.name)
  return isEmpty(file)
    ? [
        `reminder: ${bot.name} has no external dead man's switch: if this machine dies, nobody is notified; put ${secret.what} in ${file}`,
      ]
    : []
}

function isEmpty(file: string): boolean {
  try {
    return readFileSync(file, 'utf8').trim() === ''
  } catch (error) {
    // A secret that only its server may read has been filled in by somebody.
    return (error as NodeJS.ErrnoException).code !== 'EACCES'
  }
}
