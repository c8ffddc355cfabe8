import { appendFileSync } from 'node:fs'
import type { TestContext } from 'node:test'
import { findTool } from '../../demo/servers/find.ts'
import { type Machine, thisMachine } from '../../demo/servers/machine.ts'
import type { Tool } from '../../demo/servers/tool.ts'
import type { ToolName } from '../../demo/servers/versions.ts'

/** One test that could not run here, as a line of JSON in the file that BOTWATCH_SKIPPED names. */
type SkippedTest = Readonly<{ test: string; missing: readonly string[]; install: readonly string[] }>

/** Marks a test as skipped for what is missing, and lists it, so that nothing is skipped in silence. */
export function skipTest(
  t: Pick<TestContext, 'name' | 'skip'>,
  missing: readonly string[],
  install: readonly string[],
): undefined {
  const file = process.env['BOTWATCH_SKIPPED']
  const line: SkippedTest = { test: t.name, missing, install }
  if (file) appendFileSync(file, `${JSON.stringify(line)}\n`)
  t.skip(sentenceOf(missing, install))
}

/** As `skipped`, but fails where continuous integration runs: there it should have been had. */
export function mayNotBeSkipped(
  t: Pick<TestContext, 'name' | 'skip'>,
  missing: readonly string[],
  install: readonly string[],
  tried: string,
): undefined {
  if (isCi(process.env['CI']))
    throw new Error(`${t.name} ${sentenceOf(missing, install)} (nothing is skipped with CI set). Tried:\n${tried}`)
  return skipTest(t, missing, install)
}

const sentenceOf = (missing: readonly string[], install: readonly string[]) =>
  `needs ${missing.join(', ')}: ${install.join('; ')}`

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
  const tried = missing.flatMap((tool) => tool.tried.map((line) => `  ${tool.name}: ${line}`))
  return mayNotBeSkipped(
    t,
    missing.map(({ name }) => name),
    install,
    tried.join('\n'),
  )
}

// the line of a download belongs to `make`, not between the results of tests
const theMachine = thisMachine({ log: () => {} })

function isCi(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false'
}
