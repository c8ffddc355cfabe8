import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { describeTool, findTool } from '../../demo/servers/find.ts'
import { bareMachine, scratch } from './fake-archive.ts'

/** Writes a `go` that builds what prints its version flag, as the real one does, or that fails for modules with this word. */
function fakeGo(file: string, fails = 'nothing'): void {
  mkdirSync(dirname(file), { recursive: true })
  const script = `#!/bin/sh
case "$*" in *${fails}*) echo 'go: downloading it' >&2; echo "go: $4: no such module" >&2; exit 1;; esac
mkdir -p "$GOMODCACHE" "$GOCACHE"
name=$(basename "\${4%@*}")
version=\${3##*Version=}
printf '#!/bin/sh\\necho %s\\n' "$version" > "$GOBIN/$name"
chmod +x "$GOBIN/$name"
`
  writeFileSync(file, script, { mode: 0o755 })
}

const path = (folder: string) => `${join(folder, 'bin')}:/usr/bin:/bin`

test('what no release or package has is built with Go at exactly its pinned version, once for all its programs', async (t) => {
  const folder = scratch(t)
  const machine = await bareMachine(folder, { path: path(folder) })
  fakeGo(join(folder, 'bin/go'))
  const tools = [
    await findTool('vmalert', machine),
    await findTool('victoria-logs', machine),
    await findTool('vlagent', machine),
  ]
  assert.deepEqual(tools.map(describeTool), [
    'vmalert         1.148.9  built with Go',
    'victoria-logs   1.52.2   built with Go',
    'vlagent         1.52.2   built with Go',
  ])
  assert.deepEqual(machine.lines, [
    `victoria-logs, vlagent, vmalert: building with ${folder}/bin/go, which takes a few minutes once`,
  ])
  assert.deepEqual(readdirSync(join(folder, 'tools')), ['victoria-1.52.2'])
  assert.deepEqual(readdirSync(join(folder, 'tools/victoria-1.52.2')).sort(), [
    'installed.json',
    'victoria-logs',
    'vlagent',
    'vmalert',
  ])
})

test('a failed build says the last line of Go, and leaves nothing', async (t) => {
  const folder = scratch(t)
  const machine = await bareMachine(folder, { path: path(folder) })
  fakeGo(join(folder, 'bin/go'), 'app/vmalert')
  const tool = await findTool('vlagent', machine)
  assert.equal(
    describeTool(tool),
    `vlagent         missing: install vlagent of VictoriaLogs 1.52.2 or newer and put it on PATH (https://github.com/VictoriaMetrics/VictoriaLogs/releases), or put Go on PATH, which builds it
  tried: PATH: no vlagent or vlagent-prod
  tried: a build with Go: go: github.com/VictoriaMetrics/VictoriaMetrics/app/vmalert@v1.148.9: no such module`,
  )
  assert.deepEqual(readdirSync(join(folder, 'tools')), [])
})

test('without Go, that is said', async (t) => {
  const folder = scratch(t)
  const tool = await findTool('victoria-logs', await bareMachine(folder))
  assert.deepEqual(tool.found ? [] : tool.tried, [
    'PATH: no victoria-logs or victoria-logs-prod',
    'a build with Go: no go on PATH',
  ])
})
