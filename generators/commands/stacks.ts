import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Bot } from '../../definitions/language/bot.ts'
import type { Streams } from '../command-line/command.ts'
import { type CommandResult, failure, success } from '../command-line/result.ts'
import { type ChosenOutput, chosenBots } from './chosen-bots.ts'
import { type Compose, engineProblem, findCompose } from './docker-compose.ts'

/** One bot's stack as a command finds it. */
export interface BotStack {
  readonly bot: Bot
  /** The bot's folder in the output. */
  readonly folder: string
  readonly compose: Compose
  readonly say: (line: string) => void
}

/** Does something with the stack of each chosen bot; stops at the first that fails. */
export async function eachStack(
  given: ChosenOutput,
  streams: Streams,
  action: (stack: BotStack) => Promise<readonly string[]>,
): Promise<CommandResult> {
  const say = (line: string) => streams.out(`${line}\n`)
  const bots = await chosenBots(given)
  if ('wrong' in bots) return failure(bots.wrong)
  const compose = await findCompose()
  if ('wrong' in compose) return failure(compose.wrong)
  for (const bot of bots) {
    if (!bot.outputs.includes('compose'))
      return failure(
        `${bot.name} has no stack, because its outputs leave out compose: add 'compose' to the outputs in its definition`,
      )
    const folder = join(given.out, bot.name)
    const problem = await engineProblem(compose, '.')
    if (problem !== null) return failure(problem.wrong)
    const problems = await action({ bot, folder, compose, say })
    if (problems.length > 0) return failure(...problems)
  }
  return success
}

/** The folder that contains a bot's paper bot, from this file upwards; null if there is none. */
export function paperBotFolder(bot: string, from: string = import.meta.dirname): string | null {
  for (let at = resolve(from); ; at = dirname(at)) {
    if (existsSync(join(at, 'demo', bot, 'main.ts'))) return at
    if (dirname(at) === at) return null
  }
}
