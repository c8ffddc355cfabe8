import type { Bot } from '../../definitions/language/bot.ts'
import { type Finding, finding } from '../model/finding.ts'
import type { Choices } from './choices.ts'
import { load } from './load.ts'

/** The bots that a command is about. */
export async function chosen(
  choices: Pick<Choices, 'bot' | 'definitions'>,
): Promise<readonly Bot[] | { readonly wrong: string }> {
  const bots = await load(choices.definitions)
  if ('wrong' in bots) return bots
  const names = bots.map((bot) => bot.name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined)
    return { wrong: `${choices.definitions}: two bots are called ${twice}, and would share a folder. Rename one.` }
  if (choices.bot === undefined) return bots
  const found = bots.filter((bot) => bot.name === choices.bot)
  return found.length > 0
    ? found
    : { wrong: `${choices.definitions}: there is no bot '${choices.bot}'; there are: ${names.join(', ')}` }
}

/** What keeps the stacks of several bots from running side by side on one machine: warnings, since they may run on several. */
export function collisions(bots: readonly Bot[]): readonly Finding[] {
  return bots.flatMap((bot, i) =>
    bots.slice(0, i).flatMap((other) => {
      const ports = Object.values(bot.stack.ports).filter((port) => Object.values(other.stack.ports).includes(port))
      const shared = [
        ...(bot.stack.project === other.stack.project ? [`the project ${bot.stack.project}`] : []),
        ...(ports.length > 0 ? [`the ports ${ports.join(', ')}`] : []),
      ]
      if (shared.length === 0) return []
      const fault = {
        code: 'stack-shared',
        message: `its stack has ${shared.join(' and ')}, and so has ${other.name}: they cannot run side by side on one machine`,
        fix: 'give it a project and ports of its own in stack()',
      }
      return [finding({ of: `bot ${bot.name}`, key: '', where: bot.where }, fault, 'warning')]
    }),
  )
}
