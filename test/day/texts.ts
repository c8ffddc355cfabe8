import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tool } from '../../demo/servers/tool.ts'
import { yaml } from '../../generators/text/yaml.ts'
import { testRules } from '../alerts/promtool.ts'
import type { AlertingRule } from '../alerts/rules.ts'
import { notation } from '../alerts/scrapes.ts'
import { type FiringTime, keyOf, type LabelSet } from './firing.ts'
import type { History, RangeSeries } from './history.ts'

/** An alert at a time, in seconds: it fires, or fired before. */
interface ShownAlert {
  readonly rule: AlertingRule
  readonly firing: FiringTime
  readonly at: number
}

export interface TextStage {
  readonly promtool: Tool
  readonly folder: string
  readonly history: History
  /** Seconds between two evaluations. */
  readonly evaluateEvery: number
}

/** While a condition is not true, an alert shows its last value: that is not older than this, in seconds. */
const shownFor = 3600

/**
 * What an alert says at its last evaluation. promtool fills in its texts at the value that Prometheus has found; what a text queries
 * is as it was at the last scrape.
 */
export async function textsOf({ rule, firing, at }: ShownAlert, stage: TextStage): Promise<LabelSet> {
  const { history, evaluateEvery: step } = stage
  const about = ({ __name__, ...labels }: LabelSet) => keyOf({ ...labels, ...rule.labels, alertname: rule.alert })
  const evaluated = (time: number) => Math.floor(time / step) * step
  const to = evaluated(Math.min(at, firing.to === null ? at : firing.to - step))
  const found = await history.range(rule.expr, { from: Math.max(firing.since, evaluated(at - shownFor)), to, step })
  const own = found.find(({ labels }) => about(labels) === keyOf(firing.labels))
  const scraped = await history.range('last_over_time({__name__=~".+"}[1d])', { from: to, to, step })
  const value = own?.values.at(-1)?.[1] ?? Number.NaN
  return filledIn(rule, [{ labels: { ...own?.labels, __name__: standIn }, values: [[to, value]] }, ...scraped], stage)
}

/** The annotations of a rule whose condition is the stand-in, over the last values of series. */
async function filledIn(
  rule: AlertingRule,
  series: readonly RangeSeries[],
  { promtool, folder }: TextStage,
): Promise<LabelSet> {
  const [rules, path] = [join(folder, 'texts-rules.yml'), join(folder, 'texts.yml')]
  writeFileSync(rules, yaml({ groups: [{ name: 'texts', rules: [{ ...rule, expr: standIn, for: '0s' }] }] }))
  const input_series = series.map(({ labels: { __name__: name = '', ...labels }, values }) => {
    const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    return { series: `${name}{${pairs.join(',')}}`, values: notation([values.at(-1)?.[1] ?? null]) }
  })
  const alert_rule_test = [{ eval_time: '0s', alertname: rule.alert, exp_alerts: [] }]
  writeFileSync(path, yaml({ rule_files: [rules], tests: [{ interval: '1m', input_series, alert_rule_test }] }))
  const said = (await testRules(promtool, [path])).get(path) ?? ''
  const [, annotations = ''] = /Annotations:\{(.*)\},?$/m.exec(said) ?? []
  return Object.fromEntries(
    [...annotations.matchAll(/(\w+)=("(?:[^"\\]|\\.)*")/g)].map(([, name, text]) => [name, JSON.parse(text ?? '""')]),
  )
}

/** The series that takes the place of the condition. */
const standIn = 'botwatch_condition'
