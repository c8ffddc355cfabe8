import { type ChildProcess, spawn } from 'node:child_process'
import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { isBeat } from './heartbeat.ts'
import { drain } from './output.ts'

export interface Child {
  /** How the process ended, as text, and whether it exited with code 0. */
  readonly ended: Promise<{ readonly how: string; readonly well: boolean }>
  /** Sends SIGTERM and, after `grace` milliseconds, SIGKILL to the whole group; resolves to true if it had to be killed. */
  readonly end: (grace: number) => Promise<boolean>
}

interface ChildOptions {
  readonly command: readonly [string, ...string[]]
  readonly stdout: Writable
  readonly stderr: Writable
  readonly beat: () => void
  readonly dropped: (bytes: number) => void
}

/** Milliseconds after the end of the process for its last output to arrive. */
const lastWords = 1000

/** Starts a process in its own process group, so that its children end with it. */
export function startChild({ command: [program, ...args], stdout, stderr, beat, dropped }: ChildOptions): Child {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true })
  child.on('message', (message) => {
    if (isBeat(message)) beat()
  })
  if (child.stdout !== null) drain(child.stdout, stdout, dropped)
  if (child.stderr !== null) drain(child.stderr, stderr, dropped)
  // If the watchdog itself dies of an error, the bot would be left unsupervised.
  const endToo = () => signalled(child, 'SIGTERM')
  process.once('exit', endToo)
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const ended = new Promise<{ how: string; well: boolean }>((resolve) => {
    // Stays registered: a message to a process that is gone also emits 'error'.
    child.on('error', (error) => {
      if (child.pid === undefined) resolve({ how: `could not be started: ${error.message}`, well: false })
    })
    child.once('exit', (code, signal) =>
      resolve({ how: signal === null ? `exited with code ${code}` : `was terminated by ${signal}`, well: code === 0 }),
    )
  }).then(async (end) => {
    process.off('exit', endToo)
    // Processes the bot left behind would keep its port and pipes open.
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
    // The process group is already gone.
  }
}
