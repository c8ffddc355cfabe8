import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type BotFolder, dashboardText, listDashboards } from './dashboards.ts'
import { pageFile } from './page-files.ts'
import { forwardToPrometheus, shownAddress } from './prometheus-proxy.ts'

/** What the preview shows, and from where. */
interface PreviewChoices {
  /** Called again for each list, so that a bot that is generated later appears. */
  readonly folders: () => Promise<readonly BotFolder[]>
  readonly prometheus: URL
  /** The folder of the built page. */
  readonly page: string
  /** 0 picks a free one. */
  readonly port?: number
  /** How long to wait for Prometheus, in milliseconds. */
  readonly within?: number
}

interface Preview {
  readonly url: string
  stop(): Promise<void>
}

/** The folder of the built page, next to the sources or, when compiled, one folder deeper. */
export const pageFolder = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../../preview/dist' : '../../../../preview/dist', import.meta.url),
)

/** Less than the page's patience, which is less than its shortest refresh. */
const tooSlow = 4000

/** Serves the dashboards of some bots on loopback, with a read-only proxy to Prometheus. */
export async function startPreview(choices: PreviewChoices): Promise<Preview> {
  const server = createServer((request, response) => {
    answer(choices, request, response).catch((error) => {
      send(response, 500, 'text/plain; charset=utf-8', `this is a bug in botwatch, please report it: ${error}`)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(choices.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(choices: PreviewChoices, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isLoopback(request.headers.host)) return text(response, 403, 'The preview only answers this machine.')
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return text(response, 405, `The preview is read-only: ${request.method} is not allowed.`)
  const { pathname, search } = pathOf(request.url ?? '/')
  if (pathname.startsWith('/prometheus/')) {
    const { status, body } = await forwardToPrometheus(
      choices.prometheus,
      pathname.slice('/prometheus'.length),
      search,
      choices.within ?? tooSlow,
    )
    return send(response, status, 'application/json', body)
  }
  if (pathname === '/api/dashboards') {
    const bots = await Promise.all((await choices.folders()).map(listDashboards))
    const body = JSON.stringify({ prometheus: shownAddress(choices.prometheus), bots })
    return send(response, 200, 'application/json', body)
  }
  const asked = /^\/api\/dashboards\/([\w-]+)\/([\w.-]+)$/.exec(pathname)
  if (asked !== null) {
    const folder = (await choices.folders()).find(({ bot }) => bot === asked[1])
    const found = folder === undefined ? null : await dashboardText(folder, asked[2] ?? '')
    if (found === null) return text(response, 404, `${asked[1]} has no dashboard '${asked[2]}'.`)
    return send(response, 200, 'application/json', found)
  }
  const file = await pageFile(choices.page, isView(pathname) ? '/index.html' : pathname)
  if (file === null) return text(response, 404, `There is nothing at ${pathname}.`)
  send(response, 200, file.type, file.body)
}

/** The path of a request, also of one that starts with `//`, which a URL takes for a host. */
const pathOf = (url: string) => new URL(url.startsWith('/') ? `http://preview${url}` : 'http://preview/*')

/** The paths that the page itself routes. */
const isView = (pathname: string) => pathname === '/' || pathname.startsWith('/d/')

/** Rejects requests whose host name merely resolves to this machine (DNS rebinding). */
const isLoopback = (host: string | undefined) => /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(host ?? '')

const text = (response: ServerResponse, status: number, sentence: string) =>
  send(response, status, 'text/plain; charset=utf-8', `${sentence}\n`)

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy':
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
  })
  response.end(body)
}
