import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { constants, brotliCompress as withBrotli, gzip as withGzip } from 'node:zlib'
import type { PageFile } from './page-files.ts'

const brotli = promisify(withBrotli)
const gzip = promisify(withGzip)

/** What the page may load and do: its own files, requests to its own server, and nothing that it could be tricked into. */
const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Below this many bytes compression saves nothing: an answer is one packet anyway. */
const worthwhile = 1400

/** The encoding to answer with: the best of those that the browser accepts. */
export function encodingFor(request: IncomingMessage): 'br' | 'gzip' | null {
  const accepted = `${request.headers['accept-encoding'] ?? ''}`.split(',').map((one) => one.trim().split(';')[0])
  return accepted.includes('br') ? 'br' : accepted.includes('gzip') ? 'gzip' : null
}

export const sendText = (response: ServerResponse, status: number, sentence: string): void =>
  send(response, status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }, `${sentence}\n`)

/** Answers with JSON, which is never kept: it is the state of now. */
export async function sendJson(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  json: string,
): Promise<void> {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store', vary: 'accept-encoding' }
  const encoding = Buffer.byteLength(json) < worthwhile ? null : encodingFor(request)
  if (encoding === null) return send(response, status, headers, json)
  // Levels that cost a few milliseconds for a megabyte.
  const body =
    encoding === 'br'
      ? await brotli(json, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
      : await gzip(json, { level: 4 })
  send(response, status, { ...headers, 'content-encoding': encoding }, body)
}

/** Answers with a file of the page: kept forever if its name has its hash, otherwise until it changes. */
export function sendFile(request: IncomingMessage, response: ServerResponse, status: 200 | 404, file: PageFile): void {
  const headers = {
    'content-type': file.type,
    'cache-control': file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: file.tag,
    vary: 'accept-encoding',
    ...(file.encoding === null ? {} : { 'content-encoding': file.encoding }),
  }
  if (status === 200 && request.headers['if-none-match'] === file.tag) send(response, 304, headers, '')
  else send(response, status, headers, file.body)
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): void {
  response.writeHead(status, {
    ...headers,
    'x-content-type-options': 'nosniff',
    'content-security-policy': policy,
    // For browsers that send no Sec-Fetch-Site: a page of another site cannot include an answer.
    'cross-origin-resource-policy': 'same-origin',
    // A page that a link opens cannot change this one.
    'cross-origin-opener-policy': 'same-origin',
  })
  response.end(body)
}
