import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { childOutput } from './child-output.ts'

/** A paper bot in a separate process. */
export interface BotProcess {
  readonly pid: number
  readonly metricsUrl: string
  readonly faultsUrl: string
  /** Switches a fault on or off. */
  turn(fault: string, on: boolean): Promise<void>
  stop(): Promise<void>
}

const stopWithin = 5000

/** Starts `demo/<bot>/main.ts` and waits until it prints its addresses. */
export async function startBot(bot: string, env: Readonly<Record<string, string>> = {}): Promise<BotProcess> {
  const main = fileURLToPath(new URL(`../${bot}/main.ts`, import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
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
      turn: (fault, on) => turn(faultsUrl as string, fault, on),
      stop: async () => {
        process.off('exit', end)
        await stopped(child)
      },
    }
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

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
