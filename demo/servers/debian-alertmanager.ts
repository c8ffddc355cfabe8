import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ToolName } from './versions.ts'

/**
 * Makes Debian's Alertmanager find its default templates where it was unpacked. Debian's build reads `default.tmpl` and
 * `email.tmpl` from a fixed folder without a flag for it, and no configuration loads without them. The path in the binary
 * is replaced by a relative one of the same length, so the server must be started in its unpacked root.
 */
export async function relocateTemplates(program: string): Promise<void> {
  const bytes = await readFile(program)
  const fixed = Buffer.from(`/${templates}`)
  const relative = Buffer.from(`${templates}/`)
  // Go stores string lengths separately, so the length must not change; a doubled slash in a path is harmless
  for (let at = bytes.indexOf(fixed); at >= 0; at = bytes.indexOf(fixed, at + 1)) relative.copy(bytes, at)
  await writeFile(program, bytes)
}

/** The folder in which a tool of an unpacked unit must be started: its root for Debian's Alertmanager, otherwise undefined. */
export function folderToRunIn(unitFolder: string, name: ToolName): string | undefined {
  return name === 'alertmanager' && existsSync(join(unitFolder, templates, 'default.tmpl')) ? unitFolder : undefined
}

const templates = 'usr/share/prometheus/alertmanager'
