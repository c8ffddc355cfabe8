import type { Files, Generator, Model } from '../model/model.ts'

/** Every generator there is; each makes its own part of a bot's folder. */
const generators: readonly (() => Promise<Generator>)[] = [
  async () => (await import('./prometheus/prometheus.ts')).prometheus,
  async () => (await import('./prometheus/rules.ts')).rules,
  async () => (await import('./alertmanager/alertmanager.ts')).alertmanager,
  async () => (await import('./grafana/grafana.ts')).grafana,
  async () => (await import('./grafana/provisioning.ts')).provisioning,
  async () => (await import('./compose/compose.ts')).compose,
  async () => (await import('./compose/dockerfiles.ts')).dockerfiles,
  async () => (await import('./compose/environment.ts')).environment,
  async () => (await import('./runbooks/runbooks.ts')).runbooks,
  async () => (await import('./reference/reference.ts')).reference,
  async () => (await import('./contract/contract.ts')).contract,
  async () => (await import('./python/python.ts')).python,
]

/** All files of a bot's folder by path; no two generators make the same. */
export async function outputs(model: Model): Promise<Files> {
  const files = new Map<string, string>()
  for (const load of generators) {
    const generate = await load()
    for (const [path, text] of generate(model)) {
      if (files.has(path)) throw new Error(`this is a bug in botwatch: two generators make ${path}`)
      files.set(path, text)
    }
  }
  return files
}
