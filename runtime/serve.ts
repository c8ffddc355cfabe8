import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gate, refuse } from './auth.ts'
import { answer, type HandlerOptions, paths, type RequestHandler, requestHandler } from './request-handler.ts'

export interface ServeOptions extends HandlerOptions {
  /** 0 for any that is free. */
  readonly port: number
  /** 127.0.0.1 unless given: metrics tell what a bot owns. */
  readonly host?: string
  /** Milliseconds that a client may take over the head of its request; 10,000 unless given. */
  readonly headWithin?: number
  /** What else is answered here, under the same `auth`: each says whether it has answered. */
  readonly also?: readonly RequestHandler[]
}

export interface Serving {
  /** Without a path, such as `http://127.0.0.1:9100`. */
  readonly url: string
  readonly port: number
  /** Lets requests under way end, for a few seconds, and gives the port back. */
  readonly close: () => Promise<void>
}

const seconds = 1000
/** A scraper holds one connection, a person a few more. */
const mostConnections = 100
const patience = 5 * seconds

/** Serves `/metrics`, `/healthz` and `/readyz`; rejects where the address cannot be listened on. */
export async function serve(metrics: object, options: ServeOptions): Promise<Serving> {
  const { port, host = '127.0.0.1', headWithin = 10 * seconds, also = [] } = options
  const door = gate(options.auth)
  const handle = requestHandler(metrics, options)
  const limits = {
    headersTimeout: headWithin,
    requestTimeout: headWithin + 5 * seconds,
    // Node looks only every thirty seconds whether somebody is too late.
    connectionsCheckingInterval: Math.min(seconds, headWithin),
    maxHeaderSize: 8 * 1024,
  }
  const server = createServer(limits, (request, response) => {
    if (handle(request, response)) return
    if (also.length > 0 && !door.isOpenTo(request)) refuse(response, door)
    else if (!also.some((other) => other(request, response)))
      answer(response, 404, `not found; there are ${paths.join(', ')}\n`)
  })
  server.maxConnections = mostConnections
  // Of a socket on which nothing moves, so that a client that reads no more does not keep a page for ever.
  server.timeout = 30 * seconds
  await listening(server, port, host)
  const { port: bound } = server.address() as AddressInfo
  let closing: Promise<void> | null = null
  return Object.freeze({
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    port: bound,
    close() {
      closing ??= closed(server)
      return closing
    },
  })
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE' ? 'something else listens there already: choose another port' : error.message
      reject(Object.assign(new Error(`serve: cannot listen on ${host}:${port}: ${why}`), { code: error.code }))
    })
    server.listen(port, host, () => {
      // From here on an error is one connection's, and must not end the bot.
      server.removeAllListeners('error')
      server.on('error', () => {})
      resolve()
    })
  })
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection that is kept alive becomes idle only when its last request has been answered.
    const idle = setInterval(() => server.closeIdleConnections(), 20)
    const late = setTimeout(() => server.closeAllConnections(), patience)
    server.close(() => {
      clearInterval(idle)
      clearTimeout(late)
      resolve()
    })
    server.closeIdleConnections()
  })
}
