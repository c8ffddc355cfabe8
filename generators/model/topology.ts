/** Where the servers listen and find their files; only paths and addresses, so rules cannot depend on it. */
export interface Topology {
  readonly kind: 'container' | 'host'
  /** Host and port of each server, as the others reach it. */
  readonly prometheus: string
  readonly alertmanager: string
  readonly relay: string
  readonly nodeExporter: string
  readonly grafana: string
  /** Folders as the servers see them. */
  readonly prometheusFolder: string
  readonly alertmanagerFolder: string
  readonly grafanaFolder: string
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
  prometheusFolder: '/etc/prometheus/config',
  alertmanagerFolder: '/etc/alertmanager/config',
  grafanaFolder: '/etc/grafana/botwatch',
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
    prometheusFolder: `${options.folder}/prometheus`,
    alertmanagerFolder: `${options.folder}/alertmanager`,
    grafanaFolder: `${options.folder}/grafana`,
    secrets: options.secrets,
    targets: options.targets,
    deployment: `${options.folder}/prometheus/deployments/${options.env}`,
  })
