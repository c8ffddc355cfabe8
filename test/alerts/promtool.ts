import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Tool } from '../../demo/servers/tool.ts'

/** Runs promtool once on unit test files: its output for each, null if the file passes. */
export async function testRules(promtool: Tool, paths: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  const output = await outputOf(promtool, ['test', 'rules', ...paths])
  const said = output.split(/^ {2}(SUCCESS|FAILED:)$/m).slice(1)
  if (said.length !== 2 * paths.length)
    throw new Error(`promtool did not process all ${paths.length} files:\n${output}`)
  return new Map(paths.map((path, i) => [path, said[2 * i] === 'SUCCESS' ? null : (said[2 * i + 1] ?? '').trimEnd()]))
}

/** promtool reports success on one stream and failure on the other: their order is kept only if both go to one stream. */
async function outputOf(tool: Tool, args: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-promtool-'))
  const path = join(folder, 'output')
  const output = openSync(path, 'w')
  try {
    const child = spawn(tool.path, [...tool.args, ...args], {
      cwd: tool.cwd,
      stdio: ['ignore', output, output],
      // garbage collection took a third of the time
      env: { ...process.env, GOGC: '400' },
    })
    await once(child, 'close')
    return readFileSync(path, 'utf8')
  } finally {
    closeSync(output)
    rmSync(folder, { recursive: true, force: true })
  }
}
