import { spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { commandOf, describeTool, findTool } from '../../../demo/servers/find.ts'
import { defectsIn, sourceFilesOf, writeCopies } from './copies.ts'
import type { PlantedDefect } from './kind.ts'
import type { CheckOutcome } from './look.ts'

// Small generated mistakes in the definitions of a bot, and who finds them: the compiler, `check`, promtool.

const { values } = parseArgs({
  options: {
    bot: { type: 'string', default: 'mcbot' },
    most: { type: 'string', default: '6' },
    json: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
})
const root = fileURLToPath(new URL('../../../', import.meta.url))
const definitions = join(root, 'definitions')
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'botwatch-defects-')))
const copies = join(scratch, 'definitions')
try {
  const defects = defectsIn(sourceFilesOf(join(definitions, values.bot)), Number(values.most))
  // The first copy has no defect: a tool that complains about it proves nothing by complaining.
  const names = writeCopies(definitions, values.bot, copies, [null, ...defects])
  console.log(`${defects.length} defects of ${new Set(defects.map(({ kind }) => kind)).size} kinds in ${values.bot}`)
  const byCompiler = compilerErrors()
  const said = saidOf(names)
  const byPromtool = await refusedByPromtool(said)
  if (byCompiler.has('d0') || byPromtool.has('d0') || isFound(said.get('d0')))
    throw new Error(
      `the bot without a defect is not silent: ${JSON.stringify({ tsc: byCompiler.get('d0'), check: said.get('d0') })}`,
    )
  const results = defects.map((defect, i) => {
    const name = `d${i + 1}`
    return {
      ...defect,
      tsc: byCompiler.get(name) ?? null,
      check: said.get(name) ?? null,
      promtool: byPromtool.has(name),
    }
  })
  report(results)
  if (values.json !== undefined)
    writeFileSync(
      values.json,
      `${JSON.stringify(
        results.map(({ text: _, ...rest }) => rest),
        null,
        2,
      )}\n`,
    )
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

type Result = PlantedDefect & {
  readonly tsc: string | null
  readonly check: CheckOutcome | null
  readonly promtool: boolean
}

function isFound(said: CheckOutcome | null | undefined): boolean {
  return said != null && (said.threw !== null || said.codes.length > 0)
}

/** The first error of the compiler in each copy. */
function compilerErrors(): ReadonlyMap<string, string> {
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { types: [], noUnusedLocals: false, noUnusedParameters: false },
    include: ['definitions/d*/**/*.ts'],
    exclude: [],
  }
  writeFileSync(join(scratch, 'package.json'), '{ "type": "module" }\n')
  writeFileSync(join(scratch, 'tsconfig.json'), JSON.stringify(config))
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', scratch, '--noEmit', '--pretty', 'false'], {
    cwd: scratch,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const errors = new Map<string, string>()
  // It would hide all type errors in all other copies.
  for (const [, name = '', error = ''] of stdout.matchAll(/^definitions\/(d\d+)\/[^(]*\(\d+,\d+\): error (.*)$/gm))
    if (/^TS1\d{3}:/.test(error)) throw new Error(`a defect that does not parse shows nothing: ${name}: ${error}`)
    else if (!errors.has(name)) errors.set(name, error)
  return errors
}

/** What `check` reports for each copy, whether or not the compiler would have accepted it. */
function saidOf(names: readonly string[]): ReadonlyMap<string, CheckOutcome> {
  const found = new Map<string, CheckOutcome>()
  const look = fileURLToPath(new URL('look.ts', import.meta.url))
  for (let i = 0; i < names.length; i += 40) {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--import', 'tsx', look, copies, ...names.slice(i, i + 40)],
      { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 },
    )
    if (status !== 0) throw new Error(stderr)
    for (const line of stdout.trim().split('\n')) {
      const { name, ...said } = JSON.parse(line) as CheckOutcome & { readonly name: string }
      found.set(name, said)
    }
  }
  return found
}

async function refusedByPromtool(said: ReadonlyMap<string, CheckOutcome>): Promise<ReadonlySet<string>> {
  const tool = await findTool('promtool')
  console.log(describeTool(tool))
  if (!tool.found) return new Set()
  const [program = '', ...before] = commandOf(tool)
  return new Set(
    [...said].flatMap(([name, { rules }]) => {
      if (rules === null) return []
      const files = ['alerts.yml', 'recording.yml'].map((file) => join(rules, file))
      return spawnSync(program, [...before, 'check', 'rules', ...files]).status === 0 ? [] : [name]
    }),
  )
}

function report(results: readonly Result[]): void {
  const columns = ['defects', 'tsc', 'check', 'promtool', 'tsc or check'] as const
  const row = (name: string, of: readonly Result[]) => {
    const counts = [
      of.length,
      of.filter(({ tsc }) => tsc !== null).length,
      of.filter(({ check }) => isFound(check)).length,
      of.filter(({ promtool }) => promtool).length,
      of.filter(({ tsc, check }) => tsc !== null || isFound(check)).length,
    ]
    return [name, ...counts.map(String)]
  }
  const kinds = [...new Set(results.map(({ kind }) => kind))]
  const rows = [
    ['', ...columns],
    ...kinds.map((kind) =>
      row(
        kind,
        results.filter((one) => one.kind === kind),
      ),
    ),
    row('in all', results),
  ]
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((cells) => cells[i]?.length ?? 0))) ?? []
  for (const cells of rows)
    console.log(
      cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
    )
  const missed = results.filter(({ tsc, check }) => tsc === null && !isFound(check))
  console.log(`\nfound before anything runs: ${(100 * (1 - missed.length / results.length)).toFixed(1)} %`)
  for (const { kind, file, line, from, to } of missed)
    console.log(`  missed: ${kind}, ${file}:${line}: ${oneLine(from)} -> ${oneLine(to)}`)
  if (values.list)
    for (const { kind, file, line, tsc, check } of results)
      console.log(`${kind}, ${file}:${line}\n    tsc: ${tsc}\n    check: ${check?.threw ?? check?.codes.join(' ')}`)
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 90 ? `${line.slice(0, 89)}…` : line
}
