import { networkInterfaces } from 'node:os'
import { type Compose, runCompose } from './docker-compose.ts'

/** The name of this machine inside Prometheus' container. */
export const hostName = 'host.docker.internal'

/** This machine as a container sees it. */
interface HostView {
  /** Null if the engine gives no address. */
  readonly address: string | null
  /** Whether the name resolves to that address; some engines do not set it. */
  readonly isKnown: boolean
  /** Whether it is an address of this machine; if not, it belongs to the engine's virtual machine. */
  readonly isOwn: boolean
}

/** Looks up the address of this machine in a running container. */
export async function hostViewFrom(compose: Compose, folder: string, service: string): Promise<HostView> {
  const { stdout } = await runCompose(compose, folder, ['exec', '-T', service, 'cat', '/etc/hosts'])
  const named = addressOf(stdout, hostName)
  const address = named ?? addressOf(stdout, 'host.containers.internal')
  const isOwn = Object.values(networkInterfaces()).some((all) => all?.some((one) => one.address === address))
  return { address, isKnown: named !== null, isOwn }
}

/** The address of a name in the text of /etc/hosts; null if it has none or it is not an address. */
function addressOf(hosts: string, name: string): string | null {
  for (const line of hosts.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (names.includes(name) && /^[\d.]+$|:/.test(address)) return address
  }
  return null
}
