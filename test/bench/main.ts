import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

// Runs every benchmark sequentially, and writes one report.

const benches = { runtime: 'runtime/main.ts', generate: 'generate.ts', audit: 'audit.ts' } as const

const { values } = parseArgs({ options: { json: { type: 'string' } } })
const scratch = mkdtempSync(join(tmpdir(), 'botwatch-bench-'))
const report: Record<string, unknown> = {}
try {
  for (const [name, script] of Object.entries(benches)) {
    console.log(`\n== ${name}`)
    const json = join(scratch, `${name}.json`)
    const path = fileURLToPath(new URL(script, import.meta.url))
    const { status } = spawnSync(process.execPath, ['--import', 'tsx', path, '--json', json], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    if (status !== 0) process.exitCode = 1
    else report[name] = JSON.parse(readFileSync(json, 'utf8'))
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`)
