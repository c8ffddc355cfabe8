import { execFile } from 'node:child_process'
import { delimiter, isAbsolute, join } from 'node:path'
import { isExecutable } from './executable.ts'
import { toolKinds } from './tools.ts'
import { parseVersion, printVersion } from './version.ts'
import type { ToolName } from './versions.ts'

/** A tool that runs on this machine in a supported version: call `path` with `args` first, then your own arguments. */
export type Tool = Readonly<{
  found: true
  name: ToolName
  version: string
  path: string
  args: readonly string[]
  /** The folder in which it must be started; undefined if any will do. */
  cwd: string | undefined
  /** Its source, for a person. */
  from: string
}>

/** A missing tool: what was tried, one line each, and what a person can do. */
export type MissingTool = Readonly<{ found: false; name: ToolName; tried: readonly string[]; install: string }>

/** A way to call a tool that has not been tried yet. */
export type Candidate = Readonly<{ path: string; args: readonly string[]; cwd?: string | undefined }>

/** All ways to call a tool on a PATH, in order; relative folders are ignored. */
export function candidatesOn(path: string, name: ToolName): readonly Candidate[] {
  const folders = path.split(delimiter).filter(isAbsolute)
  return toolKinds[name].commands.flatMap(({ command, args }) =>
    folders
      .map((folder) => join(folder, command))
      .filter(isExecutable)
      .map((file) => ({ path: file, args })),
  )
}

/** Runs a candidate to get its version, null if it was built without one; the error says why that failed. */
export async function askVersion(name: ToolName, candidate: Candidate): Promise<string | null> {
  const { versionArgs, says } = toolKinds[name]
  const { output, failure } = await run(candidate, versionArgs)
  const version = parseVersion(says.exec(output)?.[1] ?? '')
  if (version) return printVersion(version)
  // `go build` without the flags of the release leaves it empty: the next word is `(branch:`.
  if (/^(\S+), version +\(/m.exec(output)?.[1] === name) return null
  throw new Error(
    `${candidate.path} does not identify itself as ${name}: ${lastLine(output) || failure || 'no output'}`,
  )
}

function run(candidate: Candidate, args: readonly string[]): Promise<{ output: string; failure: string | undefined }> {
  return new Promise((resolve) => {
    const options = { timeout: 20_000, cwd: candidate.cwd }
    execFile(candidate.path, [...candidate.args, ...args], options, (error, stdout, stderr) =>
      resolve({ output: `${stdout}\n${stderr}`, failure: error?.message }),
    )
  })
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
