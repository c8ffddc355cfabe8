import { createServer } from 'node:http'
import type { StatusPage } from '../../definitions/language/status.ts'
import { type HandlerOptions, type Registry, requestHandler } from '../../runtime/index.ts'
import { createStatus } from '../../runtime/status/index.ts'
import { listen } from './listen.ts'

interface MetricsServer {
  readonly url: string
  readonly close: () => Promise<void>
}

interface MetricsServerOptions extends HandlerOptions {
  readonly port: number
  readonly host: string
  readonly page: StatusPage
  /** Whether the fault metrics-endpoint is on. */
  readonly isBroken: () => boolean
}

/** Serves the bot's metrics, health checks and status page, unless it is broken. */
export async function serveMetrics(
  metrics: { readonly registry: Registry },
  { port, host, page, isBroken, ...options }: MetricsServerOptions,
): Promise<MetricsServer> {
  const handle = requestHandler(metrics, options)
  const status = createStatus(metrics, page)
  const server = createServer((request, response) => {
    if (isBroken()) response.writeHead(500).end('the fault metrics-endpoint is on\n')
    else if (!handle(request, response) && !status.handle(request, response))
      response.writeHead(404).end('not found; available: /, /metrics\n')
  })
  const { port: bound, close } = await listen(server, 'PORT', port, host)
  const shown = host.includes(':') ? `[${host}]` : host
  return Object.freeze({
    url: `http://${shown}:${bound}/metrics`,
    async close() {
      status.end()
      await close()
    },
  })
}
