import type { Bot } from '../../definitions/language/bot.ts'
import type { Channel } from '../../definitions/language/stack.ts'

/** Whether the stack of a bot has a relay, which delivers the messages of its Alertmanager. */
export const deliversMessages = ({ outputs }: Pick<Bot, 'outputs'>): boolean => outputs.includes('alertmanager')

/** The name of a channel of an environment, as in the relay's configuration, URLs and metrics. */
export const relayChannel = (channel: Channel, env: string): string => `${channel}-${env}`
