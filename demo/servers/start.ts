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

/** Starts VictoriaLogs, the store of log lines. */
export async function startVictoriaLogs(options: StartOptions & Readonly<{ dataDir: string }>): Promise<Server> {
  return startServer({
    ...(await common('victoria-logs', options)),
    readyPath: '/health',
    args: (address) => [
      `-storageDataPath=${resolve(options.dataDir)}`,
      `-httpListenAddr=${address}`,
      ...(options.args ?? []),
    ],
  })
}

/** Starts vlagent, which reads the files of a log and sends their lines to the store. */
export async function startVlagent(options: StartOptions & Readonly<{ dataDir: string }>): Promise<Server> {
  return startServer({
    ...(await common('vlagent', options)),
    readyPath: '/health',
    args: (address) => [
      `-tmpDataPath=${resolve(options.dataDir)}`,
      `-httpListenAddr=${address}`,
      ...(options.args ?? []),
    ],
  })
}

/** Starts vmalert, which evaluates alerts on log lines; `env` fills the placeholders of its rules. */
export async function startVmalert(
  options: StartOptions & Readonly<{ env: Readonly<Record<string, string>> }>,
): Promise<Server> {
  return startServer({
    ...(await common('vmalert', options)),
    env: options.env,
    readyPath: '/health',
    args: (address) => [`-httpListenAddr=${address}`, ...(options.args ?? [])],
  })
}

async function common(name: ToolName, options: StartOptions) {
  const tool = options.tool ?? (await findTool(name))
  if (!tool.found) throw new Error(`${name} cannot be started.\n${describeTool(tool)}`)
  return { tool, address: options.address, readyWithin: options.readyWithin }
}
