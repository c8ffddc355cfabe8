import type { Model, Output } from '../../model/model.ts'
import { keepsLogs } from '../../stack/logs.ts'
import { yamlFile } from '../../text/yaml.ts'
import { logsDatasource } from './datasource.ts'

/** `grafana/provisioning/`: the data source and the folder of the dashboards, which Grafana reads when it starts; next to it, their order. */
export const provisioningOutput: Output = (model) =>
  new Map([
    ['grafana/provisioning/datasources/prometheus.yml', yamlFile(datasources(model))],
    ...(keepsLogs(model.bot)
      ? [['grafana/provisioning/datasources/logs.yml', yamlFile(logsSource(model))] as const]
      : []),
    ['grafana/provisioning/dashboards/default.yml', yamlFile(dashboards(model))],
    ['grafana/order.json', `${JSON.stringify(model.dashboards.map(({ key }) => key))}\n`],
  ])

const datasources = ({ bot, topology }: Model) => ({
  apiVersion: 1,
  prune: true,
  datasources: [
    {
      name: 'Prometheus',
      uid: 'prometheus',
      type: 'prometheus',
      access: 'proxy',
      url: `http://${topology.prometheus}`,
      isDefault: true,
      editable: false,
      jsonData: { httpMethod: 'POST', timeInterval: bot.stack.scrape.bot, manageAlerts: false },
    },
  ],
})

const logsSource = ({ topology }: Model) => ({
  apiVersion: 1,
  prune: true,
  datasources: [
    {
      name: 'Logs',
      ...logsDatasource,
      access: 'proxy',
      url: `http://${topology.victoriaLogs}`,
      editable: false,
    },
  ],
})

/** A dashboard that is no longer generated is removed; dashboards cannot be edited in Grafana, where the next start would undo it. */
const dashboards = ({ bot, topology }: Model) => ({
  apiVersion: 1,
  providers: [
    {
      name: bot.name,
      orgId: 1,
      folder: bot.title,
      folderUid: bot.name,
      type: 'file',
      disableDeletion: false,
      allowUiUpdates: false,
      updateIntervalSeconds: 10,
      options: { path: `${topology.grafanaFolder}/dashboards`, foldersFromFilesStructure: false },
    },
  ],
})
