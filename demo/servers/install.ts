import { createReadStream, existsSync } from 'node:fs'
import { chmod, copyFile, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createGunzip } from 'node:zlib'
import type { DebianPackage } from './apt-repository.ts'
import { unpackTar } from './archive.ts'
import { unpackDeb } from './deb.ts'
import { relocateTemplates } from './debian-alertmanager.ts'
import { download, type ExpectedFile } from './download.ts'
import { type Machine, once } from './machine.ts'
import { type Installation, install } from './store.ts'
import { askVersion } from './tool.ts'
import { toolKinds, toolNames } from './tools.ts'
import { parseVersion, printVersion } from './version.ts'
import type { Platform, Release, ToolName } from './versions.ts'

/** Installs an official release into the tools folder; the error says why that failed. */
export function installRelease(machine: Machine, release: Release): Promise<Installation> {
  return once(machine, `release ${release.repository} ${release.version}`, async () => {
    const { platform } = machine
    const sha256 = platform && release.sha256[platform]
    if (!platform || !sha256)
      throw new Error(`no checksum known of release ${release.version} for ${platform ?? 'this platform'}`)
    const file = releaseFile(release, platform)
    const url = `${machine.releaseHost}/${release.repository}/releases/download/v${release.version}/${file}`
    const title = basename(release.repository)
    const about = { version: release.version, from: `official release ${release.version}` }
    return install(machine, `${title}-${release.version}`, about, async (folder) => {
      const archive = join(folder, '..', file)
      await downloadSaying(machine, release.tools, url, archive, { sha256, saidBy: 'demo/servers/versions.ts' })
      if (file.endsWith('.tar.gz')) {
        const wanted = new Set<string>([...release.tools, 'LICENSE', 'NOTICE'])
        await unpackTar(createReadStream(archive).pipe(createGunzip()), folder, (path) => wanted.has(basename(path)), 1)
      } else {
        await copyFile(archive, join(folder, release.tools[0] ?? ''))
        await chmod(join(folder, release.tools[0] ?? ''), 0o755)
      }
      const tools = Object.fromEntries(release.tools.map((tool) => [tool, tool]))
      await checkTheyRun(folder, tools)
      return tools
    })
  })
}

/** Unpacks a package of the distribution into the tools folder; nothing of it is installed, and only `--version` is run. */
export function installPackage(machine: Machine, found: DebianPackage, suite: string): Promise<Installation> {
  return once(machine, `package ${found.url}`, async () => {
    const upstream = parseVersion(found.version)
    if (!upstream) throw new Error(`${found.url}: cannot parse its version ${found.version}`)
    const about = {
      version: printVersion(upstream),
      from: `package ${found.name} ${found.version} of ${suite}, unpacked`,
    }
    return install(machine, `${found.name}_${found.version.replace(/[^\w.+~-]/g, '_')}`, about, async (folder) => {
      const deb = join(folder, '..', 'package.deb')
      const titles = toolNames.filter((name) => toolKinds[name].debianPackages[0] === found.name)
      await downloadSaying(machine, titles.length ? titles : [found.name], found.url, deb, found.expected)
      await unpackDeb(await readFile(deb), folder, isWanted)
      const tools = toolsIn(folder)
      if (tools.alertmanager) await relocateTemplates(join(folder, tools.alertmanager))
      if (!Object.keys(tools).length) throw new Error(`${found.url}: contains none of ${toolNames.join(', ')}`)
      await checkTheyRun(folder, tools)
      return tools
    })
  })
}

/** The file name of a release for a platform. */
function releaseFile(release: Release, platform: Platform): string {
  const title = basename(release.repository)
  if (title !== 'compose') return `${title}-${release.version}.${platform}.tar.gz`
  return `docker-compose-${platform.replace('amd64', 'x86_64').replace('arm64', 'aarch64')}`
}

const packageFolders = ['usr/bin/', 'usr/libexec/docker/cli-plugins/']

function isWanted(path: string): boolean {
  return (
    [...packageFolders, 'usr/share/prometheus/'].some((folder) => path.startsWith(folder)) ||
    path.endsWith('/copyright')
  )
}

function toolsIn(folder: string): Partial<Record<ToolName, string>> {
  const tools: Partial<Record<ToolName, string>> = {}
  for (const name of toolNames) {
    const files = packageFolders.flatMap((bin) =>
      toolKinds[name].commands.filter((c) => !c.args.length).map((c) => bin + c.command),
    )
    const file = files.find((candidate) => existsSync(join(folder, candidate)))
    if (file) tools[name] = file
  }
  return tools
}

async function checkTheyRun(folder: string, tools: Partial<Record<ToolName, string>>): Promise<void> {
  for (const name of toolNames) {
    const file = tools[name]
    if (file) await askVersion(name, { path: join(folder, file), args: [] })
  }
}

function downloadSaying(machine: Machine, tools: readonly string[], url: string, file: string, expected: ExpectedFile) {
  return download(machine, url, file, expected, (bytes) => {
    const size = bytes ? ` (${Math.ceil(bytes / 1e6)} MB)` : ''
    machine.log(`${tools.join(', ')}: downloading ${url}${size}`)
  })
}
