import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen } from '../listen.ts'
import { type Faults, namesOfFaults } from './fault.ts'
import type { Switches } from './switches.ts'

export interface FaultsServer {
  /** Including the path, such as `http://127.0.0.1:9200/faults`. */
  readonly url: string
  readonly port: number
  readonly close: () => Promise<void>
}

/** A request to switch a fault; `seconds` ends the fault after that time. */
export interface Turn<N extends string> {
  readonly name: N
  readonly on: boolean
  readonly seconds: number | null
}

const longestBody = 4096
const longestTurn = 3600

/** Lists and switches faults over HTTP, from this machine only; `turned` is called once the response has been sent. */
export async function serveFaults<N extends string>(
  faults: Faults<N>,
  switches: Switches<N>,
  options: { readonly port: number; readonly turned: (turn: Turn<N>) => void },
): Promise<FaultsServer> {
  const server = createServer((request, response) => {
    response.on('error', () => {})
    void answer(request, faults, switches)
      .catch((error: unknown): Answer<N> => refused(500, `this is a bug in botwatch: ${error}`))
      .then(({ status, body, turn }) => send(response, status, body, () => turn && options.turned(turn)))
  })
  const { port, close } = await listen(server, 'FAULTS_PORT', options.port, '127.0.0.1')
  return Object.freeze({ url: `http://127.0.0.1:${port}/faults`, port, close })
}

interface Answer<N extends string> {
  readonly status: number
  readonly body: unknown
  readonly turn?: Turn<N>
}

const refused = (status: number, error: string): Answer<never> => ({ status, body: { error } })

async function answer<N extends string>(
  request: IncomingMessage,
  faults: Faults<N>,
  switches: Switches<N>,
): Promise<Answer<N>> {
  const names = namesOfFaults(faults)
  const shown = (name: N, on: boolean) => ({ name, on, ...faults[name] })
  const known = (name: string): name is N => Object.hasOwn(faults, name)
  // A web page in a local browser reaches loopback too, but sends an Origin or a different Host.
  if (request.headers.origin !== undefined || !/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? ''))
    return refused(403, 'faults can be switched only from this machine, and not by a web page')
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const [root, name, ...rest] = url.pathname.split('/').filter((part) => part !== '')
  if (root !== 'faults' || rest.length > 0) return refused(404, `not found: ${url.pathname}; available: /faults`)
  if (name === undefined) {
    if (request.method !== 'GET') return refused(405, `${request.method} /faults: expected GET, or POST /faults/<name>`)
    return { status: 200, body: names.map((each) => shown(each, switches.isOn(each))) }
  }
  if (!known(name)) return refused(404, `unknown fault '${name}'; available: ${names.join(', ')}`)
  if (request.method === 'GET') return { status: 200, body: shown(name, switches.isOn(name)) }
  if (request.method !== 'POST') return refused(405, `${request.method} /faults/${name}: expected GET or POST`)
  const asked = wish(url.searchParams, await text(request))
  if (typeof asked === 'string') return refused(400, `/faults/${name}: ${asked}`)
  const turn = { name, ...asked }
  return { status: 200, body: shown(name, turn.on), turn }
}

/** Reads `?on`, `?off` or `{"on": true}`, optionally with `seconds`; returns a sentence if it is none of these. */
function wish(query: URLSearchParams, body: string): Omit<Turn<never>, 'name'> | string {
  const expected = `expected ?on or ?off, or a body such as {"on":true}`
  const given: Record<string, unknown> = {}
  if (query.has('on')) given['on'] = query.get('on') !== 'false'
  if (query.has('off')) given['on'] = false
  if (query.has('seconds')) given['seconds'] = Number(query.get('seconds'))
  if (body.trim() !== '') {
    try {
      Object.assign(given, JSON.parse(body))
    } catch {
      return `the body is not JSON; ${expected}`
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
