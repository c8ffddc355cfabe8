import type { IncomingMessage, ServerResponse } from 'node:http'
import { acceptsGzip, formatFor } from './accept.ts'
import type { Expositions } from './expositions.ts'
import { contentTypes } from './format.ts'
import type { Take } from './hand-out.ts'

/**
 * Streams an exposition with chunked transfer encoding while it is written: its end is marked, so a truncated response is
 * never taken for a complete one. An exposition of one piece, the usual case, is sent with Content-Length.
 */
export async function sendExposition(
  expositions: Expositions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const format = formatFor(request.headers.accept)
  const compressed = acceptsGzip(request.headers['accept-encoding'])
  const head = {
    'Content-Type': contentTypes[format],
    ...(compressed ? { 'Content-Encoding': 'gzip' } : {}),
    Vary: 'Accept, Accept-Encoding',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  }
  // HTTP/1.0 has no chunked encoding and needs a length.
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
  await expositions(format, take, compressed)
  if (!response.headersSent) begin({ 'Content-Length': held.reduce((sum, piece) => sum + piece.length, 0) })
  // Node considers an ended response idle even while its last bytes are buffered: close() would cut them off.
  await new Promise<void>((resolve) => {
    response.write('', () => resolve())
  })
  response.end()
}
