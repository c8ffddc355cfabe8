/** What is wrong with `host:port` as an address at which Prometheus, in its container, reaches a bot; null if nothing is. `port` is for the example. */
export function addressProblem(address: string, port: number): string | null {
  const example = `host.docker.internal:${port}`
  const [, host = '', digits = ''] = /^(\[[\da-f:.]+\]|[^\s:/@?#[\]\\%]+):(\d+)$/i.exec(address) ?? []
  if (host === '') return `expected host:port, such as ${example}`
  const number = Number(digits)
  if (number < 1 || number > 65_535) return `expected a port from 1 to 65535, such as ${example}`
  const kind = kindOf(host)
  switch (kind) {
    case 'invalid':
      return `expected the name or the IP address of a host, such as ${example}`
    case 'loopback':
      return `which inside Prometheus' container is the container itself; for a process on this machine use host.docker.internal:${number}`
    case 'any':
      return `which is where a server listens on all addresses, not an address to reach it at; for a process on this machine use host.docker.internal:${number}`
    case 'many':
      return `which is not the address of one host; expected host:port, such as ${example}`
    case 'host':
      return null
  }
}

/** Whether a text is an IP address. */
export const isIpAddress = (text: string): boolean =>
  text.includes(':')
    ? /^[\da-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]`)
    : /^\d+\.\d+\.\d+\.\d+$/.test(text) && URL.canParse(`http://${text}`)

type HostKind = 'host' | 'loopback' | 'any' | 'many' | 'invalid'

function kindOf(host: string): HostKind {
  // The parser knows every way to write an address: 127.1, 0x7f000001, 0.
  const url = `http://${host}`
  if (!URL.canParse(url)) return 'invalid'
  const { hostname } = new URL(url)
  if (hostname.startsWith('[')) return kindOfIpv6(hostname.slice(1, -1))
  const octets = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(hostname)?.slice(1).map(Number)
  if (octets !== undefined) return kindOfIpv4(octets)
  if (hostname !== host.toLowerCase() || hostname.length > 253) return 'invalid'
  if (/^(.+\.)?localhost\.?$/.test(hostname)) return 'loopback'
  return hostname.replace(/\.$/, '').split('.').every(isHostLabel) ? 'host' : 'invalid'
}

// Compose allows `_` in the names of containers
const isHostLabel = (label: string) => /^[a-z\d_]([a-z\d_-]{0,61}[a-z\d_])?$/.test(label)

function kindOfIpv4([first = 0, , , last = 0]: readonly number[]): HostKind {
  if (first === 0) return 'any'
  if (first === 127) return 'loopback'
  return (first >= 224 && first < 240) || (first === 255 && last === 255) ? 'many' : 'host'
}

function kindOfIpv6(address: string): HostKind {
  if (address === '::') return 'any'
  if (address === '::1') return 'loopback'
  if (address.startsWith('ff')) return 'many'
  const [, high, low] = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(address) ?? []
  if (high === undefined || low === undefined) return 'host'
  const [upper, lower] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return kindOfIpv4([upper >> 8, upper & 255, lower >> 8, lower & 255])
}
