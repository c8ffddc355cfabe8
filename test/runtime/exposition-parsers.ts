import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandOf } from '../../demo/servers/find.ts'
import type { Tool } from '../../demo/servers/tool.ts'

/** Errors of Prometheus' text format parser; empty if it accepts everything. Style warnings are ignored. */
export async function textErrors(promtool: Tool, text: string): Promise<string> {
  const { code, output } = await run(promtool, ['check', 'metrics'], text)
  // Exit code 3 means style warnings about names and help texts.
  return code === 0 || code === 3 ? '' : output
}

/** The same for OpenMetrics, with the strict parser that scrapes use: it imports the samples into a database. */
export async function openMetricsErrors(promtool: Tool, text: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-'))
  try {
    const file = join(folder, 'metrics')
    const lines = text.split('\n').map((line) => (line === '' || line.startsWith('#') ? line : `${line} 1700000000`))
    writeFileSync(file, lines.join('\n'))
    const args = ['tsdb', 'create-blocks-from', 'openmetrics', file, join(folder, 'blocks')]
    const { code, output } = await run(promtool, args, '')
    return code === 0 ? '' : output
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function run(tool: Tool, args: readonly string[], input: string): Promise<{ code: unknown; output: string }> {
  const [command, ...before] = commandOf(tool)
  return new Promise((resolve) => {
    const options = { cwd: tool.cwd, maxBuffer: 1 << 26 }
    const child = execFile(command as string, [...before, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, output: stdout + stderr }),
    )
    child.stdin?.end(input)
  })
}

/** Values by series, read without our own code; a series is the JSON of its name and label values. */
export function valuesIn(exposition: string): ReadonlyMap<string, number> {
  const values = new Map<string, number>()
  for (const line of exposition.split('\n').filter((text) => text !== '' && !text.startsWith('#'))) {
    const labels = [...line.matchAll(/[{,][a-z_]+="((?:[^"\\]|\\.)*)"/g)].map(([, value]) => JSON.parse(`"${value}"`))
    const key = JSON.stringify([line.match(/^\w+/)?.[0], ...labels])
    if (values.has(key)) throw new Error(`two samples of one series: ${line}`)
    values.set(key, Number(line.slice(line.lastIndexOf(' '))))
  }
  return values
}
