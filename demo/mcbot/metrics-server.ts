import { createServer } from 'node:http'
import { requestHandler } from '../../runtime/index.ts'
import type { Switches } from './faults/switches.ts'
import { listen } from './listen.ts'
import type { BotMetrics } from './metrics.ts'

export interface MetricsServer {
  readonly url: string
  readonly close: () => Promise<void>
}

/** Serves the bot's metrics and its health, unless the fault of the endpoint is on. */
export async function serveMetrics(
  metrics: BotMetrics,
  switches: Switches,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<MetricsServer> {
  const handle = requestHandler(metrics)
  const server = createServer((request, response) => {
    if (switches.isOn('metrics-endpoint')) response.writeHead(500).end('the fault metrics-endpoint is on\n')
    else if (!handle(request, response)) response.writeHead(404).end('not found; there is /metrics\n')
  })
  const { port: bound, close } = await listen(server, 'PORT', port, host)
  const shown = host.includes(':') ? `[${host}]` : host
  return Object.freeze({ url: `http://${shown}:${bound}/metrics`, close })
}
