import type { Model } from '../../model/model.ts'
import { alertmanagerFlags, startDelay } from '../../stack/alert-timing.ts'
import { keepsLogs } from '../../stack/logs.ts'
import { prometheusCommand } from '../../stack/prometheus-command.ts'
import { filledConfig, filledDelivery, scrapeSecretOf, secretsFolder } from '../../stack/secrets.ts'
import {
  botLogFolder,
  filledIn,
  imageProfile,
  labelSettingsOf,
  password,
  settingsOf,
  stateFolder,
} from '../../stack/settings.ts'
import { restartVariables } from './restart.ts'
import { asks, bindMount, common, confinement, healthcheck, nobodyUser, portMapping, portOf } from './service-parts.ts'

/** The owner's own image, with a volume for its state; what else it needs, they add in docker-compose.override.yaml. */
export function botService(model: Model): object {
  const { bot, topology } = model
  const settings = settingsOf(bot)
  return {
    ...common,
    profiles: [imageProfile(bot)],
    // Compose rejects a service without an image even if its profile is off.
    image: filledIn({ ...settings.image, otherwise: 'none' }),
    environment: {
      // one folder for each environment: the peak of a paper account is not that of the live one
      STATE: `${stateFolder}/${filledIn(settings.env)}`,
      ...(keepsLogs(bot) ? { LOGS: `${botLogFolder}/${filledIn(settings.env)}` } : {}),
      ...restartVariables(model, topology.alertmanager, filledIn(settings.env)),
    },
    volumes: [`bot-data:${stateFolder}`, ...(keepsLogs(bot) ? [`bot-logs:${botLogFolder}`] : [])],
    ports: [portMapping(settings.botPort, bot.port)],
  }
}

/** Prometheus with the rules of the chosen environment and the address of the bot. */
export function prometheusService(model: Model): object {
  const { bot, topology } = model
  const settings = settingsOf(bot)
  const secret = scrapeSecretOf(bot)
  return {
    ...common,
    // not read_only: Compose writes the content of a config into the container itself
    ...confinement,
    image: bot.stack.images.prometheus,
    user: nobodyUser,
    command: prometheusCommand(model),
    environment: {
      GRAFANA_PUBLIC_URL: filledIn(settings.grafanaUrl),
      RUNBOOK_PUBLIC_URL: filledIn(settings.runbookUrl),
      // Prometheus does not read it: a change makes Compose recreate the container, even a version that does not compare the content of a config.
      BOT_TARGET: filledIn(settings.target),
      BOT_INSTANCE: filledIn(settings.instance),
      ...Object.fromEntries(Object.values(labelSettingsOf(bot)).map((of) => [of.name, filledIn(of)])),
    },
    volumes: [
      bindMount('./prometheus', topology.prometheusFolder),
      bindMount(`./prometheus/deployments/${filledIn(settings.env)}`, topology.deployment),
      ...(secret === null ? [] : [bindMount(`./${secret.folder}`, topology.secrets)]),
      'prometheus-data:/prometheus',
    ],
    configs: [{ source: 'targets', target: topology.targets }],
    extra_hosts: [`host.docker.internal:${filledIn(settings.gateway)}`],
    ports: [portMapping(settings.prometheusPort, portOf(topology.prometheus))],
    healthcheck: healthcheck(asks(portOf(topology.prometheus), '/-/ready')),
    stop_grace_period: '1m',
  }
}

/** Alertmanager; it reads the secrets of the channels for the one message that it sends past the relay. */
export function alertmanagerService({ bot, topology }: Model): object {
  const settings = settingsOf(bot)
  return {
    ...common,
    ...confinement,
    read_only: true,
    image: bot.stack.images.alertmanager,
    user: nobodyUser,
    command: [
      // not the generated one: a channel without a secret would fail on every message
      `--config.file=${topology.secrets}/${filledConfig}`,
      '--storage.path=/alertmanager',
      ...alertmanagerFlags,
      startDelay(bot),
    ],
    volumes: [
      bindMount('./alertmanager', topology.alertmanagerFolder),
      bindMount(`./${secretsFolder}`, topology.secrets),
      'alertmanager-data:/alertmanager',
    ],
    tmpfs: ['/tmp'],
    ports: [portMapping(settings.alertmanagerPort, portOf(topology.alertmanager))],
    healthcheck: healthcheck(asks(portOf(topology.alertmanager), '/-/ready')),
  }
}

/** The relay between Alertmanager and the channels, in the image of the paper bot. */
export function relayService({ bot, topology }: Model): object {
  const settings = settingsOf(bot)
  const port = portOf(topology.relay)
  return {
    ...common,
    ...confinement,
    read_only: true,
    image: bot.stack.images.node,
    user: 'node',
    working_dir: relayFolder,
    command: ['node', 'main.ts'],
    environment: {
      HOST: '0.0.0.0',
      PORT: String(port),
      RUNBOOK_PUBLIC_URL: filledIn(settings.runbookUrl),
      ALERTMANAGER_PUBLIC_URL: filledIn(settings.alertmanagerUrl),
    },
    volumes: [
      bindMount('./relay', relayFolder),
      bindMount(`./${secretsFolder}`, topology.secrets),
      // a new volume gets the owner of the folder that it covers
      'relay-data:/home/node',
    ],
    tmpfs: ['/tmp'],
    ports: [portMapping(settings.relayPort, port)],
    healthcheck: healthcheck([
      'CMD',
      'node',
      '-e',
      `fetch('http://127.0.0.1:${port}/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))`,
    ]),
  }
}

const relayFolder = '/etc/relay'

/** Grafana: its home page is the bot's first dashboard, it sends nothing home, and its only password is the one in `.env`. */
export function grafanaService({ bot, dashboards, topology }: Model): object {
  const [home] = dashboards
  const settings = settingsOf(bot)
  return {
    ...common,
    ...confinement,
    image: bot.stack.images.grafana,
    user: '472:0',
    environment: {
      GF_SECURITY_ADMIN_USER: 'admin',
      GF_SECURITY_ADMIN_PASSWORD: `\${${password}:?no password yet: run \`make up BOT=${bot.name}\` in the repository, which writes .env with a random one}`,
      GF_SECURITY_DISABLE_GRAVATAR: 'true',
      GF_AUTH_ANONYMOUS_ENABLED: 'false',
      GF_USERS_ALLOW_SIGN_UP: 'false',
      GF_ANALYTICS_REPORTING_ENABLED: 'false',
      GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
      GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
      GF_NEWS_NEWS_FEED_ENABLED: 'false',
      GF_PLUGINS_PREINSTALL_DISABLED: 'true',
      GF_PATHS_PROVISIONING: `${topology.grafanaFolder}/provisioning`,
      ...(home === undefined
        ? {}
        : { GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: `${topology.grafanaFolder}/dashboards/${home.key}.json` }),
      GF_SERVER_ROOT_URL: filledIn(settings.grafanaUrl),
      ...(bot.alertsManagedBy === 'grafana' ? { RUNBOOK_PUBLIC_URL: filledIn(settings.runbookUrl) } : {}),
    },
    volumes: [
      bindMount('./grafana', topology.grafanaFolder),
      ...(bot.alertsManagedBy === 'grafana'
        ? [
            // over the generated file: Grafana does not start with a channel that has no secret
            bindMount(
              `./${secretsFolder}/${filledDelivery}`,
              `${topology.grafanaFolder}/provisioning/alerting/delivery.yml`,
            ),
            bindMount(`./${secretsFolder}`, topology.secrets),
          ]
        : []),
      'grafana-data:/var/lib/grafana',
    ],
    ports: [portMapping(settings.grafanaPort, portOf(topology.grafana))],
    depends_on: {
      prometheus: { condition: 'service_healthy' },
      ...(keepsLogs(bot) ? { 'grafana-plugin': { condition: 'service_completed_successfully' } } : {}),
    },
    healthcheck: healthcheck(asks(portOf(topology.grafana), '/api/health')),
  }
}

/** Node exporter: metrics of the machine itself. */
export function nodeExporterService({ bot, topology }: Model): object {
  const settings = settingsOf(bot)
  return {
    ...common,
    ...confinement,
    read_only: true,
    image: bot.stack.images.nodeExporter,
    user: nobodyUser,
    command: ['--path.rootfs=/host'],
    // Without `rslave`, which engines in a virtual machine reject: file systems bindMount later are not seen.
    volumes: [bindMount('/', '/host')],
    ports: [portMapping(settings.nodeExporterPort, portOf(topology.nodeExporter))],
    healthcheck: healthcheck(asks(portOf(topology.nodeExporter), '/')),
  }
}
