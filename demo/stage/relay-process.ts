import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { childOutput } from './child-output.ts'

/** The relay in a separate process. */
export interface RelayProcess {
  readonly pid: number
  readonly url: string
  /** Resolves to its exit code, or null after a signal. */
  readonly ended: Promise<number | null>
  /** The last lines that it printed. */
  output(): string
  stop(signal?: NodeJS.Signals): Promise<void>
}

interface RelayOptions {
  /** The folder with its program. */
  readonly folder: string
  /** Its configuration; by default the one that was generated next to it. */
  readonly config?: string
  /** Where it keeps its queue. */
  readonly data: string
  /** Host and port on loopback. */
  readonly address: string
}

/** Starts the generated relay and waits until it listens. */
export async function startRelay({
  folder,
  config = join(folder, 'relay.json'),
  data,
  address,
}: RelayOptions): Promise<RelayProcess> {
  const [host, port] = [address.slice(0, address.lastIndexOf(':')), address.slice(address.lastIndexOf(':') + 1)]
  const child = spawn(process.execPath, ['--import', 'tsx', join(folder, 'main.ts'), config, data], {
    env: { ...process.env, HOST: host, PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  const { lines, ready } = childOutput(child, 'the relay', [/listening on port (\d+)/])
  try {
    await ready
  } catch (error) {
    end()
    throw error
  }
  return {
    pid: child.pid ?? 0,
    url: `http://${address}`,
    ended: ended.then(([code]) => code as number | null),
    output: () => lines.join('\n'),
    stop: async (signal = 'SIGTERM') => {
      process.off('exit', end)
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill(signal)
      await ended
    },
  }
}
