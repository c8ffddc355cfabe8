import type { Server } from 'node:http'
import { isMainThread } from 'node:worker_threads'
import { announce, howToFix, isServedByThread, mainThread, type Siblings, siblingsOf } from './siblings.ts'

interface Address {
  readonly port: number
  readonly host: string
}

/** A server that listens, or waits for its port to become free. */
interface Listener {
  /** Stops waiting, without closing a server that listens; undefined if there is nothing to wait for. */
  readonly end: () => Promise<void> | undefined
}

const retryEvery = 1000
/** Milliseconds: `pm2 reload` runs the old and the new process side by side for up to 4.6 seconds, which is nothing to report. */
const quiet = 5000

/**
 * Listens on a port that no other process shares. If this process is one of several of its bot and the port is in use, it
 * resolves as well, and the server listens once the port is free. Any other failure to listen rejects.
 */
export async function listenAlone(server: Server, address: Address, log: (message: string) => void): Promise<Listener> {
  const error = await attempt(server, address)
  if (error === null) return served(address)
  const siblings = error.code === 'EADDRINUSE' ? await siblingsOn(address) : null
  if (siblings === null) {
    const why = error.code === 'EADDRINUSE' ? 'the port is already in use: choose another one' : error.message
    throw Object.assign(new Error(`serve: cannot listen on ${shown(address)}: ${why}`), { code: error.code })
  }
  return waiting(server, address, siblings, log)
}

const shown = ({ host, port }: Address): string => `${host.includes(':') ? `[${host}]` : host}:${port}`

const siblingsOn = async ({ port }: Address): Promise<Siblings | null> =>
  siblingsOf(process.env) ?? ((await isServedByThread(port)) ? mainThread : null)

/** Tries to listen once; resolves to the error if that fails. */
function attempt(server: Server, address: Address): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => {
      server.off('listening', listening)
      resolve(error)
    }
    const listening = () => {
      server.off('error', failed)
      // From here on an error concerns a single connection and must not end the bot.
      server.on('error', () => {})
      resolve(null)
    }
    server.once('error', failed)
    server.once('listening', listening)
    // Otherwise the workers of a cluster share the port, and scrapes alternate between their counters.
    server.listen({ ...address, exclusive: true })
  })
}

function served({ port }: Address): Listener {
  const silence = isMainThread ? () => {} : announce(port)
  return {
    end() {
      silence()
      return undefined
    },
  }
}

function waiting(server: Server, address: Address, siblings: Siblings, log: (message: string) => void): Listener {
  const since = performance.now()
  let listener: Listener | null = null
  let ended = false
  let logged: string | undefined
  let trying = Promise.resolve()
  // Not unreferenced: a bot that only waits for its server to be asked must not exit for lack of work.
  let timer = setTimeout(retry, retryEvery)

  function retry(): void {
    trying = again()
  }
  async function again(): Promise<void> {
    const error = await attempt(server, address)
    if (error === null) {
      listener = served(address)
      if (logged !== undefined) log(`serve: ${shown(address)} is free: ${siblings.self} serves it from now on`)
      return
    }
    if (logged !== error.code && performance.now() - since >= quiet) {
      logged = error.code ?? ''
      log(
        error.code === 'EADDRINUSE'
          ? inUse(address, siblings)
          : `serve: cannot listen on ${shown(address)}: ${error.message}`,
      )
    }
    if (!ended) timer = setTimeout(retry, retryEvery)
  }
  return {
    end() {
      ended = true
      clearTimeout(timer)
      return trying.then(() => listener?.end())
    },
  }
}

const inUse = (address: Address, siblings: Siblings): string =>
  `serve: ${shown(address)} is already in use, so ${howToFix(siblings)}; ` +
  'until then it keeps running, and it serves this port once that is free'
