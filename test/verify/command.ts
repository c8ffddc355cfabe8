import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url))

interface VerifyResult {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** `botwatch verify` as a process, with these arguments and this input; `signal` is sent when it first writes to stderr. */
export async function runVerify(
  args: readonly string[],
  signal?: NodeJS.Signals,
  input: string | Uint8Array = '',
): Promise<VerifyResult> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'generators/main.ts', 'verify', ...args], {
    cwd: repositoryRoot,
  })
  child.stdin.end(input)
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    if (signal !== undefined && !child.killed) child.kill(signal)
  })
  const [status] = (await once(child, 'close')) as [number | null]
  return { status, stdout, stderr }
}

/** Runs a function with the base URL of an HTTP server on a free port. */
export async function withServer<T>(listener: RequestListener, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
