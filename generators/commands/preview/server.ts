import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type BotFolder, createDashboardList, dashboardText } from './dashboards.ts'
import { type ProxyResponse, refusal, shownAddress } from './forwarding.ts'
import { forwardToLogs } from './logs-proxy.ts'
import { pageFile } from './page-files.ts'
import { forwardToPrometheus } from './prometheus-proxy.ts'
import { encodingFor, sendFile, sendJson, sendText } from './response.ts'
import type { StoreOf } from './stores.ts'

/** What the preview shows, and from where. */
interface PreviewChoices {
  /** Called again for each list, so that a bot that is generated later appears. */
  readonly folders: () => Promise<readonly BotFolder[]>
  readonly prometheus: URL
  /** Where the log lines of a bot are; nowhere by default. */
  readonly storeOf?: StoreOf
  /** The folder of the built page. */
  readonly page: string
  /** 0 picks a free one. */
  readonly port?: number
  /** How long to wait for Prometheus or a store, in milliseconds. */
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

/** Serves the dashboards of some bots on loopback, with read-only proxies to Prometheus and to the stores of their log lines. */
export async function startPreview(choices: PreviewChoices): Promise<Preview> {
  const list = createDashboardList()
  const server = createServer((request, response) => {
    answer(choices, list, request, response).catch((error) => {
      sendText(response, 500, `this is a bug in botwatch, please report it: ${error}`)
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

async function answer(
  choices: PreviewChoices,
  list: ReturnType<typeof createDashboardList>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isLoopback(request.headers.host)) return sendText(response, 403, 'The preview only answers this machine.')
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return sendText(response, 405, `The preview is read-only: ${request.method} is not allowed.`)
  const { pathname, search } = pathOf(request.url ?? '/')
  if (!isOwnOrLink(request, pathname))
    return sendText(response, 403, 'The preview only answers its own page, and links to a dashboard.')
  if (pathname.startsWith('/prometheus/')) {
    const { status, body } = await forwardToPrometheus(
      choices.prometheus,
      pathname.slice('/prometheus'.length),
      search,
      choices.within ?? tooSlow,
    )
    return sendJson(request, response, status, body)
  }
  const inLog = /^\/logs\/([\w-]+)(\/.*)$/.exec(pathname)
  if (inLog !== null) {
    const { status, body } = await askStore(choices, inLog[1] ?? '', inLog[2] ?? '', search)
    return sendJson(request, response, status, body)
  }
  if (pathname === '/api/dashboards') {
    const bots = await Promise.all((await choices.folders()).map((folder) => listed(choices, list, folder)))
    return sendJson(request, response, 200, JSON.stringify({ prometheus: shownAddress(choices.prometheus), bots }))
  }
  const asked = /^\/api\/dashboards\/([\w-]+)\/([\w.-]+)$/.exec(pathname)
  if (asked !== null) {
    const folder = (await choices.folders()).find(({ bot }) => bot === asked[1])
    const found = folder === undefined ? null : await dashboardText(folder, asked[2] ?? '')
    if (found === null) return sendText(response, 404, `${asked[1]} has no dashboard '${asked[2]}'.`)
    return sendJson(request, response, 200, found)
  }
  const file = await pageFile(choices.page, viewOf(pathname) ?? pathname, encodingFor(request))
  if (file !== null) return sendFile(request, response, 200, file)
  // A person sees the page, which says so and lists what there is.
  const page = isForPerson(request) ? await pageFile(choices.page, '/index.html', encodingFor(request)) : null
  if (page === null) return sendText(response, 404, `There is nothing at ${pathname}.`)
  sendFile(request, response, 404, page)
}

/** A bot with its dashboards and where its log lines are, for people. */
async function listed({ storeOf }: PreviewChoices, list: ReturnType<typeof createDashboardList>, folder: BotFolder) {
  const store = (await storeOf?.(folder)) ?? null
  return { ...(await list(folder)), logs: store === null ? null : shownAddress(store) }
}

async function askStore(choices: PreviewChoices, bot: string, path: string, search: string): Promise<ProxyResponse> {
  const folder = (await choices.folders()).find((one) => one.bot === bot)
  const store = folder === undefined ? null : ((await choices.storeOf?.(folder)) ?? null)
  return store === null
    ? refusal(
        404,
        'not_configured',
        `The preview knows no store with the log lines of ${bot}: its stack has none, and --logs names none.`,
      )
    : forwardToLogs(store, path, search, choices.within ?? tooSlow)
}

/** The path of a request, also of one that starts with `//`, which a URL takes for a host. */
const pathOf = (url: string) => new URL(url.startsWith('/') ? `http://preview${url}` : 'http://preview/*')

const isForPerson = ({ headers }: IncomingMessage) => (headers.accept ?? '').startsWith('text/html')

/** The file for a path that the page itself routes, or null: they differ in what the browser loads at once. */
const viewOf = (pathname: string) =>
  /^\/d\/[^/]+\/./.test(pathname) ? '/dashboard.html' : isView(pathname) ? '/index.html' : null

const isView = (pathname: string) => pathname === '/' || pathname.startsWith('/d/')

/** Rejects requests whose host name merely resolves to this machine (DNS rebinding). */
const isLoopback = (host: string | undefined) => /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(host ?? '')

/** Whether a request comes from the page itself or opens it; browsers say so, and other programs send no such header. */
function isOwnOrLink({ headers }: IncomingMessage, pathname: string): boolean {
  const site = headers['sec-fetch-site']
  const opens = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  return site === undefined || site === 'same-origin' || site === 'none' || (opens && isView(pathname))
}
