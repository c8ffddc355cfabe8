import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** Below the ephemeral ports, which start at 32768 on Linux and 49152 elsewhere. */
const lowest = 20_000
const highest = 32_767
/** Ports that were handed out already: their users may not listen yet. */
const given = new Set<number>()

/**
 * A port on loopback that nothing listens on now and that the system does not assign automatically; another program can
 * still take it first.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, highest + 1)
    if (given.has(port) || !(await isFree(port))) continue
    given.add(port)
    return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.unref()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
      else reject(error)
    })
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/** A loopback address such as `127.0.0.1:23211` on a free port, for use in a configuration. */
export async function freeAddress(): Promise<string> {
  return `127.0.0.1:${await freePort()}`
}
