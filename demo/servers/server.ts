import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { endWithUs } from './children.ts'
import { freePort } from './port.ts'
import type { Tool } from './tool.ts'

/** A real server that is running and ready. */
export type Server = Readonly<{
  name: string
  pid: number
  /** Such as `127.0.0.1:43211`. */
  address: string
  /** Such as `http://127.0.0.1:43211`. */
  url: string
  /** The last megabyte of its output. */
  log: () => string
  /** Resolves when it has ended, for whatever reason. */
  exited: Promise<string>
  /** Stops it (SIGTERM, then SIGKILL) and waits until it is gone; can be called repeatedly. */
  stop: () => Promise<void>
}>

/** How to start a server: its arguments for an address, and the path that returns 200 once it is ready. */
type Recipe = Readonly<{
  tool: Tool
  args: (address: string) => readonly string[]
  /** Its environment in addition to ours. */
  env?: Readonly<Record<string, string>> | undefined
  readyPath: string
  /** `host:port`; default a free port on loopback. */
  address?: string | undefined
  /** Milliseconds within which it must be ready; default 30,000. */
  readyWithin?: number | undefined
}>

/** Starts a server and waits until it is ready; on failure the error has the last lines of its log. */
export async function startServer(recipe: Recipe): Promise<Server> {
  if (recipe.address !== undefined) return startAt(recipe, recipe.address)
  for (let tries = 1; ; tries++) {
    try {
      return await startAt(recipe, `127.0.0.1:${await freePort()}`)
    } catch (error) {
      // between choosing a port and listening on it, another program can take it
      if (tries === 5 || !(error instanceof Error) || !isTaken(error.message)) throw error
    }
  }
}

const logLimit = 1 << 20
const stopWithin = 10_000

async function startAt(recipe: Recipe, address: string): Promise<Server> {
  const { tool } = recipe
  const child = spawn(tool.path, [...tool.args, ...recipe.args(address)], {
    cwd: tool.cwd,
    env: { ...process.env, ...recipe.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  endWithUs(child)
  let log = ''
  const append = (chunk: string) => {
    log = (log + chunk).slice(-logLimit)
  }
  child.stdout.setEncoding('utf8').on('data', append)
  child.stderr.setEncoding('utf8').on('data', append)
  let ended: string | undefined
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    // 'close' and not 'exit': only then has all of its log been read
    child.once('close', (code, signal) => resolve(signal ? `was terminated by ${signal}` : `exited with code ${code}`))
  }).then((how) => {
    ended = how
    return how
  })

  const stop = async () => {
    if (ended !== undefined) return
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), stopWithin)
    await exited
    clearTimeout(timer)
  }

  const deadline = Date.now() + (recipe.readyWithin ?? 30_000)
  while (!(isListening(log, address) && (await isReady(`http://${address}${recipe.readyPath}`)))) {
    const late = Date.now() > deadline
    if (late) await stop()
    if (ended !== undefined) {
      const what = late
        ? `was not ready at ${address} within ${recipe.readyWithin ?? 30_000} ms`
        : `${ended} before it was ready`
      throw new Error(`${tool.name} ${what}; the last lines of its log:\n${lastLines(log)}`)
    }
    await Promise.race([exited, delay(25)])
  }
  const { pid } = child
  if (pid === undefined) throw new Error(`this is a bug in botwatch: ${tool.name} is ready without a process`)
  return { name: tool.name, pid, address, url: `http://${address}`, log: () => log, exited, stop }
}

function isListening(log: string, address: string): boolean {
  // check its own log: another program on that port could respond as ready in its place
  return log.split('\n').some((line) => /listening on|started server at/i.test(line) && line.includes(address))
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

function isTaken(message: string): boolean {
  return /address already in use/i.test(message)
}

function lastLines(log: string): string {
  const lines = log.trimEnd().split('\n').slice(-12)
  return lines.map((line) => `  ${line}`).join('\n')
}
