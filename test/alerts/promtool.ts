import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Tool } from '../../demo/servers/tool.ts'

/** Runs promtool once over files of unit tests: what it says against each, null where all of it holds. */
export async function testRules(promtool: Tool, paths: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  const output = await outputOf(promtool, ['test', 'rules', ...paths])
  const said = output.split(/^ {2}(SUCCESS|FAILED:)$/m).slice(1)
  if (said.length !== 2 * paths.length)
    throw new Error(`promtool did not come to all of ${paths.length} files:\n${output}`)
  return new Map(paths.map((path, i) => [path, said[2 * i] === 'SUCCESS' ? null : (said[2 * i + 1] ?? '').trimEnd()]))
}

/** Success is told on one stream and failure on the other: only where both are one is the order kept. */
async function outputOf(tool: Tool, args: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-promtool-'))
  const path = join(folder, 'output')
  const output = openSync(path, 'w')
  try {
    const child = spawn(tool.path, [...tool.args, ...args], {
      cwd: tool.cwd,
      stdio: ['ignore', output, output],
      // a third of the time went into collecting garbage
      env: { ...process.env, GOGC: '400' },
    })
    await once(child, 'close')
    return readFileSync(path, 'utf8')
  } finally {
    closeSync(output)
    rmSync(folder, { recursive: true, force: true })
  }
}
