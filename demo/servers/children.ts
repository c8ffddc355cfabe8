import type { ChildProcess } from 'node:child_process'

/**
 * Stops a child process together with this one: on exit, on an uncaught error, and on Ctrl-C, SIGTERM or SIGHUP. A program
 * that handles a signal itself still decides when it exits; its exit also stops the child.
 */
export function endWithUs(child: ChildProcess): void {
  children.add(child)
  child.once('exit', () => {
    children.delete(child)
    if (children.size === 0) stopWatching()
  })
  if (children.size === 1) startWatching()
}

const children = new Set<ChildProcess>()
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function startWatching(): void {
  process.on('exit', killAll)
  for (const signal of signals) process.on(signal, onSignal)
}

function stopWatching(): void {
  process.off('exit', killAll)
  for (const signal of signals) process.off(signal, onSignal)
}

function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return
  killAll()
  // without our listener the signal has its default effect
  stopWatching()
  process.kill(process.pid, signal)
}

function killAll(): void {
  for (const child of children) {
    // the pid of an exited child may belong to another process
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  }
}
