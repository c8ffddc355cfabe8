import { existsSync } from 'node:fs'
import { bots } from '../definitions/index.ts'
import { choice } from '../generators/command-line/kinds.ts'
import { option } from '../generators/command-line/parameter.ts'
import { parseArguments } from '../generators/command-line/parse.ts'
import { botFolders } from '../generators/commands/preview/dashboards.ts'
import { builtPage, startPreview } from '../generators/commands/preview/server.ts'
import { listed } from '../generators/text/listed.ts'
import { startStage } from './stage/stage.ts'

const names = bots.map(({ name }) => name)
const parameters = { bot: option(choice('NAME', ...names), 'whose paper bot to start', { otherwise: 'mcbot' }) }
const parsed = parseArguments(parameters, process.argv.slice(2))
const definition = parsed.kind === 'run' ? bots.find(({ name }) => name === parsed.given.bot) : undefined
if (definition === undefined) {
  if (parsed.kind === 'wrong') console.error(`demo: ${parsed.problem}`)
  console.error(`usage: make demo BOT=NAME, where NAME is ${listed(names, 'or')} (default: mcbot)`)
  process.exit(parsed.kind === 'help' ? 0 : 2)
}

console.log(`starting the paper bot of ${definition.title} and what watches it …`)
const stage = await startStage(definition)
stage.phone.onMessage((message) => {
  if (message.to.endsWith('/dead-mans-switch')) return
  const shown = message.text.replace(/\\([\\*_~`|>#[\]()<@-])/g, '$1').replaceAll('**', '')
  const lines = shown.split('\n').map((line) => `  | ${line}`)
  console.log(`\n${new Date(message.at).toLocaleTimeString()} a message over ${message.channel}:\n${lines.join('\n')}`)
})
const preview = existsSync(builtPage)
  ? await startPreview({
      // What is generated anew meanwhile is seen at once.
      folders: async () => {
        const generated = await botFolders('out', definition.name)
        return generated.length > 0 ? generated : [{ bot: definition.name, path: stage.folder }]
      },
      prometheus: new URL(stage.prometheus.url),
      page: builtPage,
    })
  : null
const env = Object.keys(definition.environments)[0]
console.log(`
  bot           ${stage.bot.metricsUrl}   what it emits, env ${env}
  faults        ${stage.bot.faultsUrl}   what can go wrong, and which alert tells it
  Prometheus    ${stage.prometheus.url}/alerts   every alert, and why it fires or not
                ${stage.prometheus.url}/targets   what is scraped
  Alertmanager  ${stage.alertmanager.url}   what is told, muted, silenced
  dashboards    ${preview === null ? 'are drawn here too after `make build-preview`' : `${preview.url}/?from=now-15m&to=now   drawn from out/, without Grafana`}
  files         ${stage.folder}   as generated, for these addresses

Try: curl -X POST '${stage.bot.faultsUrl}/circuit-breaker?on'
Within half a minute its message appears here, as Discord would show it.
Ctrl-C ends everything.
`)

const end = async () => {
  console.log('\nending …')
  await preview?.stop()
  await stage.stop()
  process.exit(0)
}
process.once('SIGINT', end)
process.once('SIGTERM', end)
