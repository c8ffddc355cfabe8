import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Auth, gate, refuse } from './auth.ts'
import type { Expositions } from './expositions.ts'
import { expositionsIn, unsetIn } from './expositions-of.ts'
import { sendExposition } from './send-exposition.ts'
import { type HostCheck, hostCheck } from './serving/hosts.ts'
import { logOf } from './serving/log.ts'
import { oneWorkerOf } from './serving/one-worker.ts'
import { warmUpIn } from './warm-up.ts'

export interface HandlerOptions {
  /** An extra check for `/healthz`: true means alive; false, or a sentence with the reason, is answered with 503. */
  readonly live?: () => boolean | string
  /** The check for `/readyz` once the bot has warmed up and every metric that must be set has been: true means ready; false, or a sentence with the reason, is answered with 503. */
  readonly ready?: () => boolean | string
  /** Credentials for reading; default none. `/healthz` and `/readyz` stay open for whatever restarts the bot. */
  readonly auth?: Auth
  /**
   * Further names under which `/metrics` may be requested, such as `bot.example.org`. Allowed without it: IP addresses, `localhost`,
   * the bot's names in the generated stack, this machine's name, and beyond loopback any name without a dot. Others are answered
   * with 421, since a web page can point a name of its own at this machine. `/healthz` and `/readyz` stay open.
   */
  readonly hosts?: readonly string[]
}

/** Answers a request and returns true; returns false without touching it if its path is not one of `paths`. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => boolean

/** The paths that the handler answers. */
export const paths = Object.freeze(['/metrics', '/healthz', '/readyz'] as const)

type Send = (request: IncomingMessage, response: ServerResponse) => void

/** Serves metrics, liveness and readiness from a server that the bot already has; in a cluster, one worker answers for all. */
export function requestHandler(metrics: object, options: HandlerOptions = {}): RequestHandler {
  const log = logOf(metrics)
  const hosts = hostCheck(options.hosts, log)
  const whole = handlerWith(metrics, options, hosts)
  return handlerWith(metrics, options, hosts, oneWorkerOf(whole, senderOf(metrics), log))
}

/** A request handler with the check of its server; `send` answers `/metrics` after all checks. */
export function handlerWith(
  metrics: object,
  options: HandlerOptions,
  hosts: HostCheck,
  send: Send = senderOf(metrics),
): RequestHandler {
  const door = gate(options.auth)
  const { ready = () => true, live = () => true } = options
  return (request, response) => {
    const path = paths.find((known) => known === pathOf(request))
    if (path === undefined) return false
    // A client that hangs up is not an error of the bot.
    response.on('error', () => {})
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      answer(response, 405, `${request.method} is not supported here, only GET and HEAD\n`, {
        Allow: 'GET, HEAD',
        // The request body is not read.
        Connection: 'close',
      })
      return true
    }
    if (hasBody(request)) {
      answer(response, 413, 'a request for metrics must not have a body\n', { Connection: 'close' })
      return true
    }
    if (path === '/metrics' && !hosts.allows(request)) {
      hosts.refuse(request, response)
      return true
    }
    if (path === '/metrics' && !door.isOpenTo(request)) {
      refuse(response, door)
      return true
    }
    switch (path) {
      case '/metrics':
        send(request, response)
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

/** Sends a short plain-text answer; Node omits the body for HEAD. */
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

/** The path without the query, as sent: none of the known paths needs decoding. */
const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?', 1)[0] as string

/** What the contract is still waiting for: the end of the warm-up, or which metrics; null if nothing. */
function contractOf(metrics: object): string | null {
  const phase = warmUpIn(metrics)?.phase()
  if (phase === 'warming up') return 'not ready: warming up'
  if (phase === 'overdue') return 'not ready: still warming up, for longer than its limit'
  const unset = unsetIn(metrics)
  return unset.length === 0 ? null : `not ready: metrics not set yet: ${unset.join(', ')}`
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
    return `${no}: the check threw an error`
  }
}

function senderOf(metrics: object): Send {
  const expositions = expositionsIn(metrics)
  return (request, response) => void answerPage(expositions, request, response)
}

async function answerPage(expositions: Expositions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await sendExposition(expositions, request, response)
  } catch (error) {
    if (response.headersSent || response.destroyed) response.destroy()
    else answer(response, 500, `the metrics could not be rendered; this is a bug in botwatch: ${error}\n`)
  }
}
