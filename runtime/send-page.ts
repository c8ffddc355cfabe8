import type { IncomingMessage, ServerResponse } from 'node:http'
import { acceptsGzip, formatFor } from './accept.ts'
import { contentTypes } from './format.ts'
import type { Take } from './hand-out.ts'
import type { Pages } from './pages.ts'

/**
 * Sends a page while it is written, in HTTP's chunks, whose end is marked: a page that breaks off is never taken for a whole one.
 * A page of one piece, as most are, is sent with its length.
 */
export async function sendPage(pages: Pages, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const format = formatFor(request.headers.accept)
  const compressed = acceptsGzip(request.headers['accept-encoding'])
  const head = {
    'Content-Type': contentTypes[format],
    ...(compressed ? { 'Content-Encoding': 'gzip' } : {}),
    Vary: 'Accept, Accept-Encoding',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  }
  // HTTP/1.0 has no chunks, only a length.
  const mostHeld = request.httpVersion === '1.0' ? Number.POSITIVE_INFINITY : 1
  const held: Buffer[] = []
  const begin = (length: Readonly<Record<string, number>>): void => {
    response.writeHead(200, { ...head, ...length })
    for (const piece of held) response.write(piece)
  }
  const take: Take = (piece) => {
    if (held.length < mostHeld) {
      held.push(Buffer.from(piece))
      return undefined
    }
    if (!response.headersSent) begin({})
    return new Promise((resolve) => {
      response.write(piece, () => resolve())
    })
  }
  await pages(format, take, compressed)
  if (!response.headersSent) begin({ 'Content-Length': held.reduce((sum, piece) => sum + piece.length, 0) })
  // Node takes what is ended for idle, also while its last bytes wait: close() would cut them off.
  await new Promise<void>((resolve) => {
    response.write('', () => resolve())
  })
  response.end()
}
