import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readYaml } from '../text/yaml.ts'
import type { Wrong } from './docker-compose.ts'

/** A rule that Prometheus has loaded. */
export interface Rule {
  /** Group, kind and name: `mcbot-critical: alert BotDown`; a second one of that name has its number behind. */
  readonly key: string
  readonly kind: 'alert' | 'record'
  readonly health: string
  readonly error: string
  /** All that a definition decides, to tell a changed rule. */
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

/** The rules of a Prometheus, or the sentence that says why they cannot be had. */
export async function loadedRules(prometheus: string): Promise<readonly Rule[] | Wrong> {
  let answer: unknown
  try {
    const response = await fetch(`${prometheus}/api/v1/rules`, { signal: AbortSignal.timeout(30_000) })
    answer = await response.json()
  } catch {
    return { wrong: `Prometheus does not answer at ${prometheus}: bring the stack up with \`make up\`.` }
  }
  const read = loaded.safeParse(answer)
  if (!read.success) return { wrong: `what answers at ${prometheus} is no Prometheus: it has no list of rules.` }
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
      if (!read.success) return { wrong: `${path} is no file of rules: run \`make generate\`.` }
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

/** Rules of one name in one group are told apart by their number. */
function numbered<T extends { readonly key: string }>(rules: readonly T[]): readonly T[] {
  const seen = new Map<string, number>()
  return rules.map((rule) => {
    const count = (seen.get(rule.key) ?? 0) + 1
    seen.set(rule.key, count)
    return count === 1 ? rule : { ...rule, key: `${rule.key} (${count})` }
  })
}
