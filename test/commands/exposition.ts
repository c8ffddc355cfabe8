import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The exposition of mcbot's trading mode. */
export const modeText = (state: string): string =>
  ['paper', 'live'].map((one) => `mcbot_trading_mode{mcbot_trading_mode="${one}"} ${one === state ? 1 : 0}\n`).join('')

/** A server with `/metrics`. */
export async function startExposition() {
  let [status, text] = [200, 'up_and_running 1\n']
  const server = createServer((_, response) =>
    response.writeHead(status, { 'content-type': 'text/plain; version=0.0.4' }).end(text),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    address: `127.0.0.1:${port}`,
    exposes: (exposition: string) => {
      text = exposition
    },
    fails: (code: number) => {
      status = code
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
