import { setTimeout as pause } from 'node:timers/promises'
import { streamCompose } from './docker-compose.ts'
import { containersOf, followServices, withLogs } from './services.ts'
import type { BotStack } from './stacks.ts'

/** Starts services and waits until all are healthy; returns what is wrong, with the service's name and last lines, as soon as one cannot run. */
export async function startServices(
  { bot, folder, compose }: BotStack,
  services: readonly string[],
  named: readonly string[],
  within: number,
): Promise<readonly string[]> {
  const before = await containersOf(compose, folder)
  if ('wrong' in before) return [before.wrong]
  const replaced = new Set(before.map(({ id }) => id))
  const follow = followServices(services)
  const ending = new AbortController()
  let code: number | null = null
  let end = Number.POSITIVE_INFINITY
  const starting = streamCompose(compose, folder, ['up', '--detach', '--remove-orphans', ...named], ending.signal).then(
    (exit) => {
      code = exit
      end = Date.now() + Math.max(usual, within)
    },
  )
  const about = (service: string, why: string) =>
    withLogs(compose, folder, service, `the service ${service} of ${bot.name} ${why}.`)
  let unlisted = 0
  for (;;) {
    const containers = await containersOf(compose, folder)
    if ('wrong' in containers) {
      // an engine may name a container that it has just replaced
      if (++unlisted > mostUnlisted) return [containers.wrong]
      await pause(1000)
      continue
    }
    unlisted = 0
    // Those from before may be about to be replaced until Compose has finished.
    const failed = follow.failed(containers, code === null ? replaced : none, within <= usual || Date.now() > end)
    const waiting = follow.waiting(containers)
    if (failed !== null) {
      ending.abort()
      await starting
      return [await about(failed.service, failed.why)]
    }
    if (code === 0 && waiting.length === 0) return []
    if ((code !== null && code !== 0) || Date.now() > end) {
      const ended = waiting.filter(({ why }) => code === 0 || /exit|unhealthy/.test(why))
      return [
        ...(code === 0 ? [] : [`not all of the stack of ${bot.name} started: see the output of Docker Compose above.`]),
        ...(await Promise.all(ended.map(({ service, why }) => about(service, why)))),
      ]
    }
    await Promise.race([pause(1000), ...(code === null ? [starting] : [])])
  }
}

/** What the servers of the stack may take to be healthy on a slow machine. */
const usual = 180_000
/** How many times in a row the list of containers may fail while services are replaced. */
const mostUnlisted = 10
const none: ReadonlySet<string> = new Set()
