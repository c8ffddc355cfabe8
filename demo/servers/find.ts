import { join } from 'node:path'
import { readSuite, suitesToTry } from './apt-repository.ts'
import { readAptSources } from './apt-sources.ts'
import { folderToRunIn } from './debian-alertmanager.ts'
import { goOn, installGoBuild } from './go-build.ts'
import { installPackage, installRelease } from './install.ts'
import { type Machine, once, thisMachine } from './machine.ts'
import { type Installation, installations } from './store.ts'
import { askVersion, type Candidate, candidatesOn, type MissingTool, type Tool } from './tool.ts'
import { toolKinds, toolNames } from './tools.ts'
import { isAtLeast } from './version.ts'
import { goBuilds, minimumVersions, releases, type ToolName } from './versions.ts'

/**
 * Finds a tool in a supported version, from the first source that works: PATH, the tools folder, the official release, the
 * distribution's package (unpacked), a build with Go. Never throws for a missing tool: the result lists what was tried.
 */
export function findTool(name: ToolName, machine: Machine = theMachine): Promise<Tool | MissingTool> {
  return once(machine, `tool ${name}`, async () => {
    const tried: string[] = []
    const ways = machine.online ? [onPath, inToolsFolder, fromRelease, fromPackage, fromGo] : [onPath, inToolsFolder]
    for (const way of ways) {
      const tool = await way(machine, name, tried)
      if (tool) return tool
    }
    if (!machine.online) tried.push('downloads: disabled by BOTWATCH_OFFLINE=1')
    return { found: false, name, tried, install: toolKinds[name].install }
  })
}

/** One line for a person: the tool, its version and source, or what to install. */
export function describeTool(tool: Tool | MissingTool): string {
  const title = tool.name.padEnd(15)
  if (tool.found) return `${title} ${tool.version.padEnd(8)} ${tool.from}`
  return [`${title} missing: ${tool.install}`, ...tool.tried.map((line) => `  tried: ${line}`)].join('\n')
}

/** The command line of a tool, as one would type it. */
export function commandOf(tool: Tool): readonly string[] {
  return [tool.path, ...tool.args]
}

const theMachine = thisMachine()

async function onPath(machine: Machine, name: ToolName, tried: string[]): Promise<Tool | undefined> {
  const before = tried.length
  for (const candidate of candidatesOn(machine.path, name)) {
    const tool = await goodTool(
      machine,
      name,
      candidate,
      `PATH: ${[candidate.path, ...candidate.args].join(' ')}`,
      tried,
    )
    if (tool) return tool
  }
  if (tried.length === before)
    tried.push(`PATH: no ${toolKinds[name].commands.map(({ command }) => command).join(' or ')}`)
  return undefined
}

async function inToolsFolder(machine: Machine, name: ToolName, tried: string[]): Promise<Tool | undefined> {
  const units = installations(machine).filter((unit) => unit.tools[name] !== undefined)
  for (const unit of units) {
    const tool = await toolOf(machine, unit, name, tried)
    if (tool) return tool
  }
  return undefined
}

async function fromRelease(machine: Machine, name: ToolName, tried: string[]): Promise<Tool | undefined> {
  const release = releases.find(({ tools }) => tools.includes(name))
  if (!release) return undefined
  try {
    return await toolOf(machine, await installRelease(machine, release), name, tried)
  } catch (error) {
    tried.push(`official release: ${message(error)}`)
    return undefined
  }
}

async function fromGo(machine: Machine, name: ToolName, tried: string[]): Promise<Tool | undefined> {
  const build = goBuilds.find(({ programs }) => programs.some(({ tool }) => tool === name))
  if (build === undefined) return undefined
  const go = goOn(machine)
  if (go === undefined) {
    tried.push('a build with Go: no go on PATH')
    return undefined
  }
  try {
    return await toolOf(machine, await installGoBuild(machine, go, build), name, tried)
  } catch (error) {
    tried.push(`a build with Go: ${message(error)}`)
    return undefined
  }
}

async function fromPackage(machine: Machine, name: ToolName, tried: string[]): Promise<Tool | undefined> {
  if (toolKinds[name].debianPackages.length === 0) return undefined
  const suites = machine.debianArchitecture ? suitesToTry(readAptSources(machine.aptDir)) : []
  if (!suites.length)
    tried.push(`the distribution's packages: no Debian or Ubuntu archive is configured in ${machine.aptDir}`)
  for (const suite of suites) {
    try {
      const packages = await readSuite(machine, suite, wantedPackages)
      for (const title of toolKinds[name].debianPackages) {
        const found = packages.get(title)
        if (!found) continue
        if (!isAtLeast(found.version, minimumVersions[name])) {
          tried.push(`${suite.name}: ${title} ${found.version} is older than ${minimumVersions[name]}`)
          continue
        }
        const tool = await toolOf(machine, await installPackage(machine, found, suite.name), name, tried)
        if (tool) return tool
      }
    } catch (error) {
      tried.push(`${suite.name}: ${message(error)}`)
    }
  }
  return undefined
}

const wantedPackages: ReadonlySet<string> = new Set(toolNames.flatMap((name) => toolKinds[name].debianPackages))

async function toolOf(
  machine: Machine,
  unit: Installation,
  name: ToolName,
  tried: string[],
): Promise<Tool | undefined> {
  const file = unit.tools[name]
  if (file === undefined) return undefined
  return goodTool(
    machine,
    name,
    { path: join(unit.folder, file), args: [], cwd: folderToRunIn(unit.folder, name) },
    unit.from,
    tried,
  )
}

async function goodTool(
  machine: Machine,
  name: ToolName,
  candidate: Candidate,
  from: string,
  tried: string[],
): Promise<Tool | undefined> {
  const { path, args, cwd } = candidate
  try {
    const version = await askVersion(name, candidate)
    if (version === null) {
      const why = `${from}: it was built without a version, so it is not used: build it with \`make build\`, or install ${minimumVersions[name]} or newer`
      // It is what the user meant to run: without this line another copy would silently take its place.
      machine.log(`${name}: ${why}`)
      tried.push(why)
      return undefined
    }
    if (isAtLeast(version, minimumVersions[name])) return { found: true, name, version, path, args, cwd, from }
    tried.push(`${from}: version ${version} is older than ${minimumVersions[name]}`)
  } catch (error) {
    tried.push(`${from}: ${message(error)}`)
  }
  return undefined
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
