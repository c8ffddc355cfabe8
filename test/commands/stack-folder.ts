import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Bot } from '../../definitions/language/bot.ts'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { containerTopology, type Topology } from '../../generators/model/topology.ts'
import { generatedFiles } from '../../generators/outputs/outputs.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { secretsFolder } from '../../generators/stack/secrets.ts'

/** A bot's folder as `generate` writes it, in a temporary place. */
export async function stackFolder(
  t: TestContext,
  places: (folder: string) => Topology = () => containerTopology,
  bot: Bot = mcbot,
): Promise<string> {
  const above = mkdtempSync(join(tmpdir(), 'botwatch-stack-'))
  t.after(() => rmSync(above, { recursive: true, force: true }))
  const folder = join(above, bot.name)
  for (const [path, text] of await generatedFiles(resolve(bot, places(folder)).model)) put(join(folder, path), text)
  return folder
}

export function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** Fills secret files. */
export function tell(folder: string, secrets: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(secrets)) put(join(folder, secretsFolder, name), text)
}
