import { execFile } from 'node:child_process'
import { delimiter, isAbsolute, join } from 'node:path'
import { isExecutable } from './executable.ts'
import { type Machine, once } from './machine.ts'
import { type Installation, install } from './store.ts'
import { askVersion } from './tool.ts'
import type { GoBuild, ToolName } from './versions.ts'

/** The Go command on a machine's PATH; undefined if there is none. */
export const goOn = ({ path }: Machine): string | undefined =>
  path
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, 'go'))
    .find(isExecutable)

/**
 * Builds programs from their modules into the tools folder. Modules and objects are kept beside them until all are built, so that nothing
 * is written to the Go folders of the user; the error says why it failed.
 */
export function installGoBuild(machine: Machine, go: string, build: GoBuild): Promise<Installation> {
  return once(machine, `go build ${build.title} ${build.version}`, () => {
    const { title, version, programs } = build
    machine.log(`${programs.map(({ tool }) => tool).join(', ')}: building with ${go}, which takes a few minutes once`)
    return install(machine, `${title}-${version}`, { version, from: 'built with Go' }, async (folder) => {
      for (const program of programs) await goInstall(machine, go, program, folder)
      return Object.fromEntries(programs.map(({ tool }) => [tool, tool]))
    })
  })
}

async function goInstall(
  machine: Machine,
  go: string,
  { tool, module, version }: GoBuild['programs'][number],
  folder: string,
): Promise<void> {
  const work = join(folder, '..', 'go')
  const args = [
    'install',
    '-trimpath',
    // The release's own build writes its version the same way; without it, the program names none.
    `-ldflags=-s -w -X github.com/VictoriaMetrics/VictoriaMetrics/lib/buildinfo.Version=${tool}-go-v${version}`,
    `${module}/app/${tool}@v${version}`,
  ]
  const env = {
    ...process.env,
    PATH: machine.path,
    GOBIN: folder,
    GOPATH: work,
    GOMODCACHE: join(work, 'modules'),
    GOCACHE: join(work, 'cache'),
    // A read-only cache could not be removed.
    GOFLAGS: '-modcacherw',
    GOWORK: 'off',
    CGO_ENABLED: '0',
  }
  await run(go, args, env)
  await askVersion(tool as ToolName, { path: join(folder, tool), args: [] })
}

const patience = 20 * 60_000

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { env, timeout: patience, maxBuffer: 64 * 2 ** 20 }, (error, _, stderr) => {
      if (error === null) resolve()
      else reject(new Error(stderr.trim().split('\n').at(-1) || error.message))
    })
  })
}
