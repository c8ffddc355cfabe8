import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Compose } from '../../generators/commands/docker-compose.ts'
import { temporaryFolder } from '../fixtures/on-disk.ts'
import { needs } from '../servers/skipped.ts'

/** A container as `docker compose ps` prints it. */
interface PrintedContainer {
  readonly Service: string
  readonly State: string
  readonly Health?: string
  readonly ExitCode?: number
}

/** A `docker compose` without an engine: what a file says is decided by the real one, what runs by the test. */
interface ComposeStandIn {
  readonly compose: Compose
  /** What runs once `up` was called. */
  runs(containers: readonly PrintedContainer[]): void
  logs(service: string, lines: readonly string[]): void
  /** What `up` does: the rest of a shell script. */
  up(script: string): void
  /** As if `up` had been called. */
  started(): void
  /** The calls other than `config`, `ps` and `logs`. */
  calls(): readonly string[]
}

export async function composeStandIn(t: TestContext): Promise<ComposeStandIn | null> {
  const tools = await needs(t, 'docker-compose')
  if (tools === undefined) return null
  const folder = temporaryFolder(t)
  const at = (name: string) => join(folder, name)
  const { path, args } = tools['docker-compose']
  writeFileSync(
    at('docker-compose'),
    `#!/bin/sh
cd_to=${folder}
last() { for word; do :; done; echo "$word"; }
case " $* " in
  *' config '*) exec ${[path, ...args].join(' ')} "$@" ;;
  *' ps '*) if [ -e $cd_to/started ]; then cat $cd_to/containers; fi ;;
  *' logs '*) cat "$cd_to/log-$(last "$@")" 2>/dev/null ;;
  *) echo "$*" >>$cd_to/calls; case " $* " in *' up '*) touch $cd_to/started; . $cd_to/up ;; esac ;;
esac
exit 0
`,
    { mode: 0o755 },
  )
  const runs = (containers: readonly PrintedContainer[]) =>
    writeFileSync(
      at('containers'),
      containers.map((one, i) => `${JSON.stringify({ ID: `c${i}`, Health: '', ExitCode: 0, ...one })}\n`).join(''),
    )
  const up = (script: string) => writeFileSync(at('up'), `${script}\n`)
  runs([])
  up('exit 0')
  writeFileSync(at('calls'), '')
  const { PATH, HOME } = process.env
  return {
    compose: { command: at('docker-compose'), args: [], env: { PATH, HOME } },
    runs,
    logs: (service, lines) => writeFileSync(at(`log-${service}`), lines.map((line) => `${line}\n`).join('')),
    up,
    started: () => writeFileSync(at('started'), ''),
    calls: () => readFileSync(at('calls'), 'utf8').trim().split('\n'),
  }
}
