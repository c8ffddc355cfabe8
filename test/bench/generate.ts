import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { commandOf, describeTool, findTool } from '../../demo/servers/find.ts'
import { runChecks } from '../../generators/checks/run.ts'
import type { Files } from '../../generators/model/model.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { generatedFiles } from '../../generators/outputs/outputs.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { write } from '../../generators/write/write.ts'
import { synthetic } from './synthetic.ts'

// Generation against promtool's own check of the same rules: everything in one run, sequentially in each round, so that
// a machine that gets slower slows all of it. Nothing is asserted here; linear.test.ts asserts linear growth.

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    sizes: { type: 'string', default: '17,1000,10000' },
  },
})
const rounds = Number(values.rounds)
const sizes = values.sizes.split(',').map(Number)

const root = fileURLToPath(new URL('../../', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'botwatch-bench-'))
/** Below `node_modules`, so that the compiled files find their packages. */
const compiled = join(root, 'node_modules/.cache/botwatch-bench')

/** Milliseconds of each round, by what was measured and for how many rules and panels. */
const samples = new Map<string, number[]>()
async function measured<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  const started = performance.now()
  const result = await work()
  const known = samples.get(what)
  if (known === undefined) samples.set(what, [performance.now() - started])
  else known.push(performance.now() - started)
  return result
}

function run(command: readonly string[]): void {
  const [program = '', ...args] = command
  const { status, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (status !== 0) throw new Error(`${command.join(' ')} exited with ${status}: ${stderr}`)
}

/** Every stage of one generation, and promtool on what it made. */
async function round(size: number, promtool: readonly string[] | null, isFirst: boolean): Promise<Files> {
  const bot = await measured(`${size} definitions`, () => synthetic(size))
  const resolution = await measured(`${size} resolve`, () => resolve(bot, containerTopology))
  const { model } = resolution
  await measured(`${size} check`, () => runChecks(resolution, '2026-01-01'))
  const files = await measured(`${size} outputs`, () => generatedFiles(model))
  const target = join(scratch, `size-${size}`)
  if (isFirst) await measured(`${size} first write`, () => write(target, files, { force: false }))
  await measured(`${size} unchanged write`, () => write(target, files, { force: false }))
  const rules = ['alerts.yml', 'recording.yml'].map((file) => join(target, 'prometheus', file))
  if (promtool !== null) await measured(`${size} promtool`, () => run([...promtool, 'check', 'rules', ...rules]))
  return files
}

const cold = {
  'node alone': [process.execPath, '--eval', ''],
  'tsx alone': [process.execPath, '--import', 'tsx', '--eval', ''],
  '--help, compiled': [process.execPath, join(compiled, 'generators/main.js'), '--help'],
  'mcbot, compiled': [
    process.execPath,
    join(compiled, 'generators/main.js'),
    'generate',
    '--bot',
    'mcbot',
    '--out',
    join(scratch, 'a'),
  ],
  'check of all bots, compiled': [process.execPath, join(compiled, 'generators/main.js'), 'check'],
  'mcbot, through tsx': [
    process.execPath,
    '--import',
    'tsx',
    'generators/main.ts',
    'generate',
    '--bot',
    'mcbot',
    '--out',
    join(scratch, 'b'),
  ],
} as const

const tool = await findTool('promtool')
console.log(
  `Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}, ${rounds} rounds`,
)
console.log(describeTool(tool))
const promtool = tool.found ? commandOf(tool) : null
// `check` is measured without promtool, which has its own line
process.env['PROMTOOL'] = '/nowhere/promtool'
process.env['AMTOOL'] = '/nowhere/amtool'
const ownRules = ['alerts.yml', 'recording.yml'].map((file) => join(root, 'out/mcbot/prometheus', file))
const promtoolOnOwn =
  promtool === null ? {} : { "promtool, all bots' rules": [...promtool, 'check', 'rules', ...ownRules] }
const processes: Readonly<Record<string, readonly string[]>> = { ...cold, ...promtoolOnOwn }
const made = new Map<number, Files>()
try {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--noCheck', '--outDir', compiled], { cwd: root })
  for (let i = 0; i < rounds; i++) {
    for (const [what, command] of Object.entries(processes)) await measured(what, () => run(command))
    for (const size of sizes) made.set(size, await round(size, promtool, i === 0))
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
  rmSync(compiled, { recursive: true, force: true })
}

const median = (of: readonly number[]) => [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? Number.NaN
const of = (what: string) => median(samples.get(what) ?? [])
const ms = (value: number) => (Number.isNaN(value) ? '-' : value.toFixed(value < 10 ? 1 : 0))
const table = (rows: readonly (readonly string[])[]) => {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)))
  for (const row of rows)
    console.log(
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
    )
}

const stages = ['definitions', 'resolve', 'outputs'] as const
const bySize = sizes.map((size) => {
  const generation = stages.reduce((sum, stage) => sum + of(`${size} ${stage}`), 0)
  const bytes = [...(made.get(size)?.values() ?? [])].reduce((sum, text) => sum + text.length, 0)
  return {
    size,
    files: made.get(size)?.size ?? 0,
    bytes,
    milliseconds: Object.fromEntries(
      [...stages, 'first write', 'unchanged write', 'check', 'promtool'].map((stage) => [
        stage,
        of(`${size} ${stage}`),
      ]),
    ),
    generation,
    microsecondsPerItem: (generation * 1000) / size,
    timesPromtool: generation / of(`${size} promtool`),
  }
})
console.log('\nMilliseconds (medians) by number of rules and panels; generation is definitions + resolve + outputs')
table([
  ['', ...sizes.map(String)],
  ...[...stages, 'generation', 'first write', 'unchanged write', 'check', 'promtool'].map((stage) => [
    stage,
    ...bySize.map((one) => ms(stage === 'generation' ? one.generation : (one.milliseconds[stage] ?? Number.NaN))),
  ]),
  ['generation, µs an item', ...bySize.map((one) => ms(one.microsecondsPerItem))],
  [
    'check, µs an expression',
    ...bySize.map((one) => ms(((one.milliseconds['check'] ?? Number.NaN) * 1000) / (2 * one.size))),
  ],
  ['generation / promtool', ...bySize.map((one) => one.timesPromtool.toFixed(2))],
  ['files', ...bySize.map((one) => String(one.files))],
  ['MB', ...bySize.map((one) => (one.bytes / 1e6).toFixed(1))],
])
console.log('\nA process from start to end, in milliseconds (medians)')
table(Object.keys(processes).map((what) => [what, ms(of(what)), `${(of(what) / of('node alone')).toFixed(1)} × node`]))

if (values.json !== undefined) {
  const report = {
    node: process.version,
    rounds,
    promtool: tool.found ? tool.version : null,
    sizes: bySize,
    processes: Object.fromEntries(Object.keys(processes).map((what) => [what, of(what)])),
    samples: Object.fromEntries(samples),
  }
  writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`)
  console.log(`\nwritten to ${values.json}`)
}
