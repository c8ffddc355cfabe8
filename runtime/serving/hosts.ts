import type { IncomingMessage, ServerResponse } from 'node:http'
import { isIP, isIPv4, isIPv6 } from 'node:net'
import { hostname } from 'node:os'
import { display } from '../display.ts'

export interface HostCheck {
  /** Whether the request may be answered, by the name under which it was sent. */
  readonly allows: (request: IncomingMessage) => boolean
  /** Answers a request that may not, with a sentence that says what to set. */
  readonly refuse: (request: IncomingMessage, response: ServerResponse) => void
}

/** The bot's names in the generated stack, and this machine's names inside a container. */
const stackNames = ['bot', 'paper-bot', 'host.docker.internal', 'host.containers.internal']

/** Domains that no one can register: only the resolver of the local network answers for them. */
const privateSuffix = /\.(?:local|internal|lan|home\.arpa)$/

/** How many refused names are logged, each once. */
const mostLogged = 5

/** Requests that the check of a server has allowed, so that its handlers do not refuse a name that only the server knows. */
const allowed = new WeakSet<IncomingMessage>()

/**
 * Checks the Host header, so that no web page can read the bot through a name of its own that it has pointed at this machine
 * (DNS rebinding). An address cannot be rebound, nor can a name that no one can register.
 */
export function hostCheck(
  hosts: readonly string[] = [],
  log: (message: string) => void,
  listensOn?: string,
): HostCheck {
  const names = new Set([...stackNames, hostname().toLowerCase(), ...hosts.map(nameIn)])
  const bound = nameOf(listensOn ?? '')
  if (bound !== null) names.add(bound)
  const logged = new Set<string>()
  return {
    allows(request) {
      const { host } = request.headers
      // Only HTTP/1.0 may omit it, which no browser sends.
      const isAllowed = host === undefined || allowed.has(request) || isNamed(host, request.socket.localAddress, names)
      if (isAllowed) allowed.add(request)
      return isAllowed
    },
    refuse(request, response) {
      const { host = '' } = request.headers
      const text = whyRefused(host)
      if (!logged.has(host) && logged.size < mostLogged) {
        logged.add(host)
        log(text)
      }
      response.writeHead(421, {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Length': Buffer.byteLength(text) + 1,
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      })
      response.end(`${text}\n`)
    },
  }
}

function isNamed(host: string, localAddress: string | undefined, names: ReadonlySet<string>): boolean {
  const name = nameOf(host)
  if (name === null) return false
  if (isIP(name) !== 0 || names.has(name) || name === 'localhost' || name.endsWith('.localhost')) return true
  // The name of a container or of a machine in the local network; connections from there never arrive over loopback.
  return !isLoopback(localAddress) && (!name.includes('.') || privateSuffix.test(name))
}

/** The name or address in a Host header, in lower case, without brackets, port and final dot; null if it is not one. */
function nameOf(host: string): string | null {
  const [, address, name] = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::\d{1,5})?$/i.exec(host) ?? []
  if (address !== undefined) return isIPv6(address) ? address.toLowerCase() : null
  return name?.toLowerCase().replace(/\.$/, '') || null
}

function nameIn(host: string): string {
  const name = typeof host === 'string' ? nameOf(host) : null
  if (name === null) throw new TypeError(`hosts: ${display(host)}, expected a name such as bot.example.org`)
  return name
}

const isLoopback = (address: string | undefined): boolean => {
  if (address === undefined) return true
  const plain = address.replace(/^::ffff:/i, '')
  return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'))
}

function whyRefused(host: string): string {
  const name = nameOf(host)
  const add = name === null ? '' : `; if the name is yours, add it to the option hosts: ${display(name)}`
  return (
    `refused a request for ${display(host)}: a web page could have pointed this name at your machine to read the bot (DNS rebinding). ` +
    `Expected an IP address, localhost, bot, host.docker.internal or ${display(hostname())}${add}`
  )
}
