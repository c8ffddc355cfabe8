import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Tool } from '../../demo/servers/find.ts'
import type { Files } from '../../generators/model/model.ts'

/** A folder that is gone when the test ends. */
export function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-generators-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes files below a folder, which may not exist yet. */
export function writeAll(folder: string, files: Files): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** Runs a tool to its end; `output` is what it wrote to both streams. */
export const runTool = (
  tool: Tool,
  ...args: readonly string[]
): Promise<{ code: number; output: string; stdout: string }> =>
  new Promise((resolve) => {
    execFile(tool.path, [...tool.args, ...args], { cwd: tool.cwd, maxBuffer: 1 << 24 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: `${stdout}${stderr}`, stdout }),
    )
  })
