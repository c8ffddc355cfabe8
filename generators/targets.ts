import { header } from './text/header.ts'

/** Where a bot's own process is; each value may be a `${VARIABLE}` of whoever writes the file. */
export interface TargetPlace {
  readonly bot: string
  readonly env: string
  readonly instance: string
  /** Host and port of its `/metrics`, as Prometheus reaches it. */
  readonly address: string
}

/** The file at `places.targets`: the one place that says where the bot is and in which environment it runs. */
export const targetsFile = ({ bot, env, instance, address }: TargetPlace): string =>
  `${header()}- targets: [${JSON.stringify(address)}]
  labels:
    bot: ${JSON.stringify(bot)}
    env: ${JSON.stringify(env)}
    instance: ${JSON.stringify(instance)}
`
