/** Where the servers listen and find their files; only paths and addresses, so rules cannot depend on it. */
export interface Topology {
  readonly kind: 'container' | 'host'
  /** Host and port of each server, as the others reach it. */
  readonly prometheus: string
  readonly alertmanager: string
  readonly relay: string
  readonly nodeExporter: string
  readonly grafana: string
  readonly victoriaLogs: string
  readonly vlagent: string
  readonly vmalert: string
  /** Folders as the servers see them. */
  readonly prometheusFolder: string
  readonly alertmanagerFolder: string
  readonly grafanaFolder: string
  readonly vmalertFolder: string
  readonly secrets: string
  /** The file with the bot's own address, which `.env` decides. */
  readonly targets: string
  /** The folder with the rules of the environment that runs, which `.env` decides too. */
  readonly deployment: string
}

/** The servers' own names on the network of the generated stack. */
export const containerTopology: Topology = Object.freeze({
  kind: 'container',
  prometheus: 'prometheus:9090',
  alertmanager: 'alertmanager:9093',
  relay: 'relay:9095',
  nodeExporter: 'node-exporter:9100',
  grafana: 'grafana:3000',
  victoriaLogs: 'victoria-logs:9428',
  vlagent: 'vlagent:9429',
  vmalert: 'vmalert:8880',
  prometheusFolder: '/etc/prometheus/config',
  alertmanagerFolder: '/etc/alertmanager/config',
  grafanaFolder: '/etc/grafana/botwatch',
  vmalertFolder: '/etc/vmalert/config',
  secrets: '/run/secrets',
  targets: '/etc/prometheus/targets/bot.yml',
  deployment: '/etc/prometheus/deployment',
})

/** Servers on this machine that read a bot's folder where it was written, with secrets and targets next to it. */
export const hostTopology = (options: {
  readonly folder: string
  readonly secrets: string
  readonly targets: string
  readonly prometheus: string
  readonly alertmanager: string
  readonly relay: string
  readonly nodeExporter: string
  /** What stores, collects and evaluates log lines; by default at the programs' own ports. */
  readonly victoriaLogs?: string
  readonly vlagent?: string
  readonly vmalert?: string
  /** The environment that the bot runs in. */
  readonly env: string
}): Topology =>
  Object.freeze({
    kind: 'host',
    prometheus: options.prometheus,
    alertmanager: options.alertmanager,
    relay: options.relay,
    nodeExporter: options.nodeExporter,
    grafana: '127.0.0.1:3000',
    victoriaLogs: options.victoriaLogs ?? '127.0.0.1:9428',
    vlagent: options.vlagent ?? '127.0.0.1:9429',
    vmalert: options.vmalert ?? '127.0.0.1:8880',
    prometheusFolder: `${options.folder}/prometheus`,
    alertmanagerFolder: `${options.folder}/alertmanager`,
    grafanaFolder: `${options.folder}/grafana`,
    vmalertFolder: `${options.folder}/logs`,
    secrets: options.secrets,
    targets: options.targets,
    deployment: `${options.folder}/prometheus/deployments/${options.env}`,
  })
