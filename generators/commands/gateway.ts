import { networkInterfaces } from 'node:os'
import { type Compose, call } from './docker-compose.ts'

/** What this machine is called in Prometheus' container. */
export const hostName = 'host.docker.internal'

/** This machine as a container sees it. */
interface HostSeen {
  /** Null where the engine tells no address at all. */
  readonly address: string | null
  /** Whether the engine put that address behind the name; some put none there. */
  readonly isKnown: boolean
  /** Whether it is an address of this machine; if not, it is one of the engine's own. */
  readonly isOwn: boolean
}

/** Looks into a running container for the address of this machine. */
export async function hostSeenFrom(compose: Compose, folder: string, service: string): Promise<HostSeen> {
  const { stdout } = await call(compose, folder, ['exec', '-T', service, 'cat', '/etc/hosts'])
  const named = addressOf(stdout, hostName)
  const address = named ?? addressOf(stdout, 'host.containers.internal')
  const isOwn = Object.values(networkInterfaces()).some((all) => all?.some((one) => one.address === address))
  return { address, isKnown: named !== null, isOwn }
}

/** The address of a name in the text of /etc/hosts; null where there is none, or what stands there is no address. */
function addressOf(hosts: string, name: string): string | null {
  for (const line of hosts.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (names.includes(name) && /^[\d.]+$|:/.test(address)) return address
  }
  return null
}
