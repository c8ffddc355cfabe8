import cluster from 'node:cluster'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gate, refuse } from './auth.ts'
import { answer, type HandlerOptions, handlerWith, paths, type RequestHandler } from './request-handler.ts'
import { createRestartQuiet, type RestartQuietOptions } from './restart/restart-quiet.ts'
import { limitConnections } from './serving/connections.ts'
import { hostCheck } from './serving/hosts.ts'
import { listenAlone } from './serving/listen.ts'
import { logOf } from './serving/log.ts'

export interface ServeOptions extends HandlerOptions {
  /** 0 picks a free port, a different one for each worker or thread. */
  readonly port: number
  /** Default 127.0.0.1, because metrics reveal what a bot owns. */
  readonly host?: string
  /** Milliseconds that a client may take to send its request headers; default 10,000. */
  readonly headWithin?: number
  /** Further handlers on this server, under the same `auth` and `hosts`; each returns whether it answered. */
  readonly also?: readonly RequestHandler[]
  /** How `close` announces a restart to Alertmanager; by default as BOTWATCH_ALERTMANAGER and BOTWATCH_QUIET say, false not at all. */
  readonly restart?: RestartQuietOptions | false
}

export interface Serving {
  /** Base URL, such as `http://127.0.0.1:9100`. */
  readonly url: string
  readonly port: number
  /** Announces the stop, lets running requests finish, for up to five seconds, and frees the port. */
  readonly close: () => Promise<void>
}

const seconds = 1000
/** A scraper holds one connection, a browser a few more. */
const mostConnections = 100
const patience = 5 * seconds

/**
 * Serves `/metrics`, `/healthz` and `/readyz`; rejects if it cannot listen on the address. Of several workers, threads or pm2
 * instances with the same port, one serves; the others wait until the port is free.
 */
export async function serve(metrics: object, options: ServeOptions): Promise<Serving> {
  const { port, host = '127.0.0.1', headWithin = 10 * seconds, also = [], restart = {} } = options
  const door = gate(options.auth)
  const log = logOf(metrics)
  const hosts = hostCheck(options.hosts, log, host)
  const handle = handlerWith(metrics, options, hosts)
  const limits = {
    headersTimeout: headWithin,
    requestTimeout: headWithin + 5 * seconds,
    // By default Node checks these timeouts only every thirty seconds.
    connectionsCheckingInterval: Math.min(seconds, headWithin),
    maxHeaderSize: 8 * 1024,
  }
  const server = createServer(limits, (request, response) => {
    if (handle(request, response)) return
    if (!hosts.allows(request)) hosts.refuse(request, response)
    else if (also.length > 0 && !door.isOpenTo(request)) refuse(response, door)
    else if (!also.some((other) => other(request, response)))
      answer(response, 404, `not found; available: ${paths.join(', ')}\n`)
  })
  limitConnections(server, mostConnections)
  // For a socket without traffic, so that a client that stops reading does not keep an exposition in memory forever.
  server.timeout = 30 * seconds
  const listener = await listenAlone(server, { port, host }, log)
  const bound = (server.address() as AddressInfo | null)?.port ?? port
  const quiet = restart === false ? null : createRestartQuiet(metrics, restart)
  let closing: Promise<void> | null = null
  const close = () => {
    process.off('disconnect', close)
    closing ??= Promise.all([quiet?.begin(), listener.end()?.then(() => closed(server)) ?? closed(server)]).then(
      () => {},
    )
    return closing
  }
  // A worker that its primary disconnects is to end: this server must neither keep it alive nor keep the port from the next worker.
  if (cluster.isWorker) process.once('disconnect', close)
  return Object.freeze({ url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`, port: bound, close })
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
