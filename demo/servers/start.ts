import { resolve } from 'node:path'
import { describeTool, findTool } from './find.ts'
import { type Server, startServer } from './server.ts'
import type { Tool } from './tool.ts'
import type { ToolName } from './versions.ts'

/** The options of every server: a specific tool, an address (`host:port`), and further flags. */
type StartOptions = Readonly<{
  tool?: Tool
  /** Default a free port on loopback; use `freeAddress()` if a configuration must contain it. */
  address?: string
  /** Additional flags, such as `--web.enable-remote-write-receiver`. */
  args?: readonly string[]
  /** Milliseconds within which it must be ready; default 30,000. */
  readyWithin?: number
}>

/** Starts Prometheus, with `/-/reload` enabled. */
export async function startPrometheus(
  options: StartOptions & Readonly<{ configFile: string; dataDir: string }>,
): Promise<Server> {
  return startServer({
    ...(await common('prometheus', options)),
    readyPath: '/-/ready',
    args: (address) => [
      `--config.file=${resolve(options.configFile)}`,
      `--storage.tsdb.path=${resolve(options.dataDir)}`,
      `--web.listen-address=${address}`,
      `--web.external-url=http://${address}/`,
      '--web.enable-lifecycle',
      ...(options.args ?? []),
    ],
  })
}

/** Starts a single Alertmanager, without a cluster. */
export async function startAlertmanager(
  options: StartOptions & Readonly<{ configFile: string; dataDir: string }>,
): Promise<Server> {
  return startServer({
    ...(await common('alertmanager', options)),
    readyPath: '/-/ready',
    args: (address) => [
      `--config.file=${resolve(options.configFile)}`,
      `--storage.path=${resolve(options.dataDir)}`,
      `--web.listen-address=${address}`,
      `--web.external-url=http://${address}/`,
      ...(options.args ?? ['--cluster.listen-address=']),
    ],
  })
}

/** Starts node exporter for this machine. */
export async function startNodeExporter(options: StartOptions = {}): Promise<Server> {
  return startServer({
    ...(await common('node_exporter', options)),
    readyPath: '/',
    args: (address) => [`--web.listen-address=${address}`, ...(options.args ?? [])],
  })
}

async function common(name: ToolName, options: StartOptions) {
  const tool = options.tool ?? (await findTool(name))
  if (!tool.found) throw new Error(`${name} cannot be started.\n${describeTool(tool)}`)
  return { tool, address: options.address, readyWithin: options.readyWithin }
}
