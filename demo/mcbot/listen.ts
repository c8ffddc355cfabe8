import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Listening {
  readonly port: number
  /** Gives the port back, and hangs up on whoever is connected. */
  readonly close: () => Promise<void>
}

/** Listens on an address; where it cannot, the error names the variable that chose the port. */
export async function listen(server: Server, variable: string, port: number, host: string): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `something else listens on ${host}:${port}: give another ${variable}, or none for any that is free`
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
