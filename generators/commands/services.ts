import { z } from 'zod'
import { type Compose, lastLine, runCompose, type Wrong } from './docker-compose.ts'

/** A container of the stack. */
interface Container {
  readonly id: string
  readonly service: string
  /** As Docker names it: created, running, restarting, exited, dead, paused. */
  readonly state: string
  /** `healthy`, `unhealthy` or `starting`; empty without a health check. */
  readonly health: string
  readonly exitCode: number
}

const shape = z.object({
  ID: z.string().default(''),
  Service: z.string(),
  State: z.string().default(''),
  Health: z.string().default(''),
  ExitCode: z.number().default(0),
})

/** The containers of the stack in a folder, those that do not run included. */
export async function containersOf(compose: Compose, folder: string): Promise<readonly Container[] | Wrong> {
  const ran = await runCompose(compose, folder, ['ps', '--all', '--format', 'json'])
  if (ran.code !== 0) return { wrong: `Docker Compose cannot list the containers: ${lastLine(ran.stderr)}.` }
  const read = z.array(shape).safeParse(listOf(ran.stdout))
  if (!read.success)
    return { wrong: 'Docker Compose lists the containers in an unknown form: install a current version.' }
  return read.data.map((one) => ({
    id: one.ID,
    service: one.Service,
    state: one.State,
    health: one.Health,
    exitCode: one.ExitCode,
  }))
}

/** One object per line, or one list in older versions. */
function listOf(text: string): unknown {
  try {
    return text.trim().startsWith('[')
      ? JSON.parse(text)
      : text
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => JSON.parse(line))
  } catch {
    return null
  }
}

/** A service that does not run as it should. */
export interface FailedService {
  readonly service: string
  readonly why: string
}

/** Whether a container's process has ended; those of a stack never end by intent. */
const hasEnded = ({ state }: Container) => state === 'restarting' || state === 'exited' || state === 'dead'
const isReady = ({ state, health }: Container) => state === 'running' && (health === '' || health === 'healthy')

/** Follows containers from one look to the next, because a container that keeps exiting runs in between. */
export function followServices(services: readonly string[]) {
  const ended = new Map<string, number>()
  return {
    /** The first service that cannot run; `known` are containers that may still be replaced. */
    failed(
      containers: readonly Container[],
      known: ReadonlySet<string>,
      isUnhealthyFinal: boolean,
    ): FailedService | null {
      for (const one of containers.filter(({ service, id }) => services.includes(service) && !known.has(id))) {
        const count = (ended.get(one.id) ?? 0) + (hasEnded(one) ? 1 : 0)
        ended.set(one.id, count)
        if (count >= endings) return { service: one.service, why: endedText(one) }
        if (one.health === 'unhealthy' && isUnhealthyFinal)
          return { service: one.service, why: 'runs, but its health check fails' }
      }
      return null
    },
    /** The services that are not ready, with what they do instead. */
    waiting(containers: readonly Container[]): readonly FailedService[] {
      return services.flatMap((service) => {
        const own = containers.filter((one) => one.service === service)
        if (own.length > 0 && own.every(isReady)) return []
        const [first] = own.filter((one) => !isReady(one))
        return [{ service, why: first === undefined ? 'has no container' : waitingText(first) }]
      })
    },
  }
}

/** A container that is seen this often without its process has failed more than once. */
const endings = 3

const endedText = ({ exitCode }: Container) => `keeps exiting (exit code ${exitCode})`
const waitingText = (one: Container) =>
  hasEnded(one) ? endedText(one) : one.health === '' ? `is ${one.state}` : `is ${one.state} but ${one.health}`

/** A problem with the service's last lines below it. */
export async function withLogs(compose: Compose, folder: string, service: string, problem: string): Promise<string> {
  const { stdout, stderr } = await runCompose(compose, folder, [
    'logs',
    '--no-color',
    '--no-log-prefix',
    '--tail',
    '10',
    service,
  ])
  const lines = `${stdout}${stderr}`.split('\n').filter((line) => line.trim() !== '')
  return lines.length === 0
    ? `${problem} It has logged nothing (\`docker compose logs ${service}\` in ${folder}).`
    : `${problem} Its last lines (\`docker compose logs ${service}\` in ${folder}):\n${lines.map((line) => `  | ${line}`).join('\n')}`
}
