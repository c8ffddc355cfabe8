import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { password } from '../stack/settings.ts'
import { type Compose, lastLine, runCompose, type Wrong } from './docker-compose.ts'

const port = z.object({ target: z.number(), published: z.coerce.number(), host_ip: z.string().default('127.0.0.1') })
const schema = z.object({
  name: z.string(),
  services: z.record(z.string(), z.object({ ports: z.array(port).default([]) })),
  'x-botwatch': z.object({ env: z.string(), instance: z.string(), target: z.string(), image: z.string() }),
})

/** A stack after Compose has interpolated `.env`. */
export interface StackConfig {
  readonly project: string
  /** Services whose profile is active. */
  readonly services: readonly string[]
  /** `http://host:port` of each service on this machine. */
  readonly addresses: Readonly<Record<string, string>>
  readonly env: string
  readonly instance: string
  /** Where Prometheus scrapes the bot. */
  readonly target: string
  /** The owner's image; empty if there is none. */
  readonly image: string
}

/** Reads the stack in a bot's folder as Compose understands it, or returns one sentence about what is wrong with it. */
export async function readStack(compose: Compose, folder: string): Promise<StackConfig | Wrong> {
  if (!existsSync(join(folder, 'docker-compose.yaml')))
    return { wrong: `${folder} has no docker-compose.yaml: run \`make generate\` first.` }
  const ran = await runCompose(compose, folder, ['config', '--format', 'json'])
  if (ran.code !== 0) return { wrong: problemOf(folder, ran.stderr) }
  const read = schema.safeParse(jsonOf(ran.stdout))
  if (!read.success)
    return {
      wrong: `${join(folder, 'docker-compose.yaml')} is not a stack that botwatch generated: ${read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}. Run \`make generate\`.`,
    }
  const { name, services, 'x-botwatch': chosen } = read.data
  return {
    project: name,
    services: Object.keys(services),
    addresses: Object.fromEntries(
      Object.entries(services).flatMap(
        ([
          service,
          {
            ports: [first],
          },
        ]) => (first === undefined ? [] : [[service, `http://${first.host_ip}:${first.published}`]]),
      ),
    ),
    ...chosen,
  }
}

function problemOf(folder: string, stderr: string): string {
  const env = join(folder, '.env')
  if (stderr.includes(`required variable ${password}`))
    return existsSync(env)
      ? `${env} has no ${password}, so nothing was started: add a line \`${password}=\` with a password of your choice. Existing files are never overwritten.`
      : `${env} is missing, so nothing was started: run \`make up\`, which creates it.`
  return `Docker Compose cannot read ${join(folder, 'docker-compose.yaml')} with ${env}: ${lastLine(stderr)}.`
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
