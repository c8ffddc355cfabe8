import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { mayNotBeSkipped } from '../servers/skipped.ts'
import { packageJson } from './packed-packages.ts'
import { runToEnd } from './project.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const modules = join(root, 'node_modules')
/** The newest LTS release, in addition to the oldest supported one and the one that runs the tests. */
const newest = '24.21.0'

/** Tarballs of an installed package and of all its dependencies, as `npm pack` makes them, by file name. */
export async function tarballs(name: string, to: string, known: Set<string> = new Set()): Promise<readonly string[]> {
  if (known.has(name)) return []
  known.add(name)
  const folder = join(modules, name)
  const packing = ['pack', folder, '--ignore-scripts', '--offline', '--silent', '--pack-destination', to]
  const packed = await runToEnd('npm', packing, to)
  assert.equal(packed.status, 0, packed.stderr)
  const below = []
  for (const needed of Object.keys(packageJson(folder).dependencies ?? {}))
    below.push(...(await tarballs(needed, to, known)))
  return [join(to, packed.stdout.trim()), ...below]
}

/** The path of npm's own program, so that another Node can run it. */
export function npmProgram(): string {
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'npm'))
    .find((path) => existsSync(path))
  assert.ok(found, 'npm is on PATH')
  return realpathSync(found)
}

/**
 * Node 24, which npm installs into the tools folder on first use. If it cannot be installed, the test is skipped; with
 * CI=true it fails.
 */
export async function needsNode24(t: TestContext): Promise<string | undefined> {
  if (process.versions.node.startsWith('24.')) return process.execPath
  const name = `node-${process.platform}-${process.arch}`
  const folder = join(root, '.tools', `node_${newest}`)
  const program = join(folder, 'node_modules', name, 'bin/node')
  if (!existsSync(program)) {
    const wrong = await install(folder, `${name}@${newest}`)
    if (wrong !== null) return skip(t, wrong)
  }
  const { stdout } = await runToEnd(program, ['--version'], root)
  return stdout.trim() === `v${newest}` ? program : skip(t, `${program} does not run here`)
}

/** Installs it completely or not at all, even with concurrent installations. */
async function install(folder: string, what: string): Promise<string | null> {
  mkdirSync(join(root, '.tools'), { recursive: true })
  const part = mkdtempSync(`${folder}.part-`)
  try {
    const { status, stderr } = await runToEnd(
      'npm',
      ['install', '--prefix', part, '--no-save', '--ignore-scripts', what],
      part,
    )
    if (status !== 0) return stderr
    if (!existsSync(folder)) renameSync(part, folder)
    return null
  } catch (error) {
    return existsSync(folder) ? null : String(error)
  } finally {
    rmSync(part, { recursive: true, force: true })
  }
}

const skip = (t: TestContext, failure: string): undefined =>
  mayNotBeSkipped(t, [`Node ${newest}`], [`put Node ${newest} into .tools with npm, or run the tests with it`], failure)
