import { open } from 'node:fs/promises'
import type { Exposition, ExpositionFormat } from '../../verify/exposition.ts'
import { formatOf, readExposition } from '../../verify/read.ts'

export interface SourceOptions {
  /** The format to request from a URL; by default OpenMetrics if available, as Prometheus does. */
  readonly format?: ExpositionFormat | undefined
  /** Milliseconds that a response may take; by default 10,000, as for a scrape. */
  readonly timeout?: number
  /** The largest exposition in bytes, after decompression; by default 64 MiB. */
  readonly maxBytes?: number
  /** The Authorization header; a login in the URL takes precedence. */
  readonly authorization?: string | null
  readonly signal?: AbortSignal
}

type Wrong = { readonly wrong: string }

const accepted: Readonly<Record<ExpositionFormat, string>> = {
  openmetrics: 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5',
  text: 'text/plain;version=0.0.4',
}

/** The exposition at a URL or in a file, or one line that says why there is none. */
export async function readSource(target: string, options: SourceOptions = {}): Promise<Exposition | Wrong> {
  const got = /^https?:\/\//i.test(target) ? await fetched(target, options) : await fromFile(target, options)
  if ('wrong' in got) return { wrong: `${shownTarget(target)}: ${got.wrong}` }
  const { bytes } = got
  const text = textOf(bytes)
  if (text === null) return { wrong: `${shownTarget(target)}: ${binaryProblem(bytes)}` }
  const format = options.format === undefined || got.format !== null ? (got.format ?? formatOf(text)) : options.format
  const read = readExposition(text, format)
  if (!('wrong' in read)) return read
  const line = read.line === 0 ? '' : `${read.line}: `
  return { wrong: `${shownTarget(target)}:${line === '' ? ' ' : line}${read.wrong}${hint(target, read.wrong)}` }
}

/** A target as it is printed: without a password. */
export function shownTarget(target: string): string {
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return target
  const url = new URL(target)
  url.username = ''
  url.password = ''
  return url.href
}

interface Got {
  readonly bytes: Buffer
  /** The format in its Content-Type; null if it has none. */
  readonly format: ExpositionFormat | null
}

async function fetched(target: string, options: SourceOptions): Promise<Got | Wrong> {
  if (!URL.canParse(target)) return { wrong: 'not a valid URL, expected one such as http://127.0.0.1:8000/metrics' }
  const { timeout = 10_000, maxBytes = 64 * 2 ** 20, format = 'openmetrics', signal } = options
  const url = new URL(target)
  const headers: Record<string, string> = { Accept: accepted[format] }
  if (options.authorization != null) headers['Authorization'] = options.authorization
  if (url.username !== '' || url.password !== '') {
    const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
    headers['Authorization'] = `Basic ${Buffer.from(login).toString('base64')}`
    url.username = ''
    url.password = ''
  }
  // Node 20 may garbage-collect a signal passed to AbortSignal.any(), and then it never fires.
  const stop = new AbortController()
  const end = () => stop.abort()
  let late = false
  const timer = setTimeout(() => {
    late = true
    end()
  }, timeout)
  signal?.addEventListener('abort', end, { once: true })
  try {
    const answer = await fetch(url, { headers, signal: stop.signal })
    if (!answer.ok) {
      await answer.body?.cancel()
      return { wrong: `it returned ${answer.status} ${answer.statusText}${statusHint(answer.status)}`.trimEnd() }
    }
    const type = answer.headers.get('content-type') ?? ''
    const bytes = await allOf(answer.body ?? [], maxBytes)
    if (bytes === null) return { wrong: tooLong(maxBytes) }
    if (/^application\/vnd\.google\.protobuf/.test(type))
      return { wrong: 'it responded with protobuf although text was requested: verify reads only the two text formats' }
    if (/^text\/html/.test(type)) return { wrong: `it is an HTML page, not metrics${hint(target, 'HTML')}` }
    return { bytes, format: formatOfType(type) }
  } catch (error) {
    return { wrong: networkProblem(error as Error, url, late ? timeout : null) }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', end)
  }
}

function formatOfType(type: string): ExpositionFormat | null {
  if (/^application\/openmetrics-text\b/.test(type)) return 'openmetrics'
  return /^text\/plain\b.*version=/.test(type) ? 'text' : null
}

async function fromFile(path: string, { maxBytes = 64 * 2 ** 20 }: SourceOptions): Promise<Got | Wrong> {
  let file: Awaited<ReturnType<typeof open>> | null = null
  try {
    file = await open(path, 'r')
    if ((await file.stat()).isDirectory()) return { wrong: 'it is a folder, expected a file or a URL' }
    const bytes = await allOf(file.createReadStream({ autoClose: false }), maxBytes)
    return bytes === null ? { wrong: tooLong(maxBytes) } : { bytes, format: null }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT') return { wrong: code === 'EACCES' ? 'permission denied' : message }
    return {
      wrong: /^[\w.-]+:\d+(\/|$)/.test(path)
        ? `no such file; if it is an address, use http://${path}${path.includes('/') ? '' : '/metrics'}`
        : 'no such file, expected one with an exposition or a URL such as http://127.0.0.1:8000/metrics',
    }
  } finally {
    await file?.close()
  }
}

/** All bytes of a stream; null if they exceed the limit, and then the rest is not read. */
async function allOf(stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, most: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream) {
    length += chunk.length
    if (length > most) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const tooLong = (most: number) =>
  `it is larger than ${most / 2 ** 20} MiB, too large for a bot's metrics: nothing was compared`

function textOf(bytes: Buffer): string | null {
  if (bytes.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

const binaryProblem = (bytes: Buffer): string =>
  bytes[0] === 0x1f && bytes[1] === 0x8b
    ? 'it is compressed with gzip: decompress it first'
    : 'it is binary, not text: an exposition is UTF-8'

function hint(target: string, wrong: string): string {
  if (!/HTML/.test(wrong) || !URL.canParse(target) || new URL(target).pathname !== '/') return ''
  return `; add the path, such as ${new URL('/metrics', shownTarget(target)).href}`
}

function statusHint(status: number): string {
  if (status === 404) return ': add the path of the metrics, such as /metrics'
  return status === 401 || status === 403
    ? ': authentication required; pass --token-file FILE or --login-file FILE'
    : ''
}

function networkProblem(error: Error, url: URL, timedOut: number | null): string {
  if (timedOut !== null) return `no complete response within ${timedOut / 1000} s`
  const cause = error.cause as { readonly code?: string; readonly message?: string } | undefined
  switch (cause?.code) {
    case 'ECONNREFUSED':
      return `nothing listens at ${url.host}: is the bot running?`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `unknown host ${url.hostname}`
    case 'UND_ERR_SOCKET':
    case 'ECONNRESET':
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return 'the connection was closed before the response was complete'
    default:
      return [error.message, cause?.message ?? ''].filter((text) => text !== '').join(': ')
  }
}
