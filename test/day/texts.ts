import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tool } from '../../demo/servers/tool.ts'
import { yaml } from '../../generators/text/yaml.ts'
import { testRules } from '../alerts/promtool.ts'
import type { AlertingRule } from '../alerts/rules.ts'
import { type FiringTime, keyOf, type LabelSet } from './firing.ts'
import type { History } from './history.ts'

/** An alert at a time while it fires, in seconds. */
export interface ShownAlert {
  readonly rule: AlertingRule
  readonly firing: FiringTime
  readonly at: number
}

interface Stage {
  readonly promtool: Tool
  readonly folder: string
  readonly history: History
}

/** While a condition is not true, an alert shows its last value: that is not older than this, in seconds. */
const shownFor = 3600

/**
 * What alerts say. promtool fills in their texts, at a value that Prometheus has found; what a text queries is as it was at the last
 * scrape.
 */
export async function textsOf(shown: readonly ShownAlert[], stage: Stage): Promise<readonly LabelSet[]> {
  const texts: LabelSet[] = []
  for (const one of shown) texts.push(await textOf(one, stage))
  return texts
}

async function textOf({ rule, firing, at }: ShownAlert, { promtool, folder, history }: Stage): Promise<LabelSet> {
  const about = ({ __name__, ...labels }: LabelSet) => keyOf({ ...labels, ...rule.labels, alertname: rule.alert })
  const from = Math.max(firing.since, at - shownFor)
  const found = await history.range(rule.expr, { from, to: at, step: 10 })
  const own = found.find(({ labels }) => about(labels) === keyOf(firing.labels))
  const scraped = await history.range('last_over_time({__name__=~".+"}[1d])', { from: at, to: at, step: 10 })
  const value = own?.values.at(-1)?.[1] ?? Number.NaN
  const rules = join(folder, 'texts-rules.yml')
  const path = join(folder, 'texts.yml')
  writeFileSync(rules, yaml({ groups: [{ name: 'texts', rules: [{ ...rule, expr: standIn, for: '0s' }] }] }))
  const series = [{ labels: { ...own?.labels, __name__: standIn }, values: [[at, value]] as const }, ...scraped]
  writeFileSync(
    path,
    yaml({
      rule_files: [rules],
      evaluation_interval: '10s',
      tests: [
        {
          interval: '10s',
          input_series: series.map(({ labels: { __name__: name = '', ...labels }, values }) => ({
            series: `${name}{${Object.entries(labels)
              .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
              .join(',')}}`,
            values: String(values.at(-1)?.[1] ?? '_').replace('Infinity', 'inf'),
          })),
          alert_rule_test: [{ eval_time: '0s', alertname: rule.alert, exp_alerts: [] }],
        },
      ],
    }),
  )
  const said = (await testRules(promtool, [path])).get(path) ?? ''
  const [, annotations = ''] = /Annotations:\{(.*)\},?$/m.exec(said) ?? []
  return Object.fromEntries(
    [...annotations.matchAll(/(\w+)=("(?:[^"\\]|\\.)*")/g)].map(([, name, text]) => [name, JSON.parse(text ?? '""')]),
  )
}

/** The series that takes the place of the condition. */
const standIn = 'botwatch_condition'
