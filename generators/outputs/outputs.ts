import type { OutputName } from '../../definitions/language/output.ts'
import type { Files, Model, Output } from '../model/model.ts'

/** The generator of each output; an output that a bot leaves out is not even loaded. */
const outputs: Readonly<Record<OutputName, readonly (() => Promise<Output>)[]>> = {
  prometheus: [
    async () => (await import('./prometheus/prometheus.ts')).prometheusOutput,
    async () => (await import('./prometheus/rules.ts')).rulesOutput,
  ],
  alertmanager: [
    async () => (await import('./alertmanager/alertmanager.ts')).alertmanagerOutput,
    async () => (await import('./relay/relay.ts')).relayOutput,
  ],
  grafana: [
    async () => (await import('./grafana/grafana.ts')).grafanaOutput,
    async () => (await import('./grafana/provisioning.ts')).provisioningOutput,
    async () => (await import('./grafana-alerting/grafana-alerting.ts')).grafanaAlertingOutput,
  ],
  compose: [
    async () => (await import('./compose/compose.ts')).composeOutput,
    async () => (await import('./compose/dockerfiles.ts')).dockerfilesOutput,
    async () => (await import('./compose/environment.ts')).environmentOutput,
  ],
  runbooks: [async () => (await import('./runbooks/runbooks.ts')).runbooksOutput],
  reference: [async () => (await import('./reference/reference.ts')).referenceOutput],
  contract: [async () => (await import('./contract/contract.ts')).contractOutput],
  logs: [async () => (await import('./logs/logs.ts')).logsOutput],
  python: [async () => (await import('./python/python.ts')).pythonOutput],
}

/** All files of a bot's folder by path, from the outputs that it chose; no two generators write the same file. */
export async function generatedFiles(model: Model): Promise<Files> {
  const files = new Map<string, string>()
  for (const name of model.bot.outputs)
    for (const load of outputs[name]) {
      const generate = await load()
      for (const [path, text] of generate(model)) {
        if (files.has(path)) throw new Error(`this is a bug in botwatch: two generators write ${path}`)
        files.set(path, text)
      }
    }
  return files
}
