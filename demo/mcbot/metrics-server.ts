import { createServer } from 'node:http'
import { status as page } from '../../definitions/mcbot/status.ts'
import { requestHandler } from '../../runtime/index.ts'
import { createStatus } from '../../runtime/status/index.ts'
import type { Switches } from './faults/switches.ts'
import { listen } from './listen.ts'
import type { BotMetrics } from './metrics.ts'

interface MetricsServer {
  readonly url: string
  readonly close: () => Promise<void>
}

/** Serves the bot's metrics, health checks and status page, unless the fault metrics-endpoint is on. */
export async function serveMetrics(
  metrics: BotMetrics,
  switches: Switches,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<MetricsServer> {
  const handle = requestHandler(metrics)
  const status = createStatus(metrics, page)
  const server = createServer((request, response) => {
    if (switches.isOn('metrics-endpoint')) response.writeHead(500).end('the fault metrics-endpoint is on\n')
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
