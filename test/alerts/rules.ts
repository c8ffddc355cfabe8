import { z } from 'zod'
import type { Files } from '../../generators/model/model.ts'
import { readYaml } from '../../generators/text/yaml.ts'

const recording = z.strictObject({ record: z.string(), expr: z.string() })
const alerting = z.strictObject({
  alert: z.string(),
  expr: z.string(),
  for: z.string().optional(),
  keep_firing_for: z.string().optional(),
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
})
/** Fields that tests do not know, such as `limit`, are rejected. */
const group = z.strictObject({
  name: z.string(),
  interval: z.string().optional(),
  rules: z.array(z.union([recording, alerting])),
})
const file = z.strictObject({ groups: z.array(group) })

export type RecordingRule = z.infer<typeof recording>
export type AlertingRule = z.infer<typeof alerting>

export type RuleGroup = z.infer<typeof group>

/** Reads a generated rule file. */
export const groupsIn = (text: string): readonly RuleGroup[] => file.parse(readYaml(text)).groups

/** The generated rules of a bot. */
export interface WrittenRules {
  readonly records: readonly RecordingRule[]
  /** By the alert's name; one loaded only in some environment, as `BotAbsent in paper`. */
  readonly alerts: ReadonlyMap<string, AlertingRule>
}

/** Reads the rules from a bot's generated files. */
export function rulesOf(files: Files): WrittenRules {
  const records: RecordingRule[] = []
  const alerts = new Map<string, AlertingRule>()
  for (const [path, text] of files) {
    if (!/^prometheus\/(alerts|recording|deployments\/[^/]+\/absence)\.yml$/.test(path)) continue
    const env = /deployments\/([^/]+)\//.exec(path)?.[1]
    for (const rule of groupsIn(text).flatMap(({ rules }) => rules)) {
      if ('record' in rule) {
        records.push(rule)
        continue
      }
      const name = env === undefined ? rule.alert : `${rule.alert} in ${env}`
      if (alerts.has(name)) throw new Error(`two rules are named ${name}`)
      alerts.set(name, rule)
    }
  }
  return { records, alerts }
}
