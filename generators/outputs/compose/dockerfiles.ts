import type { Files, Model } from '../../model/model.ts'
import { keepsLogs } from '../../stack/logs.ts'
import { prometheusCommand } from '../../stack/prometheus-command.ts'
import { labelSettingsOf, settingsOf } from '../../stack/settings.ts'
import { targetsFile } from '../../stack/targets.ts'
import { fileHeader } from '../../text/header.ts'
import { pluginVersion } from './log-services.ts'

/** Dockerfile.prometheus and Dockerfile.grafana: images with the configuration baked in, as an alternative to Compose with mounts. */
export const dockerfilesOutput = (model: Model): Files =>
  new Map([
    ['Dockerfile.prometheus', prometheusImage(model)],
    ['Dockerfile.grafana', grafanaImage(model)],
    // .env and secrets are neither sent to the builder nor ever part of an image
    ['.dockerignore', `${fileHeader()}*\n!prometheus\n!grafana\n`],
  ])

function prometheusImage(model: Model): string {
  const { bot, topology } = model
  const { env, instance, target } = settingsOf(bot)
  const own = Object.entries(labelSettingsOf(bot))
  const targets = targetsFile({
    bot: bot.name,
    env: `$${env.name}`,
    instance: `$${instance.name}`,
    address: `$${target.name}`,
    labels: Object.fromEntries(own.map(([label, { name }]) => [label, `$${name}`])),
  })
  return `${fileHeader('#', `docker build -f Dockerfile.prometheus --build-arg ${target.name}=host:port --build-arg ${env.name}=${env.otherwise} .`)}FROM ${bot.stack.images.prometheus}
ARG ${env.name}=${env.otherwise}
ARG ${instance.name}=${instance.otherwise}
ARG ${target.name}=${target.otherwise}
${own.map(([, { name }]) => `ARG ${name}=\n`).join('')}COPY prometheus ${topology.prometheusFolder}
COPY prometheus/deployments/$${env.name} ${topology.deployment}
USER root
RUN mkdir -p ${folderOf(topology.targets)} && printf '%s\\n' \\
${targets
  .trimEnd()
  .split('\n')
  .filter((line) => !line.startsWith('#'))
  .map((line) => `  "${line.replaceAll('"', '\\"')}" \\\n`)
  .join('')}  > ${topology.targets}
USER nobody
CMD ${JSON.stringify(prometheusCommand(model))}
`
}

function grafanaImage({ bot, dashboards, topology }: Model): string {
  const [home] = dashboards
  const first =
    home === undefined
      ? ''
      : ` \\\n    GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH=${topology.grafanaFolder}/dashboards/${home.key}.json`
  return `${fileHeader('#', 'docker build -f Dockerfile.grafana .', 'It has no user and no default password. Run it with GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION=false and GF_SECURITY_ADMIN_PASSWORD.')}FROM ${bot.stack.images.grafana}
${keepsLogs(bot) ? `RUN grafana cli plugins install victoriametrics-logs-datasource ${pluginVersion}\n` : ''}COPY grafana ${topology.grafanaFolder}
ENV GF_PATHS_PROVISIONING=${topology.grafanaFolder}/provisioning \\
    GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION=true \\
    GF_AUTH_ANONYMOUS_ENABLED=false \\
    GF_USERS_ALLOW_SIGN_UP=false \\
    GF_ANALYTICS_REPORTING_ENABLED=false \\
    GF_ANALYTICS_CHECK_FOR_UPDATES=false \\
    GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES=false \\
    GF_NEWS_NEWS_FEED_ENABLED=false \\
    GF_PLUGINS_PREINSTALL_DISABLED=true${first}
`
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/'))
