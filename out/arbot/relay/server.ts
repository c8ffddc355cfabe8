import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { isIP } from 'node:net'

/** The most bytes of a request's body. */
const longestBody = 200_000

interface Routes {
  /** Takes a message for a channel; false if it is malformed, null if there is no such channel. */
  readonly take: (channel: string, body: string) => Promise<boolean | null>
  readonly metrics: () => string
  /** Host names under which it may be asked, in addition to loopback names and addresses. */
  readonly hosts: readonly string[]
}

/** The server that Alertmanager posts to and Prometheus scrapes. */
export function createRelayServer(routes: Routes): Server {
  const server = createServer((request, response) => {
    void answer(routes, request, response).catch(() => end(response, 500, 'the request failed'))
  })
  server.requestTimeout = 20_000
  server.headersTimeout = 10_000
  return server
}

async function answer(
  { take, metrics, hosts }: Routes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // a page in a browser on this machine must not reach it under a name of its own
  if (!isOwnHost(request.headers.host ?? '', hosts)) return end(response, 421, 'the relay is not asked under this name')
  const path = request.url ?? '/'
  if (request.method === 'GET' && path === '/metrics')
    return end(response, 200, metrics(), 'text/plain; version=0.0.4; charset=utf-8')
  if (request.method === 'GET' && path === '/healthz') return end(response, 200, 'ok\n')
  const channel = /^\/channels\/([\w-]+)$/.exec(path)?.[1]
  if (request.method !== 'POST' || channel === undefined) return end(response, 404, 'no such page')
  // without it, a page could post from another site without asking first
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) return end(response, 415, 'expected JSON')
  const body = await bodyOf(request)
  if (body === null) return end(response, 413, 'the message is too long')
  const taken = await take(channel, body)
  // a new one may come with the next configuration: Alertmanager tries again
  if (taken === null) return end(response, 503, `no channel ${channel} in this configuration`)
  return taken
    ? end(response, 200, 'kept\n')
    : end(response, 400, 'not a message of the generated Alertmanager configuration')
}

function isOwnHost(host: string, hosts: readonly string[]): boolean {
  const name = host
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase()
  return name === 'localhost' || isIP(name) !== 0 || hosts.some((own) => own.replace(/:\d+$/, '') === name)
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > longestBody) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function end(response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  if (response.headersSent) return
  response.writeHead(status, { 'content-type': type }).end(text)
}
