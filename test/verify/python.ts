import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { TestContext } from 'node:test'
import { mayNotBeSkipped, skipTest } from '../servers/skipped.ts'
import { repositoryRoot } from './command.ts'

/** The tested release of the official client; the header of the generated module names the oldest that it supports. */
const client = 'prometheus_client==0.26.0'
const mypy = 'mypy==1.18.2'

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
  const packages = await needsPackage(t, client, ['--no-deps'])
  return packages === undefined ? undefined : pythonWith([packages])
}

/** As `needsPython`, with mypy as well. */
export async function needsMypy(t: TestContext): Promise<Python | undefined> {
  if ((await needsPython(t)) === undefined) return undefined
  // It is compiled for one version of Python.
  const { output } = await ended('python3', ['-c', 'import sys; print(sys.implementation.cache_tag)'])
  const packages = [await needsPackage(t, client, ['--no-deps']), await needsPackage(t, mypy, [], `_${output.trim()}`)]
  return packages.every((folder) => folder !== undefined) ? pythonWith(packages) : undefined
}

function pythonWith(packages: readonly string[]): Python {
  const { PROMETHEUS_MULTIPROC_DIR: _, ...ours } = process.env
  const env = { ...ours, PYTHONPATH: packages.join(delimiter), PYTHONDONTWRITEBYTECODE: '1' }
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

async function needsPackage(
  t: TestContext,
  name: string,
  options: readonly string[],
  suffix = '',
): Promise<string | undefined> {
  const packages = join(repositoryRoot, '.tools', `${name.replace('==', '_')}${suffix}`)
  const wrong = existsSync(packages) ? null : await install(name, packages, options)
  if (wrong === null) return packages
  return mayNotBeSkipped(t, [name], [`python3 -m pip install --target ${packages} ${name}`], wrong)
}

/** Atomic, even if another process installs it at the same time. */
async function install(name: string, packages: string, options: readonly string[]): Promise<string | null> {
  mkdirSync(join(repositoryRoot, '.tools'), { recursive: true })
  const folder = mkdtempSync(`${packages}.part-`)
  try {
    const quiet = ['--quiet', '--disable-pip-version-check']
    const pip = ['-m', 'pip', 'install', ...quiet, ...options, '--target', folder, name]
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
