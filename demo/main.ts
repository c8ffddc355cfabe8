import { existsSync } from 'node:fs'
import { bots } from '../definitions/index.ts'
import { choice } from '../generators/command-line/kinds.ts'
import { option } from '../generators/command-line/parameter.ts'
import { parseArguments } from '../generators/command-line/parse.ts'
import { botFolders } from '../generators/commands/preview/dashboards.ts'
import { pageFolder, startPreview } from '../generators/commands/preview/server.ts'
import { listText } from '../generators/text/list-text.ts'
import { firstFault as firstOfArbot } from './arbot/faults/list.ts'
import { firstFault as firstOfMcbot } from './mcbot/faults/list.ts'
import { startStage } from './stage/stage.ts'
import { firstFault as firstOfTradingbot } from './tradingbot/faults/list.ts'

const firstFaults: Readonly<Record<string, string>> = {
  mcbot: firstOfMcbot,
  tradingbot: firstOfTradingbot,
  arbot: firstOfArbot,
}

const names = bots.map(({ name }) => name)
const parameters = { bot: option(choice('NAME', ...names), 'whose paper bot to start', { otherwise: 'mcbot' }) }
const parsed = parseArguments(parameters, process.argv.slice(2))
const definition = parsed.kind === 'run' ? bots.find(({ name }) => name === parsed.given.bot) : undefined
if (definition === undefined) {
  if (parsed.kind === 'wrong') console.error(`demo: ${parsed.problem}`)
  console.error(`usage: make demo BOT=NAME, where NAME is ${listText(names, 'or')} (default: mcbot)`)
  process.exit(parsed.kind === 'help' ? 0 : 2)
}

console.log(`starting the paper bot of ${definition.title} and its monitoring …`)
const stage = await startStage(definition)
stage.phone.onMessage((message) => {
  if (message.to.endsWith('/dead-mans-switch')) return
  const shown = message.text.replace(/\\([\\*_~`|>#[\]()<@-])/g, '$1').replaceAll('**', '')
  const lines = shown.split('\n').map((line) => `  | ${line}`)
  console.log(`\n${new Date(message.at).toLocaleTimeString()} message via ${message.channel}:\n${lines.join('\n')}`)
})
const preview = existsSync(pageFolder)
  ? await startPreview({
      // Regenerated dashboards show up at once.
      folders: async () => {
        const generated = await botFolders('out', definition.name)
        return generated.length > 0 ? generated : [{ bot: definition.name, path: stage.folder }]
      },
      prometheus: new URL(stage.prometheus.url),
      storeOf: async () => (stage.victoriaLogs === null ? null : new URL(stage.victoriaLogs.url)),
      page: pageFolder,
    })
  : null
const env = Object.keys(definition.environments)[0]
console.log(`
  bot           ${stage.bot.metricsUrl}   the bot's metrics, env ${env}
  faults        ${stage.bot.faultsUrl}   faults you can inject, and the alerts they trip
  Prometheus    ${stage.prometheus.url}/alerts   every alert and its state
                ${stage.prometheus.url}/targets   scrape targets
  Alertmanager  ${stage.alertmanager.url}   notifications, muted and silenced alerts
${stage.victoriaLogs === null ? '' : `  VictoriaLogs  ${stage.victoriaLogs.url}/select/vmui   the lines of the log\n`}  dashboards    ${preview === null ? 'run `make build-preview` to see them here' : `${preview.url}/?from=now-15m&to=now   rendered from out/, without Grafana`}
  files         ${stage.folder}   the generated files for these addresses

Try: curl -X POST '${stage.bot.faultsUrl}/${firstFaults[definition.name] ?? 'metrics-endpoint'}?on'
Within a minute its message appears here, as Discord would show it.
Press Ctrl-C to stop everything.
`)

const end = async () => {
  console.log('\nstopping …')
  await preview?.stop()
  await stage.stop()
  process.exit(0)
}
process.once('SIGINT', end)
process.once('SIGTERM', end)
