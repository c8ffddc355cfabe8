import { existsSync } from 'node:fs'
import { chmod, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Bot } from '../../definitions/language/bot.ts'
import { severities } from '../../definitions/language/severity.ts'
import { containerTopology, type Topology } from '../model/topology.ts'
import { filledAlertmanager } from '../outputs/alertmanager/alertmanager.ts'
import { filledGrafanaDelivery } from '../outputs/grafana-alerting/grafana-alerting.ts'
import { resolve } from '../resolve/resolve.ts'
import { filledConfig, filledDelivery, secretsFolder, secretsFor } from '../stack/secrets.ts'
import { listText } from '../text/list-text.ts'
import { type SecretFile, secretFiles } from './prepare.ts'
import { reload } from './reload.ts'

/** Writes Alertmanager's configuration, and Grafana's if it sends alerts, for the channels whose secrets are filled in now; true if one changed. */
export async function writeFilled(bot: Bot, folder: string, topology: Topology = containerTopology): Promise<boolean> {
  const isFilled = isFilledIn(await secretFiles(bot, folder))
  const { model } = resolve(bot, topology)
  const texts = new Map([
    [filledConfig, filledAlertmanager(model, isFilled)],
    ...(bot.alertsManagedBy === 'grafana' ? [[filledDelivery, filledGrafanaDelivery(model, isFilled)] as const] : []),
  ])
  const changed = await Promise.all([...texts].map(([name, text]) => replaced(join(folder, secretsFolder, name), text)))
  return changed.includes(true)
}

async function replaced(path: string, text: string): Promise<boolean> {
  // before the first `make up` there are no channels
  if (!existsSync(dirname(path))) return false
  if ((await readFile(path, 'utf8').catch(() => null)) === text) return false
  const beside = `${path}.new`
  await writeFile(beside, text)
  // a strict umask would keep the server from reading it
  await chmod(beside, 0o644)
  await rename(beside, path)
  return true
}

/** The same for a running Alertmanager, which is reloaded if the file changed; returns what is wrong, one sentence each. */
export async function tellFilled(bot: Bot, folder: string, alertmanager: string): Promise<readonly string[]> {
  return (await writeFilled(bot, folder)) ? reload('Alertmanager', alertmanager, folder) : []
}

/** Severities that have channels of which none is configured, if the bot runs as `env`: one sentence for each monitored environment. */
export function unreachableSeverities(bot: Bot, env: string, secrets: readonly SecretFile[]): readonly string[] {
  const isFilled = isFilledIn(secrets)
  return watchedEnvironments(bot, env).flatMap((env) => {
    const tell = bot.environments[env]?.tell
    if (tell === undefined) return []
    const lost = severities.filter(
      (severity) =>
        tell[severity].length > 0 &&
        !tell[severity].some((channel) => secretsFor(channel, env).every((name) => isFilled(name))),
    )
    const channels = [...new Set(lost.flatMap((severity) => tell[severity]))].sort()
    return lost.length === 0
      ? []
      : [`nobody is notified of ${listText(lost)} alerts in ${env} until ${listText(channels, 'or')} is configured`]
  })
}

/** The environments of the stack's own process and of all other targets. */
export const watchedEnvironments = ({ targets }: Bot, env: string): readonly string[] => [
  ...new Set([env, ...targets.map((target) => target.env)]),
]

function isFilledIn(secrets: readonly SecretFile[]): (name: string) => boolean {
  const filled = new Set(secrets.filter(({ isEmpty }) => !isEmpty).map(({ name }) => name))
  return (name) => filled.has(name)
}
