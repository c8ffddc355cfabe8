import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { commandOf, describeTool, findTool } from '../../demo/servers/find.ts'

// `botwatch audit` as a whole process against `promtool check rules` on the same files, in turns. Twice the files show that the
// time grows linearly. Nothing is asserted here.

const { values } = parseArgs({
  options: { json: { type: 'string' }, rounds: { type: 'string', default: '5' } },
})
const rounds = Number(values.rounds)
const root = fileURLToPath(new URL('../../', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'botwatch-bench-audit-'))
/** Under `node_modules`, so that the compiled files find their packages. */
const compiled = join(root, 'node_modules/.cache/botwatch-bench-audit')
const sizes = [200, 400] as const
const alertsOfAFile = 10

/** This many files of alerts with joins, windows and labels, no two alike. */
function ruleFiles(folder: string, count: number): readonly string[] {
  mkdirSync(folder, { recursive: true })
  return Array.from({ length: count }, (_, file) => {
    const alerts = Array.from({ length: alertsOfAFile }, (_, i) => {
      const n = file * alertsOfAFile + i
      const ratio = `sum by (symbol) (rate(xbot_m${n % 300}_total{side="buy"}[5m])) / sum by (symbol) (rate(xbot_m${n % 300}_total[5m]))`
      return `      - alert: Alert${n}\n        expr: ${ratio} > 0.${n + 1} and on (symbol) xbot_g${n % 200} > ${n % 13}\n        for: 5m\n        labels:\n          severity: warning\n        annotations:\n          summary: "Something of {{ $labels.symbol }} is off"\n          description: "It has been {{ $value }} for five minutes"\n`
    })
    const path = join(folder, `rules-${file}.yml`)
    writeFileSync(path, `groups:\n  - name: g${file}\n    rules:\n${alerts.join('')}`)
    return path
  })
}

function exposition(): string {
  const counters = Array.from({ length: 300 }, (_, i) => {
    const series = ['BTC', 'ETH'].flatMap((symbol) =>
      ['buy', 'sell'].map((side) => `xbot_m${i}_total{symbol="${symbol}",side="${side}"} 1\n`),
    )
    return `# TYPE xbot_m${i}_total counter\n${series.join('')}`
  })
  const gauges = Array.from({ length: 200 }, (_, i) => `# TYPE xbot_g${i} gauge\nxbot_g${i}{symbol="BTC"} 3\n`)
  return [...counters, ...gauges].join('')
}

function milliseconds([program = '', ...args]: readonly string[]): number {
  const started = performance.now()
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (status !== 0) throw new Error(`${program} exited with ${status}: ${stderr}`)
  return performance.now() - started
}

const tool = await findTool('promtool')
console.log(
  `Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}, ${rounds} rounds`,
)
console.log(describeTool(tool))
const samples = new Map<string, number[]>()
try {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--noCheck', '--outDir', compiled], { cwd: root })
  const metrics = join(scratch, 'metrics.txt')
  writeFileSync(metrics, exposition())
  const commands = sizes.flatMap((size): (readonly [string, readonly string[]])[] => {
    const folder = join(scratch, `${size}`)
    const files = ruleFiles(folder, size)
    const what = `${size} files, ${size * alertsOfAFile} alerts`
    const main = join(compiled, 'generators/main.js')
    return [
      [`audit of ${what}`, [process.execPath, main, 'audit', '--rules', folder, '--metrics', metrics]],
      ...(tool.found ? [[`promtool on ${what}`, [...commandOf(tool), 'check', 'rules', ...files]] as const] : []),
    ]
  })
  for (let i = 0; i < rounds; i++)
    for (const [what, command] of commands) samples.set(what, [...(samples.get(what) ?? []), milliseconds(command)])
} finally {
  rmSync(scratch, { recursive: true, force: true })
  rmSync(compiled, { recursive: true, force: true })
}

const medians = Object.fromEntries(
  [...samples].map(([what, all]) => [what, [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN]),
)
for (const [what, median] of Object.entries(medians))
  console.log(`${what.padEnd(40)} ${median.toFixed(0).padStart(6)} ms`)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ milliseconds: medians }, null, 2)}\n`)
