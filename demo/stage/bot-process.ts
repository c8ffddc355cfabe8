import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { childOutput } from './child-output.ts'

/** A paper bot in a separate process. */
export interface BotProcess {
  /** That of its watchdog, if it has one. */
  readonly pid: number
  readonly metricsUrl: string
  readonly faultsUrl: string
  /** Resolves to the exit code of the bot, or of its watchdog; null after a signal. */
  readonly ended: Promise<number | null>
  /** Switches a fault on or off. */
  turn(fault: string, on: boolean): Promise<void>
  stop(): Promise<void>
}

interface BotOptions {
  readonly env?: Readonly<Record<string, string>>
  /** The options of `botwatch watchdog`, if it starts and restarts the bot. */
  readonly watchdog?: readonly string[]
}

const stopWithin = 5000

/** Starts `demo/<bot>/main.ts`, under a watchdog if it is to have one, and waits until it prints its addresses. */
export async function startBot(bot: string, { env = {}, watchdog }: BotOptions = {}): Promise<BotProcess> {
  const own = programAt(`../${bot}/main.ts`)
  const [command, ...args] =
    watchdog === undefined
      ? own
      : ([...programAt('../../generators/main.ts'), 'watchdog', ...watchdog, '--', ...own] as const)
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  try {
    const [metricsUrl, faultsUrl] = await childOutput(child, 'the paper bot', [
      /^metrics: +(\S+)/,
      /^faults: +(http\S+)/,
    ]).ready
    return {
      pid: child.pid ?? 0,
      metricsUrl: metricsUrl as string,
      faultsUrl: faultsUrl as string,
      ended,
      turn: (fault, on) => turn(faultsUrl as string, fault, on),
      stop: async () => {
        process.off('exit', end)
        await stopped(child)
      },
    }
  } catch (error) {
    child.kill(watchdog === undefined ? 'SIGKILL' : 'SIGTERM')
    throw error
  }
}

const programAt = (path: string) =>
  [process.execPath, '--import', 'tsx', fileURLToPath(new URL(path, import.meta.url))] as const

async function turn(faultsUrl: string, fault: string, on: boolean): Promise<void> {
  const response = await fetch(`${faultsUrl}/${fault}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ on }),
  })
  if (!response.ok) throw new Error(`fault ${fault}: ${response.status} ${await response.text()}`)
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const timer = setTimeout(() => child.kill('SIGKILL'), stopWithin)
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
  clearTimeout(timer)
}
