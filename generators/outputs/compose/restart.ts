import type { Files, Model } from '../../model/model.ts'
import { loudIn, matchersText, quietMatchers } from '../../stack/quiet.ts'
import { deliversMessages } from '../../stack/relay.ts'
import { fileHeader } from '../../text/header.ts'

/** The variables by which the bot announces its restarts; none if its messages are sent by another program. */
export function restartVariables(model: Model, alertmanager: string, env: string): Readonly<Record<string, string>> {
  if (!deliversMessages(model.bot)) return {}
  return {
    BOTWATCH_ALERTMANAGER: `http://${alertmanager}`,
    BOTWATCH_QUIET: matchersText(quietMatchers(model.bot.name, loudIn(model), env)),
  }
}

/** restart/<env>.env: the same for a bot that runs outside the stack. */
export function restartOutput(model: Model): Files {
  const { bot } = model
  if (!deliversMessages(bot)) return new Map()
  return new Map(
    Object.keys(bot.environments).map((env) => {
      const variables = restartVariables(model, `127.0.0.1:${bot.stack.ports.alertmanager}`, env)
      const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}`)
      const header = fileHeader(
        '#',
        `For a bot outside the stack, as ${env}: \`node --env-file=restart/${env}.env\`. It then announces its restarts.`,
      )
      return [`restart/${env}.env`, `${header}${lines.join('\n')}\n`] as const
    }),
  )
}
