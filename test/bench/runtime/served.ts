import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A page behind node:http, as the libraries' own examples serve it. */
export async function served(page: () => Promise<readonly Uint8Array[]>) {
  const server = createServer(async (_, response) => {
    for (const chunk of await page()) response.write(chunk)
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
