import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Machine, readIfThere } from './machine.ts'
import type { ToolName } from './versions.ts'

/** An unpacked release or package in the tools folder: the files of its tools, and its source. */
export type Installation = Readonly<{
  folder: string
  version: string
  from: string
  tools: Readonly<Record<string, string>>
}>

/**
 * Installs a unit under its own name: `fill` writes into a staging folder, which is renamed once complete, so that a killed or
 * concurrent run leaves a complete unit or none.
 */
export async function install(
  machine: Machine,
  name: string,
  about: Readonly<{ version: string; from: string }>,
  fill: (folder: string) => Promise<Readonly<Partial<Record<ToolName, string>>>>,
): Promise<Installation> {
  mkdirSync(machine.toolsDir, { recursive: true })
  await removeAbandoned(machine)
  const staging = await mkdtemp(join(machine.toolsDir, `${stagingPrefix}${process.pid}-`))
  try {
    const content = join(staging, 'content')
    await mkdir(content)
    const tools = await fill(content)
    await writeFile(join(content, manifest), `${JSON.stringify({ ...about, tools }, null, 2)}\n`)
    const folder = join(machine.toolsDir, name)
    await takePlace(content, folder)
    return { folder, ...about, tools }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** Every complete unit in the tools folder. */
export function installations(machine: Machine): readonly Installation[] {
  let names: string[]
  try {
    names = readdirSync(machine.toolsDir).sort()
  } catch {
    return []
  }
  return names.flatMap((name) => {
    const folder = join(machine.toolsDir, name)
    const unit = name.startsWith('.') ? undefined : readManifest(folder)
    return unit ? [{ folder, ...unit }] : []
  })
}

const manifest = 'installed.json'
const stagingPrefix = '.new-'
const manifestShape = z.object({ version: z.string(), from: z.string(), tools: z.record(z.string(), z.string()) })

async function takePlace(content: string, folder: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await rename(content, folder)
      return
    } catch (error) {
      if (tries === 3 || !(await exists(folder))) throw error
      // another run was faster, and its unit is just as good; anything else with that name is a leftover
      if (readManifest(folder)) return
      await rm(folder, { recursive: true, force: true })
    }
  }
}

async function removeAbandoned(machine: Machine): Promise<void> {
  const anHourAgo = Date.now() - 3_600_000
  for (const name of readdirSync(machine.toolsDir)) {
    const folder = join(machine.toolsDir, name)
    if (name.startsWith(stagingPrefix) && changedAt(folder) < anHourAgo)
      await rm(folder, { recursive: true, force: true })
  }
}

function readManifest(folder: string): z.infer<typeof manifestShape> | undefined {
  try {
    return manifestShape.parse(JSON.parse(readIfThere(folder, manifest) ?? ''))
  } catch {
    return undefined
  }
}

function changedAt(folder: string): number {
  try {
    return statSync(folder).mtimeMs
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
