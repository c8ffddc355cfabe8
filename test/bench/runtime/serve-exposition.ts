import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PeerMetric } from './peer.ts'

/** An exposition served by node:http, as in the libraries' own examples. */
export async function serveExposition(page: PeerMetric<never>['page']) {
  const server = createServer(async (_, response) => {
    await page((piece) => void response.write(piece))
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections()
      await new Promise<unknown>((resolve) => server.close(resolve))
    },
  }
}
