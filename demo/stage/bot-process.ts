import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A paper bot in a separate process. */
export interface BotProcess {
  readonly pid: number
  readonly metricsUrl: string
  readonly faultsUrl: string
  /** Switches a fault on or off. */
  turn(fault: string, on: boolean): Promise<void>
  stop(): Promise<void>
}

const startWithin = 30_000
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
    const [metricsUrl, faultsUrl] = await said(child, [/^metrics: +(\S+)/, /^faults: +(http\S+)/])
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

/** The first match of each pattern among the lines that a process prints. */
function said(child: ChildProcess, patterns: readonly RegExp[]): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const lines: string[] = []
    const found = new Map<RegExp, string>()
    const fail = (why: string) => {
      clearTimeout(timer)
      reject(new Error(`the paper bot ${why}. Its output:\n${lines.slice(-20).join('\n') || 'nothing'}`))
    }
    const timer = setTimeout(() => fail(`did not start within ${startWithin / 1000} s`), startWithin)
    child.once('exit', (code, signal) => fail(`exited with ${signal ?? code}`))
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue
      createInterface({ input: stream }).on('line', (line) => {
        if (lines.push(line) > 200) lines.shift()
        for (const pattern of patterns) {
          const match = pattern.exec(line)?.[1]
          if (match !== undefined) found.set(pattern, match)
        }
        if (found.size === patterns.length) {
          clearTimeout(timer)
          child.removeAllListeners('exit')
          resolve(patterns.map((pattern) => found.get(pattern) as string))
        }
      })
    }
  })
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
