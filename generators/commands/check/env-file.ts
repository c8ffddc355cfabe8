import { join } from 'node:path'
import type { Bot } from '../../../definitions/language/bot.ts'
import type { LocatedFinding } from '../../checks/report/located.ts'
import { botSubject } from '../../checks/subjects.ts'
import { envFileProblems, ownCompose, readEnvFile } from '../env-file.ts'
import { displayPath } from '../frames.ts'
import { paperBotFolder } from '../stacks.ts'

/** What is wrong with the `.env` of a bot's stack, if it has been written. */
export async function envFileFindings(bot: Bot, folder: string): Promise<readonly LocatedFinding[]> {
  if (!bot.outputs.includes('compose')) return []
  const path = join(folder, '.env')
  const read = await readEnvFile(path, ownCompose(bot, { command: '', args: [] }).env)
  if (read === null) return []
  const problems =
    'wrong' in read
      ? [{ line: null, message: read.wrong }]
      : envFileProblems(bot, read, paperBotFolder(bot.name) !== null)
  return problems.map(({ line, message }) => ({
    ...botSubject(bot),
    code: 'env-file',
    name: 'env-file',
    severity: 'error',
    message,
    fix: '',
    in: null,
    bot: bot.name,
    file: displayPath(path),
    line: line ?? 1,
    columns: null,
  }))
}
