import { createServer } from 'node:net'

/** A port on loopback that nothing listens on now; another program can still take it first. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.unref()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') throw new Error('this is a bug in botwatch: no TCP address')
      server.close(() => resolve(address.port))
    })
  })
}

/** A loopback address such as `127.0.0.1:43211` on a port of its own, to be written into a configuration. */
export async function freeAddress(): Promise<string> {
  return `127.0.0.1:${await freePort()}`
}
