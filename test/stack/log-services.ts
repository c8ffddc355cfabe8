import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bot } from '../../definitions/language/bot.ts'
import { findTool } from '../../demo/servers/find.ts'
import { type Compose, runCompose } from '../../generators/commands/docker-compose.ts'

const programs = ['victoria-logs', 'vlagent', 'vmalert'] as const

/**
 * Builds images of the programs behind a log from the binaries of the other tests, and puts them in place of the pinned ones.
 * The pinned ones have a shell, wget and a folder in which any user may write; here they come with Prometheus' image.
 */
export async function logServices(compose: Compose, folder: string, bot: Bot): Promise<readonly string[]> {
  for (const program of programs) {
    const tool = await findTool(program)
    assert.ok(tool.found, `${program} is not installed`)
    const context = join(folder, 'images', program)
    mkdirSync(context, { recursive: true })
    copyFileSync(tool.path, join(context, program))
    writeFileSync(
      join(context, 'Dockerfile'),
      `FROM ${bot.stack.images.prometheus}\nUSER root\nCOPY ${program} /${program}-prod\nENTRYPOINT ["/${program}-prod"]\nCMD []\n`,
    )
  }
  // without a name of its own, an image is removed with the project
  const services = programs.map((program) => `  ${program}:\n    image: !reset null\n    build: ./images/${program}\n`)
  writeFileSync(join(folder, 'docker-compose.override.yaml'), `services:\n${services.join('')}`)
  // the builder that every engine has
  const env = { ...(compose.env ?? process.env), DOCKER_BUILDKIT: '0', COMPOSE_BAKE: 'false' }
  const built = await runCompose({ ...compose, env }, folder, ['build', ...programs])
  assert.equal(built.code, 0, built.stderr)
  return programs
}
