import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tool } from '../../demo/servers/tool.ts'
import { yaml } from '../../generators/text/yaml.ts'
import type { ProvenBot } from './bots.ts'
import { type Always, type Fires, type InputSeries, type Proof, secondsOf, type Target } from './case.ts'
import { testRules } from './promtool.ts'
import type { AlertingRule } from './rules.ts'

/** What promtool reports for each alert whose rule does not match its cases; empty if all pass. */
export async function prove(
  promtool: Tool,
  folder: string,
  of: Pick<ProvenBot, 'rules' | 'proofs' | 'target'>,
): Promise<ReadonlyMap<string, string>> {
  const tests = [...of.rules.alerts].flatMap(([name, rule]) => {
    const proof = of.proofs[name]
    return proof === undefined ? [] : [{ name, path: written(folder, name, rule, of, proof) }]
  })
  const said = await testRules(
    promtool,
    tests.map(({ path }) => path),
  )
  return new Map(
    tests.flatMap(({ name, path }) => {
      const failed = said.get(path) ?? null
      return failed === null ? [] : [[name, failed] as const]
    }),
  )
}

/** All failures on one screen: each alert with its first failure. */
export function oneScreen(failures: ReadonlyMap<string, string>): string {
  const most = Math.max(4, Math.floor(40 / Math.max(1, failures.size)))
  const parts = [...failures].slice(0, 8).map(([name, text]) => {
    const lines = text.split('\n').filter((line) => line.trim() !== '' && line.trim() !== 'FAILED:')
    const more = lines.length > most ? [`  … and ${lines.length - most} lines more`] : []
    return [`${name}: its rule does not match its cases`, ...lines.slice(0, most), ...more].join('\n')
  })
  const others = [...failures.keys()].slice(8)
  return [...parts, ...(others.length > 0 ? [`and ${others.length} more: ${others.join(', ')}`] : [])].join('\n')
}

/** Writes the rule of one alert, with all recording rules before it, and its cases; returns the path of the cases. */
function written(
  folder: string,
  name: string,
  rule: AlertingRule,
  { rules: { records }, target }: Pick<ProvenBot, 'rules' | 'target'>,
  proof: Proof | Always,
): string {
  const at = join(folder, name.replaceAll(' ', '-'))
  mkdirSync(at, { recursive: true })
  const { summary, value } = rule.annotations
  const annotations = { summary, ...(value === undefined ? {} : { value }) }
  const groups = [{ name, rules: [...records, { ...rule, annotations }] }]
  writeFileSync(join(at, 'rules.yml'), yaml({ groups }))
  const path = join(at, 'cases.yml')
  writeFileSync(path, yaml({ rule_files: ['rules.yml'], ...casesOf(rule, proof, target) }))
  return path
}

const soon = '15s'

function casesOf(rule: AlertingRule, proof: Proof | Always, target: Target): object {
  if ('always' in proof) {
    const { labels, says } = proof.always
    const seen = (time: string) => seenAt(rule, time, [{ exp_labels: labels, exp_annotations: { summary: says } }])
    const tests = [{ name: 'always', interval: '1m', alert_rule_test: [seen(rule.for ?? '0s'), seen('1h')] }]
    return { evaluation_interval: soon, tests }
  }
  const { every = soon, evaluate = soon } = proof
  const tests = [
    ...Object.entries(proof.fires).map(([name, fires]) => ({
      name,
      interval: every,
      ...firing(rule, fires, evaluate, target),
    })),
    ...Object.entries({ ...proof.silent, healthy: proof.healthy }).map(([name, given]) => ({
      name,
      interval: every,
      input_series: inputSeries(given, target),
      promql_expr_test: [countOf(rule, lengthOf(given, every), [])],
    })),
  ]
  return { evaluation_interval: evaluate, tests }
}

/** Silent one evaluation before it fires, as expected when it does, firing at every evaluation after that, silent at the end. */
function firing(
  rule: AlertingRule,
  { given, from, to, labels, says, value }: Fires,
  evaluate: string,
  target: Target,
): object {
  const [first, end, step] = [secondsOf(from), secondsOf(to), secondsOf(evaluate)]
  const exp_annotations = { summary: says, ...(value === undefined ? {} : { value }) }
  const seen = { alertname: rule.alert, alertstate: 'firing', ...labels }
  const exp_samples = [{ labels: `{${pairs(seen)}}`, value: (end - first) / step }]
  return {
    input_series: inputSeries(given, target),
    alert_rule_test: [
      seenAt(rule, `${first - step}s`, []),
      seenAt(rule, `${first}s`, [{ exp_labels: labels, exp_annotations }]),
      seenAt(rule, `${end}s`, []),
    ],
    promql_expr_test: [countOf(rule, end + 4 * step, exp_samples)],
  }
}

const seenAt = ({ alert }: AlertingRule, eval_time: string, exp_alerts: readonly object[]) => ({
  eval_time,
  alertname: alert,
  exp_alerts,
})

/** How many evaluations up to this time in seconds the alert fired at, for each label set. */
const countOf = ({ alert }: AlertingRule, seconds: number, exp_samples: readonly object[]) => ({
  expr: `count_over_time(ALERTS{alertname="${alert}", alertstate="firing"}[${seconds + 1}s])`,
  eval_time: `${seconds}s`,
  exp_samples,
})

export const inputSeries = (given: InputSeries, target: Target) =>
  Object.entries(given).map(([series, values]) => ({ series: scraped(series, target), values }))

/** A selector, completed with the labels of the target that it does not name. */
function scraped(series: string, target: Target): string {
  const [, name = '', inside = ''] = /^([\w:]+)(?:\{(.*)\})?$/.exec(series) ?? []
  if (name === '') throw new Error(`'${series}' is not a series: expected one such as up{job="x"}`)
  const named = Object.fromEntries(
    [...inside.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', text = '']) => [label, text]),
  )
  return `${name}{${pairs({ ...target, ...named })}}`
}

const pairs = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(', ')

/** How many seconds the longest series lasts. */
export const lengthOf = (given: InputSeries, every: string): number =>
  secondsOf(every) *
  Math.max(
    ...Object.values(given).map((values) =>
      values.split(' ').reduce((sum, part) => {
        const [, missing, times] = /^(_?).*?(?:x(\d+))?$/.exec(part) ?? []
        return sum + Number(times ?? 0) + (missing === '_' && times !== undefined ? 0 : 1)
      }, 0),
    ),
  )
