import { createHash } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import type { Machine } from './machine.ts'

/** What a download must match: its SHA-256, its size if known, and the source of both for the message. */
export type ExpectedFile = Readonly<{ sha256: string; size?: number; saidBy: string }>

const stalledAfter = 30_000

/**
 * Downloads a file and verifies it; on any failure the file is removed and the error says what was expected. `started` is called
 * when the server starts sending, with the number of bytes (0 if unknown).
 */
export async function download(
  machine: Machine,
  url: string,
  file: string,
  expected: ExpectedFile,
  started: (size: number) => void = () => {},
): Promise<void> {
  const hash = createHash('sha256')
  const handle = await open(file, 'wx')
  try {
    let size = 0
    for await (const chunk of read(machine, url, started)) {
      hash.update(chunk)
      size += chunk.length
      await handle.write(chunk)
    }
    check(url, hash.digest('hex'), size, expected)
  } catch (error) {
    await rm(file, { force: true })
    throw error
  } finally {
    await handle.close()
  }
}

/** Downloads into memory; with `expected`, verifies the bytes first. */
export async function downloadBytes(machine: Machine, url: string, expected?: ExpectedFile): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of read(machine, url)) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  if (expected) check(url, createHash('sha256').update(bytes).digest('hex'), bytes.length, expected)
  return bytes
}

function check(url: string, sha256: string, size: number, expected: ExpectedFile): void {
  if (expected.size !== undefined && size !== expected.size) {
    throw new Error(`${url}: got ${size} bytes, expected ${expected.size} (${expected.saidBy}); discarded, try again`)
  }
  if (sha256 !== expected.sha256) {
    throw new Error(
      `${url}: its SHA-256 is ${sha256}, expected ${expected.sha256} (${expected.saidBy}); discarded: the file was changed in transit or at its source`,
    )
  }
}

async function* read(
  machine: Machine,
  url: string,
  started: (size: number) => void = () => {},
): AsyncGenerator<Uint8Array> {
  const { origin } = new URL(url)
  const known = machine.unreachable.get(origin)
  if (known) throw new Error(known)
  const control = new AbortController()
  let timer = setTimeout(
    () => control.abort(new Error(`no response within ${machine.connectTimeout} ms`)),
    machine.connectTimeout,
  )
  let response: Response
  try {
    response = await fetch(url, { signal: control.signal })
  } catch (error) {
    clearTimeout(timer)
    const failure = `${origin} cannot be reached (${reason(error)})${proxyHint()}`
    machine.unreachable.set(origin, failure)
    throw new Error(failure, { cause: error })
  }
  clearTimeout(timer)
  if (!response.ok || !response.body) {
    control.abort()
    throw new Error(`${url}: the server answered ${response.status} ${response.statusText}`.trimEnd())
  }
  started(Number(response.headers.get('content-length') ?? 0))
  let size = 0
  try {
    const watch = () => setTimeout(() => control.abort(new Error(`no data for ${stalledAfter} ms`)), stalledAfter)
    timer = watch()
    for await (const chunk of response.body) {
      clearTimeout(timer)
      size += chunk.length
      yield chunk
      timer = watch()
    }
  } catch (error) {
    throw new Error(`${url}: the download failed after ${size} bytes (${reason(error)}); discarded, try again`, {
      cause: error,
    })
  } finally {
    clearTimeout(timer)
    control.abort()
  }
}

function reason(error: unknown): string {
  // fetch only says "fetch failed" or "terminated"; the cause has the reason
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(inner instanceof Error)) return String(inner)
  return inner.message || ('code' in inner ? String(inner.code) : inner.name)
}

function proxyHint(): string {
  const named = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'].find((name) => process.env[name])
  if (!named || process.env['NODE_USE_ENV_PROXY'] === '1') return ''
  return `; ${named} is set, but Node uses it only with NODE_USE_ENV_PROXY=1 (Node 22.21, 24.5 or newer)`
}
