import { join } from 'node:path'
import type { Bot } from '../../definitions/language/bot.ts'
import type { Topology } from '../../generators/model/topology.ts'
import { victoriaLogsFlags, vlagentFlags, vmalertFlags } from '../../generators/stack/logs.ts'
import type { Server } from '../servers/server.ts'
import { startVictoriaLogs, startVlagent, startVmalert } from '../servers/start.ts'
import type { Tool } from '../servers/tool.ts'

interface LogPlaces {
  readonly topology: Topology
  /** The folder with the `*.jsonl` files that the bot writes. */
  readonly lines: string
  /** The folder in which the store and the agent keep their data. */
  readonly data: string
  /** The labels of the process that writes the lines. */
  readonly labels: Readonly<Record<'bot' | 'env' | 'instance', string>>
}

/** The programs behind the log of a bot; each can be started again, with the data that it had. */
interface LogPrograms {
  /** Starts the store; `more` flags override those of the stack. */
  readonly victoriaLogs: (...more: readonly string[]) => Promise<Server>
  readonly vlagent: (tool?: Tool) => Promise<Server>
  readonly vmalert: () => Promise<Server>
}

/** How the programs behind a log are started: with the flags of the bot's stack, at the addresses of a topology. */
export const logPrograms = (definition: Bot, { topology, lines, data, labels }: LogPlaces): LogPrograms => ({
  victoriaLogs: (...more) =>
    startVictoriaLogs({
      dataDir: join(data, 'victoria-logs'),
      address: topology.victoriaLogs,
      args: [...victoriaLogsFlags(definition), ...more],
    }),
  vlagent: (tool) =>
    startVlagent({
      ...(tool === undefined ? {} : { tool }),
      dataDir: join(data, 'vlagent'),
      address: topology.vlagent,
      args: [`-fileCollector.glob=${lines}/*.jsonl`, ...vlagentFlags(topology.victoriaLogs, labels)],
    }),
  vmalert: () =>
    startVmalert({
      address: topology.vmalert,
      env: { BOT_ENV: labels.env, BOT_INSTANCE: labels.instance },
      args: vmalertFlags(definition, {
        folder: topology.vmalertFolder,
        store: topology.victoriaLogs,
        prometheus: topology.prometheus,
      }),
    }),
})
