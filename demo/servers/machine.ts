import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Platform } from './versions.ts'

/** What the search for tools knows about its machine; tests pass other folders and addresses. */
export type Machine = Readonly<{
  /** Folders of commands, as in the environment variable. */
  path: string
  /** Where downloaded tools go; nothing outside it is ever written. */
  toolsDir: string
  /** apt's configuration, read for the mirror. */
  aptDir: string
  /** Where releases are published, without a slash at the end. */
  releaseHost: string
  /** Undefined if no project publishes releases for it. */
  platform: Platform | undefined
  /** In Debian's terms: amd64, arm64. */
  debianArchitecture: string | undefined
  /** False with BOTWATCH_OFFLINE=1: only what is on PATH or in the tools folder counts. */
  online: boolean
  /** Milliseconds within which a server must begin to answer. */
  connectTimeout: number
  log: (line: string) => void
  /** Why a server could not be reached, by origin, so that a blocked network costs its timeout only once per run. */
  unreachable: Map<string, string>
  /** Work that several tools share, by key. */
  shared: Map<string, Promise<unknown>>
}>

/** This machine, with the repository's own `.tools` folder; given values replace detected ones. */
export function thisMachine(given: Partial<Machine> = {}): Machine {
  return Object.freeze({
    path: process.env['PATH'] ?? '',
    toolsDir: resolve(import.meta.dirname, '../../.tools'),
    aptDir: '/etc/apt',
    releaseHost: 'https://github.com',
    platform: platformOf(process.platform, process.arch),
    debianArchitecture: process.platform === 'linux' ? debianArchitectures[process.arch] : undefined,
    online: process.env['BOTWATCH_OFFLINE'] !== '1',
    connectTimeout: 5000,
    log: (line: string) => console.error(line),
    unreachable: new Map(),
    shared: new Map(),
    ...given,
  })
}

/** Runs shared work once per machine and key, even if it is requested again while it runs. */
export function once<T>(machine: Machine, key: string, work: () => Promise<T>): Promise<T> {
  const known = machine.shared.get(key)
  // the key names the kind of work, so the type is the one that was stored under it
  if (known) return known as Promise<T>
  const started = work()
  machine.shared.set(key, started)
  return started
}

/** The text of a file, or undefined when it cannot be read. */
export function readIfThere(...path: string[]): string | undefined {
  try {
    return readFileSync(join(...path), 'utf8')
  } catch {
    return undefined
  }
}

const debianArchitectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

function platformOf(system: string, processor: string): Platform | undefined {
  const architecture = debianArchitectures[processor]
  if (architecture !== 'amd64' && architecture !== 'arm64') return undefined
  return system === 'linux' || system === 'darwin' ? `${system}-${architecture}` : undefined
}
