import { appendFileSync } from 'node:fs'
import type { TestContext } from 'node:test'
import { findTool, type Tool } from '../../demo/servers/find.ts'
import { type Machine, thisMachine } from '../../demo/servers/machine.ts'
import type { ToolName } from '../../demo/servers/versions.ts'

/** One test that could not run here, as a line of JSON in the file that BOTWATCH_SKIPPED names. */
export type Skipped = Readonly<{ test: string; missing: readonly ToolName[]; install: readonly string[] }>

/**
 * The tools a test needs, by name. Where one cannot be had the test is marked as skipped, with what to install, and the
 * answer is undefined: return then. With CI=true it fails instead.
 */
export function needs<Name extends ToolName>(t: TestContext, ...names: readonly Name[]) {
  return needsOn(theMachine, t, ...names)
}

/** As `needs`, on another machine. */
export async function needsOn<Name extends ToolName>(
  machine: Machine,
  t: TestContext,
  ...names: readonly Name[]
): Promise<Readonly<Record<Name, Tool>> | undefined> {
  const found = await Promise.all(names.map((name) => findTool(name, machine)))
  const missing = found.filter((tool) => !tool.found)
  if (missing.length === 0) {
    // every name has its tool: none is missing
    return Object.fromEntries(found.map((tool) => [tool.name, tool])) as Record<Name, Tool>
  }
  const install = [...new Set(missing.map((tool) => tool.install))]
  const sentence = `needs ${missing.map(({ name }) => name).join(', ')}: ${install.join('; ')}`
  if (isCi(process.env['CI'])) {
    const tried = missing.flatMap((tool) => tool.tried.map((line) => `  ${tool.name}: ${line}`))
    throw new Error(`${t.name} ${sentence} (nothing is skipped with CI set). Tried:\n${tried.join('\n')}`)
  }
  const file = process.env['BOTWATCH_SKIPPED']
  const line: Skipped = { test: t.name, missing: missing.map(({ name }) => name), install }
  if (file) appendFileSync(file, `${JSON.stringify(line)}\n`)
  t.skip(sentence)
  return undefined
}

// the line of a download belongs to `make`, not between the results of tests
const theMachine = thisMachine({ log: () => {} })

function isCi(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false'
}
