import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Bot } from '../../definitions/language/bot.ts'
import type { Choices } from './choices.ts'
import { chosen } from './chosen.ts'
import { type Compose, engineFault, findCompose } from './docker-compose.ts'

/** One bot's stack as a command finds it. */
export interface Stack {
  readonly bot: Bot
  /** The bot's folder in the output. */
  readonly folder: string
  readonly compose: Compose
  readonly say: (line: string) => void
}

/** Does something with the stack of each chosen bot; ends with the first that fails. */
export async function eachStack(
  choices: Choices,
  action: (stack: Stack) => Promise<readonly string[]>,
): Promise<number> {
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  const bots = await chosen(choices)
  if ('wrong' in bots) return refuse([bots.wrong])
  const compose = await findCompose()
  if ('wrong' in compose) return refuse([compose.wrong])
  for (const bot of bots) {
    if (!bot.outputs.includes('compose'))
      return refuse([
        `${bot.name} has no stack: its outputs leave out compose. Add 'compose' to them in its definition.`,
      ])
    const folder = join(choices.out, bot.name)
    const fault = await engineFault(compose, '.')
    if (fault !== null) return refuse([fault.wrong])
    const faults = await action({ bot, folder, compose, say })
    if (faults.length > 0) return refuse(faults)
  }
  return 0
}

/** The folder that has the paper bot of a bot, from this file upwards; null where there is none. */
export function paperBotFolder(bot: string, from: string = import.meta.dirname): string | null {
  for (let at = resolve(from); ; at = dirname(at)) {
    if (existsSync(join(at, 'demo', bot, 'main.ts'))) return at
    if (dirname(at) === at) return null
  }
}

function refuse(faults: readonly string[]): number {
  process.stderr.write(`${faults.join('\n')}\n`)
  return 1
}
