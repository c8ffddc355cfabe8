import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { command } from '../command-line/command.ts'
import { envValues } from '../stack/dotenv.ts'
import { outputOptions } from './chosen-bots.ts'
import { streamCompose } from './docker-compose.ts'
import { ownCompose, readEnvFile } from './env-file.ts'
import { type BotStack, eachStack } from './stacks.ts'

/** `botwatch down`: stops the stacks; their data stays. */
export const downCommand = command({
  parameters: outputOptions,
  run: (given, streams) => eachStack(given, streams, takeDown),
})

/** Stops one stack by its project's name, so that it works whatever its files contain; returns what is wrong, one sentence each. */
export async function takeDown({ bot, folder, compose, say }: BotStack): Promise<readonly string[]> {
  const own = ownCompose(bot, compose)
  const env = await readEnvFile(join(folder, '.env'), own.env)
  const named = env === null || 'wrong' in env ? undefined : envValues(env).get('COMPOSE_PROJECT_NAME')
  const project = named === undefined || named === '' ? bot.stack.project : named
  // A folder without a Compose file and .env: Compose then goes by the labels of the containers.
  const elsewhere = await mkdtemp(join(tmpdir(), 'botwatch-down-'))
  try {
    const code = await streamCompose(own, elsewhere, ['--project-name', project, 'down', '--remove-orphans'])
    if (code !== 0) return [`the stack of ${bot.name} was not stopped: see the output of Docker Compose above.`]
    say(`the stack of ${bot.name} is stopped; its data stays in the volumes of the project ${project}`)
    return []
  } finally {
    await rm(elsewhere, { recursive: true, force: true })
  }
}
