import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { mayNotBeSkipped, skipTest } from '../servers/skipped.ts'
import { repositoryRoot } from './command.ts'

/** The tested release of the official client; the header of the generated module names the oldest that it supports. */
const client = 'prometheus_client==0.26.0'

export interface Python {
  /** Runs a program in a folder whose modules it can import; returns its output, or throws an error with all of it. */
  readonly run: (program: string, folder: string, args?: readonly string[]) => Promise<string>
  readonly command: 'python3'
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Python 3 with the official client, which pip installs into the tools folder on first use. Without python3 the
 * test is marked as skipped; if the client cannot be installed it is skipped too, but with CI=true it fails.
 */
export async function needsPython(t: TestContext): Promise<Python | undefined> {
  const version = await ended('python3', ['-c', 'import sys; print(sys.version_info >= (3, 8))'])
  if (version.output.trim() !== 'True') return skipTest(t, ['python3'], ['install Python 3.8 or later'])
  const packages = join(repositoryRoot, '.tools', client.replace('==', '_'))
  if (!existsSync(packages)) {
    const wrong = await install(packages)
    if (wrong !== null)
      return mayNotBeSkipped(t, [client], [`python3 -m pip install --target ${packages} ${client}`], wrong)
  }
  const { PROMETHEUS_MULTIPROC_DIR: _, ...ours } = process.env
  const env = { ...ours, PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: '1' }
  return {
    command: 'python3',
    env,
    async run(program, folder, args = []) {
      const { code, output } = await ended('python3', ['-c', program, ...args], { env, cwd: folder })
      if (code !== 0) throw new Error(output)
      return output
    },
  }
}

/** Atomic, even if another process installs it at the same time. */
async function install(packages: string): Promise<string | null> {
  mkdirSync(join(repositoryRoot, '.tools'), { recursive: true })
  const folder = mkdtempSync(`${packages}.part-`)
  try {
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--no-deps',
      '--disable-pip-version-check',
      '--target',
      folder,
      client,
    ]
    const { code, output } = await ended('python3', pip, { timeout: 120_000 })
    if (code !== 0) return output
    if (!existsSync(packages)) renameSync(folder, packages)
    return null
  } catch (error) {
    return existsSync(packages) ? null : String(error)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function ended(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Python['env']; readonly timeout?: number } = {},
): Promise<{ readonly code: unknown; readonly output: string }> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: 60_000, maxBuffer: 1 << 26, ...options }, (error, stdout, stderr) =>
      resolve(error === null ? { code: 0, output: stdout } : { code: error.code ?? -1, output: `${stdout}${stderr}` }),
    )
  })
}
