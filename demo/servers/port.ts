import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** The range lies below the ephemeral ports, which start at 32768 on Linux and 49152 elsewhere. */
const lowest = 20_000
const highest = 32_767
/** Ports already handed out: the caller may not be listening yet. */
const given = new Set<number>()

/** A free port on loopback, outside the ephemeral range; another program can still take it first. */
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

/** A loopback address on a free port, such as `127.0.0.1:23211`, for use in a configuration. */
export async function freeAddress(): Promise<string> {
  return `127.0.0.1:${await freePort()}`
}
