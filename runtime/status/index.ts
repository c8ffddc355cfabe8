import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Metric } from '../../definitions/language/metric.ts'
import { type StatusPage, statusPage } from '../../definitions/language/status.ts'
import { gate, refuse } from '../auth.ts'
import type { Registry } from '../client.ts'
import { answer, type HandlerOptions } from '../request-handler.ts'
import { hostCheck } from '../serving/hosts.ts'
import { logOf } from '../serving/log.ts'
import { policy, statusHtml } from './html.ts'
import { createReader, type StatusNow } from './read.ts'
import { usualCards } from './usual-cards.ts'

export type { CardNow, StatusNow } from './read.ts'

export interface Status {
  /** Answers `/` and `/api/metrics` and ignores every other path: `serve(metrics, { also: [status.handle] })`. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => boolean
  /** The response of `/api/metrics`. */
  readonly now: () => Promise<StatusNow>
  readonly end: () => void
}

/** The default status page for a bot without one, with cards derived from its catalogue. */
export const usualPage = (title: string, catalogue: object): StatusPage =>
  statusPage(title, usualCards(Object.values(catalogue) as readonly Metric[]))

/** Creates a status page from the same registry as `/metrics`, with the cards of the bot's definition. */
export function createStatus(
  metrics: { readonly registry: Registry },
  page: StatusPage,
  options: Pick<HandlerOptions, 'auth' | 'hosts'> = {},
): Status {
  const reader = createReader(metrics.registry, page)
  const door = gate(options.auth)
  const hosts = hostCheck(options.hosts, logOf(metrics))
  // Concurrent requests share one reading.
  let asked: Promise<StatusNow> | null = null
  const now = () => {
    asked ??= reader.now().finally(() => {
      asked = null
    })
    return asked
  }
  return Object.freeze({
    handle(request: IncomingMessage, response: ServerResponse) {
      const path = (request.url ?? '').split('?', 1)[0]
      if (path !== '/' && path !== '/api/metrics') return false
      response.on('error', () => {})
      if (request.method !== 'GET' && request.method !== 'HEAD')
        answer(response, 405, `${request.method} is not supported here, only GET and HEAD\n`, {
          Allow: 'GET, HEAD',
          Connection: 'close',
        })
      else if (!hosts.allows(request)) hosts.refuse(request, response)
      else if (!door.isOpenTo(request)) refuse(response, door)
      else void send(response, path, now)
      return true
    },
    now,
    end: reader.end,
  })
}

async function send(
  response: ServerResponse,
  path: '/' | '/api/metrics',
  now: () => Promise<StatusNow>,
): Promise<void> {
  try {
    const status = await now()
    if (path === '/')
      answer(response, 200, statusHtml(status), { 'Content-Type': html, 'Content-Security-Policy': policy })
    else answer(response, 200, `${JSON.stringify(status)}\n`, { 'Content-Type': 'application/json; charset=utf-8' })
  } catch (error) {
    answer(response, 500, `the page could not be rendered; this is a bug in botwatch: ${error}\n`)
  }
}

const html = 'text/html; charset=utf-8'
