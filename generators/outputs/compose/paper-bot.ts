import type { Model } from '../../model/model.ts'
import { keepsLogs } from '../../stack/logs.ts'
import { filledIn, paperProfile, settingsOf } from '../../stack/settings.ts'
import { watchdogFlags } from '../../stack/watchdog.ts'
import { restartVariables } from './restart.ts'
import { bindMount, common, confinement, healthcheck, portMapping, writableByAll } from './service-parts.ts'

/** What of the clone the paper bot consists of. */
const parts = ['definitions', 'runtime', 'demo', 'node_modules', 'package.json'] as const

/** The paper bot: the TypeScript of the clone, which Node.js runs natively since 22.18. */
export function paperBotService(model: Model): object {
  const { bot, topology } = model
  const settings = settingsOf(bot)
  const [folder, source] = ['/botwatch', filledIn(settings.repository)]
  // The user's own folder in the image: a volume takes its owner from the folder it covers.
  const home = '/home/node'
  return {
    ...common,
    ...confinement,
    read_only: true,
    profiles: [paperProfile(bot)],
    image: bot.stack.images.node,
    user: 'node',
    working_dir: folder,
    ...startedBy(model),
    environment: {
      // it refuses to run as live, even if it is started by name
      BOT_ENV: filledIn(settings.env),
      HOST: '0.0.0.0',
      PORT: String(bot.port),
      FAULTS: filledIn(settings.faults),
      STATE: home,
      ...(keepsLogs(bot) ? { LOGS: `${writableByAll}/${filledIn(settings.env)}` } : {}),
      NODE_OPTIONS: filledIn(settings.nodeOptions),
      ...restartVariables(model, topology.alertmanager, filledIn(settings.env)),
    },
    // Never the whole clone: out/ has secrets in it.
    volumes: [
      ...[...parts, ...(bot.watchdog === null ? [] : ['generators'])].map((part) =>
        bindMount(`${source}/${part}`, `${folder}/${part}`),
      ),
      `paper-bot-data:${home}`,
      ...(keepsLogs(bot) ? [`paper-bot-logs:${writableByAll}`] : []),
    ],
    tmpfs: ['/tmp'],
    networks: { default: { aliases: ['bot'] } },
    ports: [portMapping(settings.botPort, bot.port)],
    healthcheck: healthcheck([
      'CMD',
      'node',
      '-e',
      // without a space: some engines split the words of a healthcheck again
      `fetch('http://127.0.0.1:${bot.port}/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))`,
    ]),
  }
}

/** How it is started: by itself, or by its watchdog, which no other supervisor starts again once it has given up. */
function startedBy({ bot, topology }: Model): object {
  const own = ['node', `demo/${bot.name}/main.ts`]
  if (bot.watchdog === null) return { command: own }
  const { env, instance } = settingsOf(bot)
  const flags = watchdogFlags(bot.watchdog, {
    listen: `0.0.0.0:${bot.watchdog.port}`,
    alertmanager: topology.alertmanager,
    labels: { bot: bot.name, env: filledIn(env), instance: filledIn(instance) },
  })
  return {
    command: ['node', 'generators/main.ts', 'watchdog', ...flags, '--', ...own],
    restart: 'no',
    stop_grace_period: '30s',
  }
}
