import cluster from 'node:cluster'
import { unlinkSync } from 'node:fs'
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { limitConnections } from './connections.ts'
import { howToFix, siblingsOf } from './siblings.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** Milliseconds without a word, as for a server that waits for its port. */
const quiet = 5000
const mostConnections = 100
/** What a response needs of the headers of another worker's; the rest belongs to its connection. */
const passedOn = [
  'content-type',
  'content-encoding',
  'content-length',
  'vary',
  'cache-control',
  'x-content-type-options',
]

/**
 * Lets one worker answer for all that share a port, on a server that the bot listens with itself: the worker that is asked
 * first. The others pass requests on to it through a local socket and take over once it has ended. `whole` answers a request
 * from that socket with all its checks, `answer` one that has passed them.
 */
export function oneWorkerOf(whole: Answer, answer: Answer, log: (message: string) => void): Answer {
  const siblings = cluster.isWorker ? siblingsOf(process.env) : null
  if (siblings === null) return answer
  const claims = new Map<number, Promise<boolean>>()
  let lostSince: number | null = null
  let logged = false

  /** Whether this worker answers for the port. */
  const claim = (port: number): Promise<boolean> => {
    const claimed =
      claims.get(port) ??
      claimSocket(socketOf(port), whole).then((isMine) => {
        if (!isMine) claims.delete(port)
        return isMine
      })
    claims.set(port, claimed)
    return claimed
  }
  const note = (port: number): void => {
    lostSince ??= performance.now()
    if (logged || performance.now() - lostSince < quiet) return
    logged = true
    log(
      `requestHandler: another process answers /metrics on port ${port}, so ${howToFix(siblings)}; ` +
        'until then it keeps running, and it answers once that process has ended',
    )
  }
  return async (request, response) => {
    const { localPort: port } = request.socket
    if (port === undefined || (await claim(port))) return answer(request, response)
    note(port)
    passOn(socketOf(port), request, response, async () => {
      if (await claim(port)) answer(request, response)
      else response.writeHead(503, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${noAnswer}\n`)
    })
  }
}

const noAnswer = 'the worker that answers for this port did not; the next request is answered by another'

/** The local socket of a port, shared by the workers of one primary; without a file where the platform can do without. */
function socketOf(port: number): string {
  const name = `botwatch-${process.ppid}-${port}`
  switch (process.platform) {
    case 'linux':
      return `\0${name}`
    case 'win32':
      return `\\\\.\\pipe\\${name}`
    default:
      return join(tmpdir(), `${name}.sock`)
  }
}

/** Resolves to whether this worker answers: it has the socket now, or the socket cannot be used at all. */
function claimSocket(path: string, whole: Answer): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer(whole)
    limitConnections(server, mostConnections)
    server.on('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'))
    server.listen({ path, exclusive: true }, () => resolve(true))
    // It must not keep a worker alive that its primary has disconnected.
    server.unref()
  })
}

/** Sends the request to the worker that has the socket and its response to the client; calls `failed` if there is none. */
function passOn(path: string, request: IncomingMessage, response: ServerResponse, failed: () => void): void {
  const { url: asked, method } = request
  // This worker has checked the name already.
  const headers = { ...request.headers, host: 'localhost' }
  const sent = ask({ socketPath: path, path: asked, method, headers, agent: false })
  sent.on('response', (received) => {
    const kept = passedOn.flatMap((name) =>
      received.headers[name] === undefined ? [] : [[name, received.headers[name]]],
    )
    response.writeHead(received.statusCode ?? 502, Object.fromEntries(kept))
    received.on('error', () => response.destroy())
    received.pipe(response)
  })
  sent.on('error', (error: NodeJS.ErrnoException) => {
    if (response.headersSent || response.destroyed) response.destroy()
    else {
      // The file of a worker that was killed; nobody listens on it.
      if (error.code === 'ECONNREFUSED' && !path.startsWith('\0')) remove(path)
      failed()
    }
  })
  response.on('close', () => sent.destroy())
  sent.end()
}

function remove(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // Another worker was faster.
  }
}
