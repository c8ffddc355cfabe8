import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readYaml } from '../text/yaml.ts'
import type { Wrong } from './docker-compose.ts'

/** A rule that Prometheus has loaded. */
export interface LoadedRule {
  /** Group, kind and name: `mcbot-critical: alert BotDown`; a second rule with that name has its number after it. */
  readonly key: string
  readonly kind: 'alert' | 'record'
  readonly health: string
  readonly error: string
  /** Everything that a definition decides, to detect a changed rule. */
  readonly content: string
}

const loaded = z.object({
  data: z.object({
    groups: z.array(
      z.object({
        name: z.string(),
        rules: z.array(
          z.object({
            name: z.string(),
            type: z.enum(['alerting', 'recording']),
            query: z.string(),
            health: z.string(),
            lastError: z.string().default(''),
            duration: z.number().default(0),
            keepFiringFor: z.number().default(0),
            labels: z.record(z.string(), z.string()).default({}),
            annotations: z.record(z.string(), z.string()).default({}),
          }),
        ),
      }),
    ),
  }),
})

/** The rules of a Prometheus server, or why they cannot be read, as a sentence. */
export async function loadedRules(prometheus: string): Promise<readonly LoadedRule[] | Wrong> {
  let answer: unknown
  try {
    const response = await fetch(`${prometheus}/api/v1/rules`, { signal: AbortSignal.timeout(30_000) })
    answer = await response.json()
  } catch {
    return { wrong: `Prometheus does not answer at ${prometheus}: start the stack with \`make up\`.` }
  }
  const read = loaded.safeParse(answer)
  if (!read.success)
    return { wrong: `the server at ${prometheus} is not Prometheus: its answer is not a list of rules.` }
  return numbered(
    read.data.data.groups.flatMap((group) =>
      group.rules.map(({ name, type, health, lastError, ...content }) => ({
        key: keyOf(group.name, type === 'alerting' ? 'alert' : 'record', name),
        kind: type === 'alerting' ? ('alert' as const) : ('record' as const),
        health,
        error: lastError,
        content: JSON.stringify(content),
      })),
    ),
  )
}

const file = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(z.object({ alert: z.string().optional(), record: z.string().optional() })),
    }),
  ),
})

/** The keys of the rules in a bot's folder, with those of the environment that runs. */
export async function rulesOfFiles(folder: string, env: string): Promise<readonly string[] | Wrong> {
  const keys: { key: string }[] = []
  for (const part of ['prometheus', `prometheus/deployments/${env}`]) {
    const names = await readdir(join(folder, part)).catch(() => [])
    for (const name of names.filter((one) => one.endsWith('.yml') && one !== 'prometheus.yml').sort()) {
      const path = join(folder, part, name)
      const read = file.safeParse(readYaml(await readFile(path, 'utf8')))
      if (!read.success) return { wrong: `${path} is not a rule file: run \`make generate\`.` }
      for (const group of read.data.groups)
        for (const { alert, record } of group.rules)
          keys.push({ key: keyOf(group.name, alert === undefined ? 'record' : 'alert', alert ?? record ?? '') })
    }
  }
  return keys.length === 0
    ? { wrong: `${folder} has no rules: run \`make generate\`.` }
    : numbered(keys).map(({ key }) => key)
}

const keyOf = (group: string, kind: string, name: string) => `${group}: ${kind} ${name}`

/** Rules with the same name in one group are distinguished by their number. */
function numbered<T extends { readonly key: string }>(rules: readonly T[]): readonly T[] {
  const seen = new Map<string, number>()
  return rules.map((rule) => {
    const count = (seen.get(rule.key) ?? 0) + 1
    seen.set(rule.key, count)
    return count === 1 ? rule : { ...rule, key: `${rule.key} (${count})` }
  })
}
