import type { OutputName } from '../../definitions/language/output.ts'
import type { Files, Generator, Model } from '../model/model.ts'

/** The generator of each output; an output that a bot leaves out is not even loaded. */
const outputs: Readonly<Record<OutputName, readonly (() => Promise<Generator>)[]>> = {
  prometheus: [
    async () => (await import('./prometheus/prometheus.ts')).prometheus,
    async () => (await import('./prometheus/rules.ts')).rules,
  ],
  alertmanager: [async () => (await import('./alertmanager/alertmanager.ts')).alertmanager],
  grafana: [
    async () => (await import('./grafana/grafana.ts')).grafana,
    async () => (await import('./grafana/provisioning.ts')).provisioning,
  ],
  compose: [
    async () => (await import('./compose/compose.ts')).compose,
    async () => (await import('./compose/dockerfiles.ts')).dockerfiles,
    async () => (await import('./compose/environment.ts')).environment,
  ],
  runbooks: [async () => (await import('./runbooks/runbooks.ts')).runbooks],
  reference: [async () => (await import('./reference/reference.ts')).reference],
  contract: [async () => (await import('./contract/contract.ts')).contract],
  python: [async () => (await import('./python/python.ts')).python],
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
