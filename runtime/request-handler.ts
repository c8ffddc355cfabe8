import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Auth, gate, refuse } from './auth.ts'
import type { Pages } from './pages.ts'
import { pagesIn, unsetIn } from './pages-of.ts'
import { sendPage } from './send-page.ts'

export interface HandlerOptions {
  /** What `/healthz` says beside that the process answers: true is alive; false, or a sentence that says why, is not. */
  readonly live?: () => boolean | string
  /** What `/readyz` says where every metric that must be set has been: true is ready; false, or a sentence that says why, is not. */
  readonly ready?: () => boolean | string
  /** What is asked of whoever reads; without it nothing. `/healthz` and `/readyz` stay open to those who restart a bot. */
  readonly auth?: Auth
}

/** Answers a request and says true; or leaves it alone and says false, where its path is none of `paths`. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => boolean

/** What the handler answers. */
export const paths = Object.freeze(['/metrics', '/healthz', '/readyz'] as const)

/** Serves metrics, liveness and readiness from a server that a bot already has. */
export function requestHandler(metrics: object, options: HandlerOptions = {}): RequestHandler {
  const pages = pagesIn(metrics)
  const door = gate(options.auth)
  const { ready = () => true, live = () => true } = options
  return (request, response) => {
    const path = paths.find((known) => known === pathOf(request))
    if (path === undefined) return false
    // A client that hangs up is no error of the bot's.
    response.on('error', () => {})
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      answer(response, 405, `${request.method} is not answered here, only GET and HEAD are\n`, {
        Allow: 'GET, HEAD',
        // What is sent with it is not read.
        Connection: 'close',
      })
      return true
    }
    if (hasBody(request)) {
      answer(response, 413, 'a request for metrics has no body\n', { Connection: 'close' })
      return true
    }
    if (!/^\/(healthz|readyz)$/.test(path) && !door.isOpenTo(request)) {
      refuse(response, door)
      return true
    }
    switch (path) {
      case '/metrics':
        void answerPage(pages, request, response)
        break
      case '/healthz':
        sayWhether(response, live, 'ok', 'not alive')
        break
      case '/readyz':
        sayWhether(response, () => contractOf(metrics) ?? ready(), 'ready', 'not ready')
        break
    }
    return true
  }
}

/** A short answer in plain text; its body is left out for HEAD by node itself. */
export function answer(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  })
  response.end(text)
}

/** Only what stands before a question mark, as sent: no path here has anything to decode. */
const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?', 1)[0] as string

/** What the contract still waits for; null where nothing is. */
function contractOf(metrics: object): string | null {
  const unset = unsetIn(metrics)
  return unset.length === 0 ? null : `not ready: never set yet: ${unset.join(', ')}`
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

function sayWhether(response: ServerResponse, check: () => boolean | string, yes: string, no: string): void {
  const reason = whyNot(check, no)
  answer(response, reason === null ? 200 : 503, `${reason ?? yes}\n`)
}

function whyNot(check: () => boolean | string, no: string): string | null {
  try {
    const said: unknown = check()
    return said === true ? null : typeof said === 'string' && said !== '' ? said : no
  } catch {
    return `${no}: the check itself threw an error`
  }
}

async function answerPage(pages: Pages, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await sendPage(pages, request, response)
  } catch (error) {
    if (response.headersSent || response.destroyed) response.destroy()
    else answer(response, 500, `the metrics could not be written, and this is a bug in botwatch: ${error}\n`)
  }
}
