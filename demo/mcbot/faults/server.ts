import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen } from '../listen.ts'
import { type FaultName, faultNames, faults, isFaultName } from './list.ts'
import type { Switches } from './switches.ts'

export interface FaultsServer {
  /** With the path, such as `http://127.0.0.1:9200/faults`. */
  readonly url: string
  readonly port: number
  readonly close: () => Promise<void>
}

/** What a request to turn a fault asks for; `seconds` is for faults that end by themselves. */
export interface Turn {
  readonly name: FaultName
  readonly on: boolean
  readonly seconds: number | null
}

const longestBody = 4096
const longestTurn = 3600

/** Lets faults be listed and turned over HTTP, from this machine only; `turned` does it, after the answer is sent. */
export async function serveFaults(
  switches: Switches,
  options: { readonly port: number; readonly turned: (turn: Turn) => void },
): Promise<FaultsServer> {
  const server = createServer((request, response) => {
    response.on('error', () => {})
    void answer(request, switches)
      .catch((error: unknown) => refused(500, `this is a bug in botwatch: ${error}`))
      .then(({ status, body, turn }) => send(response, status, body, () => turn && options.turned(turn)))
  })
  const { port, close } = await listen(server, 'FAULTS_PORT', options.port, '127.0.0.1')
  return Object.freeze({ url: `http://127.0.0.1:${port}/faults`, port, close })
}

interface Answer {
  readonly status: number
  readonly body: unknown
  readonly turn?: Turn
}

const refused = (status: number, error: string): Answer => ({ status, body: { error } })

async function answer(request: IncomingMessage, switches: Switches): Promise<Answer> {
  // A page in a browser of this machine reaches loopback too: it sends an Origin, or a Host name of its own.
  if (request.headers.origin !== undefined || !/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? ''))
    return refused(403, 'faults are turned from this machine only, and by no web page')
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const [root, name, ...rest] = url.pathname.split('/').filter((part) => part !== '')
  if (root !== 'faults' || rest.length > 0) return refused(404, `not found: ${url.pathname}; there is /faults`)
  if (name === undefined) {
    if (request.method !== 'GET') return refused(405, `${request.method} /faults: expected GET, or POST /faults/<name>`)
    return { status: 200, body: faultNames.map((each) => shown(each, switches.isOn(each))) }
  }
  if (!isFaultName(name)) return refused(404, `there is no fault '${name}'; there are ${faultNames.join(', ')}`)
  if (request.method === 'GET') return { status: 200, body: shown(name, switches.isOn(name)) }
  if (request.method !== 'POST') return refused(405, `${request.method} /faults/${name}: expected GET or POST`)
  const asked = wish(url.searchParams, await text(request))
  if (typeof asked === 'string') return refused(400, `/faults/${name}: ${asked}`)
  const turn = { name, ...asked }
  return { status: 200, body: shown(name, turn.on), turn }
}

const shown = (name: FaultName, on: boolean) => ({ name, on, ...faults[name] })

/** `?on`, `?off` or `{"on": true}`, with `seconds` beside it; a sentence where it is none of them. */
function wish(query: URLSearchParams, body: string): Omit<Turn, 'name'> | string {
  const expected = `expected ?on or ?off, or a body such as {"on":true}`
  const given: Record<string, unknown> = {}
  if (query.has('on')) given['on'] = query.get('on') !== 'false'
  if (query.has('off')) given['on'] = false
  if (query.has('seconds')) given['seconds'] = Number(query.get('seconds'))
  if (body.trim() !== '') {
    try {
      Object.assign(given, JSON.parse(body))
    } catch {
      return `the body is no JSON; ${expected}`
    }
  }
  const { on, seconds = null } = given
  if (typeof on !== 'boolean') return expected
  if (seconds === null) return { on, seconds }
  if (typeof seconds !== 'number' || !(seconds > 0 && seconds <= longestTurn))
    return `seconds is ${JSON.stringify(seconds)}, expected a number above 0 and at most ${longestTurn}`
  return { on, seconds }
}

async function text(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk
    if (body.length > longestBody) break
  }
  return body.slice(0, longestBody)
}

function send(response: ServerResponse, status: number, body: unknown, sent: () => void): void {
  response.once('finish', sent)
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(`${JSON.stringify(body, null, 2)}\n`)
}
