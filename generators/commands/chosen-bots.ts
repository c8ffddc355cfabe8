import type { Bot } from '../../definitions/language/bot.ts'
import { botName, duration, file, folder } from '../command-line/kinds.ts'
import { option, type ParameterValues } from '../command-line/parameter.ts'
import { type Finding, finding } from '../model/finding.ts'
import { listText } from '../text/list-text.ts'
import { nearest } from '../text/nearest.ts'
import { load } from './load.ts'

/** The options of a command that is about the bots of some definitions. */
export const botOptions = {
  bot: option(botName, 'only this bot (default: all)'),
  definitions: option(file, 'module that exports `bots`', { otherwise: 'definitions/index.ts' }),
}

/** The options of a command that is also about their output. */
export const outputOptions = {
  ...botOptions,
  out: option(folder, 'output folder; each bot has a folder in it', { otherwise: 'out' }),
}

/** The options of a command that waits for a stack. */
export const stackOptions = {
  ...outputOptions,
  within: option(duration('60s or 5m'), 'how long targets, rules and the bot may take to be up', { otherwise: '60s' }),
}

/** Whose output a command is about. */
export type ChosenOutput = ParameterValues<typeof outputOptions>

/** The bots that a command is about. */
export async function chosenBots(
  given: ParameterValues<typeof botOptions>,
): Promise<readonly Bot[] | { readonly wrong: string }> {
  const bots = await load(given.definitions)
  if ('wrong' in bots) return bots
  const names = bots.map((bot) => bot.name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined)
    return { wrong: `${given.definitions}: two bots are named ${twice} and would share a folder: rename one` }
  if (given.bot === undefined) return bots
  const found = bots.filter((bot) => bot.name === given.bot)
  if (found.length > 0) return found
  const near = nearest(given.bot, names)
  return {
    wrong: `no bot '${given.bot}' in ${given.definitions}${near === '' ? `, only ${listText(names)}` : `; ${near}`}`,
  }
}

/** What prevents the stacks of several bots from running on one machine: warnings, since they may run on several machines. */
export function collisions(bots: readonly Bot[]): readonly Finding[] {
  return bots.flatMap((bot, i) =>
    bots.slice(0, i).flatMap((other) => {
      const ports = Object.values(bot.stack.ports).filter((port) => Object.values(other.stack.ports).includes(port))
      const shared = [
        ...(bot.stack.project === other.stack.project ? [`the project ${bot.stack.project}`] : []),
        ...(ports.length > 0 ? [`the ports ${ports.join(', ')}`] : []),
      ]
      if (shared.length === 0) return []
      const problem = {
        code: 'stack-shared',
        message: `its stack has ${listText(shared)}, as does the stack of ${other.name}: both cannot run on one machine`,
        fix: 'give it its own project and ports in stack()',
      }
      return [finding({ of: `bot ${bot.name}`, key: '', where: bot.where }, problem, 'warning')]
    }),
  )
}
