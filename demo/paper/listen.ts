import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Listener {
  readonly port: number
  /** Frees the port and closes all connections. */
  readonly close: () => Promise<void>
}

/** Listens on an address; if that fails, the error names the environment variable for the port. */
export async function listen(server: Server, variable: string, port: number, host: string): Promise<Listener> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `${host}:${port} is already in use: set ${variable} to another port, or unset it for any free port`
      reject(new Error(error.code === 'EADDRINUSE' ? taken : `cannot listen on ${host}:${port}: ${error.message}`))
    })
    server.listen(port, host, resolve)
  })
  return Object.freeze({
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}
