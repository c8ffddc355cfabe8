import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gate, refuse } from './auth.ts'
import { answer, type HandlerOptions, paths, type RequestHandler, requestHandler } from './request-handler.ts'

export interface ServeOptions extends HandlerOptions {
  /** 0 picks a free port. */
  readonly port: number
  /** Default 127.0.0.1, because metrics reveal what a bot owns. */
  readonly host?: string
  /** Milliseconds that a client may take to send its request headers; default 10,000. */
  readonly headWithin?: number
  /** Further handlers on this server, under the same `auth`; each returns whether it answered. */
  readonly also?: readonly RequestHandler[]
}

export interface Serving {
  /** Base URL, such as `http://127.0.0.1:9100`. */
  readonly url: string
  readonly port: number
  /** Lets running requests finish, for up to five seconds, and frees the port. */
  readonly close: () => Promise<void>
}

const seconds = 1000
/** A scraper holds one connection, a browser a few more. */
const mostConnections = 100
const patience = 5 * seconds

/** Serves `/metrics`, `/healthz` and `/readyz`; rejects if it cannot listen on the address. */
export async function serve(metrics: object, options: ServeOptions): Promise<Serving> {
  const { port, host = '127.0.0.1', headWithin = 10 * seconds, also = [] } = options
  const door = gate(options.auth)
  const handle = requestHandler(metrics, options)
  const limits = {
    headersTimeout: headWithin,
    requestTimeout: headWithin + 5 * seconds,
    // By default Node checks these timeouts only every thirty seconds.
    connectionsCheckingInterval: Math.min(seconds, headWithin),
    maxHeaderSize: 8 * 1024,
  }
  const server = createServer(limits, (request, response) => {
    if (handle(request, response)) return
    if (also.length > 0 && !door.isOpenTo(request)) refuse(response, door)
    else if (!also.some((other) => other(request, response)))
      answer(response, 404, `not found; available: ${paths.join(', ')}\n`)
  })
  server.maxConnections = mostConnections
  // For a socket without traffic, so that a client that stops reading does not keep an exposition in memory forever.
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
      const why = error.code === 'EADDRINUSE' ? 'the port is already in use: choose another one' : error.message
      reject(Object.assign(new Error(`serve: cannot listen on ${host}:${port}: ${why}`), { code: error.code }))
    })
    server.listen(port, host, () => {
      // From here on an error concerns a single connection and must not end the bot.
      server.removeAllListeners('error')
      server.on('error', () => {})
      resolve()
    })
  })
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A keep-alive connection becomes idle only after its last request is answered.
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
