import { resolve } from 'node:path'
import { describeTool, findTool } from './find.ts'
import { type Server, startServer } from './server.ts'
import type { Tool } from './tool.ts'
import type { ToolName } from './versions.ts'

/** Options of every server: a program other than the one found, an address (`host:port`), and further flags. */
type StartOptions = Readonly<{
  tool?: Tool
  /** By default a free port on loopback; use one from `freeAddress()` if a configuration must name it. */
  address?: string
  /** Flags after ours, such as `--web.enable-remote-write-receiver`. */
  args?: readonly string[]
  /** Milliseconds until it must be ready; 30,000 by default. */
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
      '--cluster.listen-address=',
      ...(options.args ?? []),
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
