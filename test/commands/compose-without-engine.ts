import type { TestContext } from 'node:test'
import type { Compose } from '../../generators/commands/docker-compose.ts'
import { needs } from '../servers/skipped.ts'

/** The Compose installed here, with an engine that does not exist. */
export async function composeWithoutEngine(t: TestContext): Promise<Compose | null> {
  const tools = await needs(t, 'docker-compose')
  if (tools === undefined) return null
  const { path, args } = tools['docker-compose']
  // no variables of this process that would affect the stack
  const { PATH, HOME } = process.env
  return { command: path, args, env: { PATH, HOME, DOCKER_HOST: 'unix:///nonexistent/docker.sock' } }
}
