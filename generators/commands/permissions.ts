import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { secretsFolder } from '../stack/secrets.ts'

/** What the servers cannot read, since they run as their own users; empty if the engine's virtual machine maps users. */
export async function closedToServers(
  folder: string,
  platform: NodeJS.Platform = process.platform,
): Promise<readonly string[]> {
  if (platform !== 'linux') return []
  const closed = (
    await Promise.all(
      ['prometheus', 'alertmanager', 'grafana', secretsFolder].map((part) => closedIn(join(folder, part))),
    )
  ).flat()
  const [first, ...rest] = closed
  if (first === undefined) return []
  const more = rest.length === 0 ? '' : ` (and ${rest.length} more)`
  return [
    `${first}${more} is not readable by other users, but the servers run as their own users: run \`chmod -R o+rX ${folder}/prometheus ${folder}/alertmanager ${folder}/grafana ${folder}/${secretsFolder}\`; the folder ${folder}/secrets itself still keeps others out.`,
  ]
}

async function closedIn(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => null)
  if (found === null) return []
  if (!found.isDirectory()) return (found.mode & 0o004) === 0 ? [path] : []
  if ((found.mode & 0o005) !== 0o005) return [path]
  const below = await Promise.all((await readdir(path)).sort().map((name) => closedIn(join(path, name))))
  return below.flat()
}
