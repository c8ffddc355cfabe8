import type { Files, Generator, Model } from './model.ts'

/** Every generator there is; each makes its own part of a bot's folder. */
const generators: readonly (() => Promise<Generator>)[] = [
  async () => (await import('./prometheus.ts')).prometheus,
  async () => (await import('./rules.ts')).rules,
  async () => (await import('./alertmanager.ts')).alertmanager,
  async () => (await import('./grafana.ts')).grafana,
  async () => (await import('./provisioning.ts')).provisioning,
  async () => (await import('./compose.ts')).compose,
  async () => (await import('./dockerfiles.ts')).dockerfiles,
  async () => (await import('./environment.ts')).environment,
  async () => (await import('./runbooks.ts')).runbooks,
  async () => (await import('./reference.ts')).reference,
  async () => (await import('./contract.ts')).contract,
  async () => (await import('./python.ts')).python,
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
