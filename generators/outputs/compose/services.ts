import type { Model } from '../../model/model.ts'
import { alertmanagerFlags, startDelay } from '../../stack/alert-timing.ts'
import { prometheusCommand } from '../../stack/prometheus-command.ts'
import { filledConfig, scrapeSecretOf, secretsFolder } from '../../stack/secrets.ts'
import {
  filledIn,
  imageProfile,
  labelSettingsOf,
  paperProfile,
  password,
  type Setting,
  settingsOf,
  stateFolder,
} from '../../stack/settings.ts'
import { restartVariables } from './restart.ts'

/** The paper bot: the TypeScript of the clone, which Node.js runs natively since 22.18. */
export function paperBotService(model: Model): object {
  const { bot, topology } = model
  const settings = settingsOf(bot)
  const [folder, source] = ['/botwatch', filledIn(settings.repository)]
  // The user's own folder in the image: a volume takes its owner from the folder it covers.
  const home = '/home/node'
  return {
    ...common,
    ...confined,
    read_only: true,
    profiles: [paperProfile(bot)],
    image: bot.stack.images.node,
    user: 'node',
    working_dir: folder,
    command: ['node', `demo/${bot.name}/main.ts`],
    environment: {
      // it refuses to run as live, even if it is started by name
      BOT_ENV: filledIn(settings.env),
      HOST: '0.0.0.0',
      PORT: String(bot.port),
      FAULTS: filledIn(settings.faults),
      STATE: home,
      NODE_OPTIONS: filledIn(settings.nodeOptions),
      ...restartVariables(model, topology.alertmanager, filledIn(settings.env)),
    },
    // Never the whole clone: out/ has secrets in it.
    volumes: [
      ...['definitions', 'runtime', 'demo', 'node_modules', 'package.json'].map((part) =>
        mounted(`${source}/${part}`, `${folder}/${part}`),
      ),
      `paper-bot-data:${home}`,
    ],
    tmpfs: ['/tmp'],
    networks: { default: { aliases: ['bot'] } },
    ports: [published(settings.botPort, bot.port)],
    healthcheck: healthcheck([
      'CMD',
      'node',
      '-e',
      // without a space: some engines split the words of a healthcheck again
      `fetch('http://127.0.0.1:${bot.port}/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))`,
    ]),
  }
}

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
      ...restartVariables(model, topology.alertmanager, filledIn(settings.env)),
    },
    volumes: [`bot-data:${stateFolder}`],
    ports: [published(settings.botPort, bot.port)],
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
    ...confined,
    image: bot.stack.images.prometheus,
    user: nobody,
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
      mounted('./prometheus', topology.prometheusFolder),
      mounted(`./prometheus/deployments/${filledIn(settings.env)}`, topology.deployment),
      ...(secret === null ? [] : [mounted(`./${secret.folder}`, topology.secrets)]),
      'prometheus-data:/prometheus',
    ],
    configs: [{ source: 'targets', target: topology.targets }],
    extra_hosts: [`host.docker.internal:${filledIn(settings.gateway)}`],
    ports: [published(settings.prometheusPort, portOf(topology.prometheus))],
    healthcheck: healthcheck(asks(portOf(topology.prometheus), '/-/ready')),
    stop_grace_period: '1m',
  }
}

/** Alertmanager; it reads the secrets of the channels for the one message that it sends past the relay. */
export function alertmanagerService({ bot, topology }: Model): object {
  const settings = settingsOf(bot)
  return {
    ...common,
    ...confined,
    read_only: true,
    image: bot.stack.images.alertmanager,
    user: nobody,
    command: [
      // not the generated one: a channel without a secret would fail on every message
      `--config.file=${topology.secrets}/${filledConfig}`,
      '--storage.path=/alertmanager',
      ...alertmanagerFlags,
      startDelay(bot),
    ],
    volumes: [
      mounted('./alertmanager', topology.alertmanagerFolder),
      mounted(`./${secretsFolder}`, topology.secrets),
      'alertmanager-data:/alertmanager',
    ],
    tmpfs: ['/tmp'],
    ports: [published(settings.alertmanagerPort, portOf(topology.alertmanager))],
    healthcheck: healthcheck(asks(portOf(topology.alertmanager), '/-/ready')),
  }
}

/** The relay between Alertmanager and the channels, in the image of the paper bot. */
export function relayService({ bot, topology }: Model): object {
  const settings = settingsOf(bot)
  const port = portOf(topology.relay)
  return {
    ...common,
    ...confined,
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
      mounted('./relay', relayFolder),
      mounted(`./${secretsFolder}`, topology.secrets),
      // a new volume gets the owner of the folder that it covers
      'relay-data:/home/node',
    ],
    tmpfs: ['/tmp'],
    ports: [published(settings.relayPort, port)],
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
    ...confined,
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
    },
    volumes: [mounted('./grafana', topology.grafanaFolder), 'grafana-data:/var/lib/grafana'],
    ports: [published(settings.grafanaPort, portOf(topology.grafana))],
    depends_on: { prometheus: { condition: 'service_healthy' } },
    healthcheck: healthcheck(asks(portOf(topology.grafana), '/api/health')),
  }
}

/** Node exporter: metrics of the machine itself. */
export function nodeExporterService({ bot, topology }: Model): object {
  const settings = settingsOf(bot)
  return {
    ...common,
    ...confined,
    read_only: true,
    image: bot.stack.images.nodeExporter,
    user: nobody,
    command: ['--path.rootfs=/host'],
    // Without `rslave`, which engines in a virtual machine reject: file systems mounted later are not seen.
    volumes: [mounted('/', '/host')],
    ports: [published(settings.nodeExporterPort, portOf(topology.nodeExporter))],
    healthcheck: healthcheck(asks(portOf(topology.nodeExporter), '/')),
  }
}

const nobody = '65534:65534'
const common = {
  restart: 'unless-stopped',
  logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
} as const
const confined = { cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] } as const

/** A bind mount whose source must exist: the short syntax would create an empty folder instead. */
const mounted = (source: string, target: string) => ({
  type: 'bind',
  source,
  target,
  read_only: true,
  bind: { create_host_path: false },
})

const published = (setting: Setting, port: number) => `127.0.0.1:${filledIn(setting)}:${port}`
const portOf = (place: string) => Number(place.slice(place.lastIndexOf(':') + 1))
const asks = (port: number, path: string) => ['CMD', 'wget', '-q', '-O', '/dev/null', `http://127.0.0.1:${port}${path}`]
const healthcheck = (test: readonly string[]) => ({
  test,
  interval: '10s',
  timeout: '5s',
  retries: 6,
  start_period: '30s',
})
