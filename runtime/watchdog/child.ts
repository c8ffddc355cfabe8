import { type ChildProcess, spawn } from 'node:child_process'
import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { isBeat } from './heartbeat.ts'
import { drain } from './output.ts'

export interface Child {
  /** How its process ended, for a person; and whether it ended with code 0. */
  readonly ended: Promise<{ readonly how: string; readonly well: boolean }>
  /** SIGTERM, and SIGKILL to all that is left of it after so many milliseconds; true where it had to be killed. */
  readonly end: (grace: number) => Promise<boolean>
}

interface ChildOptions {
  readonly command: readonly [string, ...string[]]
  readonly stdout: Writable
  readonly stderr: Writable
  readonly beat: () => void
  readonly dropped: (bytes: number) => void
}

/** After the end of the process, so long its last output may take to arrive. */
const lastWords = 1000

/** Starts a process, in a group of its own, so that what it started ends with it. */
export function startChild({ command: [program, ...args], stdout, stderr, beat, dropped }: ChildOptions): Child {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true })
  child.on('message', (message) => {
    if (isBeat(message)) beat()
  })
  if (child.stdout !== null) drain(child.stdout, stdout, dropped)
  if (child.stderr !== null) drain(child.stderr, stderr, dropped)
  // Where the watchdog itself ends by an error, nobody would watch what is left.
  const endToo = () => signalled(child, 'SIGTERM')
  process.once('exit', endToo)
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const ended = new Promise<{ how: string; well: boolean }>((resolve) => {
    // Later too: a message to a process that is gone is such an error.
    child.on('error', (error) => {
      if (child.pid === undefined) resolve({ how: `could not be started: ${error.message}`, well: false })
    })
    child.once('exit', (code, signal) =>
      resolve({ how: signal === null ? `ended with code ${code}` : `was ended by ${signal}`, well: code === 0 }),
    )
  }).then(async (end) => {
    process.off('exit', endToo)
    // What the bot left behind would keep its port, and its pipes open.
    signalled(child, 'SIGKILL')
    const over = new AbortController()
    await Promise.race([closed, sleep(lastWords, undefined, { signal: over.signal }).catch(() => {})])
    over.abort()
    child.stdout?.destroy()
    child.stderr?.destroy()
    return end
  })
  return Object.freeze({
    ended,
    async end(grace: number) {
      let killed = false
      signalled(child, 'SIGTERM')
      const timer = setTimeout(() => {
        killed = true
        signalled(child, 'SIGKILL')
      }, grace)
      await ended
      clearTimeout(timer)
      return killed
    },
  })
}

function signalled(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // Nobody of the group is left.
  }
}
