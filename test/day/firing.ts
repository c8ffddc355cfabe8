import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tool } from '../../demo/servers/tool.ts'
import { yaml } from '../../generators/text/yaml.ts'
import { secondsOf } from '../alerts/case.ts'
import { testRules } from '../alerts/promtool.ts'
import { notation, type Scrapes, scrapeEvery } from '../alerts/scrapes.ts'

export type LabelSet = Readonly<Record<string, string>>

/** A time during which an alert fires, in seconds. */
export interface FiringTime {
  readonly labels: LabelSet
  /** The first evaluation at which its condition was true. */
  readonly since: number
  /** The first evaluation at which it fires, and the first at which it no longer does; null if that never comes. */
  readonly from: number
  readonly to: number | null
}

const ruleFiles = ['recording.yml', 'alerts.yml', 'absence.yml']

/** Evaluates the rules of a folder over scrapes, as promtool does, and returns when each alert fires. */
export async function firingTimes(promtool: Tool, folder: string, scrapes: Scrapes): Promise<readonly FiringTime[]> {
  const times = evaluations(scrapes)
  // without a watchdog, which always fires and notifies no person
  const expr = 'ALERTS{alertname!="Watchdog"}'
  const said = await evaluated(promtool, folder, scrapes, {
    promql_expr_test: times.map((at) => ({ expr, eval_time: `${at}s`, exp_samples: [] })),
  })
  const states = new Map<number, readonly LabelSet[]>()
  for (const [, at = '', got = ''] of said.matchAll(/^ {4}expr: .*, time: (\S+),\n\s+exp: nil\n\s+got: (.*)$/gm))
    states.set(
      secondsOf(at),
      [...got.matchAll(/\{__name__="ALERTS"([^}]*)\} /g)].map(([, pairs = '']) => labelsIn(pairs)),
    )
  return firingsIn(times.map((at) => ({ at, alerts: states.get(at) ?? [] })))
}

/** What each alert says at a time, by its labels. */
export async function annotationsAt(
  promtool: Tool,
  folder: string,
  scrapes: Scrapes,
  wanted: readonly { readonly at: number; readonly alert: string }[],
): Promise<(at: number, labels: LabelSet) => LabelSet> {
  const said = await evaluated(promtool, folder, scrapes, {
    alert_rule_test: wanted.map(({ at, alert }) => ({ eval_time: `${at}s`, alertname: alert, exp_alerts: [] })),
  })
  const found = new Map<string, LabelSet>()
  for (const [, at = '', got = ''] of said.matchAll(
    /^ {4}alertname: \S+, time: (\S+), \n.*\n\s+got:\[\n([\s\S]*?)\n {12}\]/gm,
  ))
    for (const [, labels = '', annotations = ''] of got.matchAll(/Labels:\{(.*)\}\n\s+Annotations:\{(.*)\},?$/gm))
      found.set(`${secondsOf(at)} ${keyOf(labelsIn(labels))}`, labelsIn(annotations))
  return (at, labels) => found.get(`${at} ${keyOf(labels)}`) ?? {}
}

/** One key for the same labels in any order. */
export const keyOf = (labels: LabelSet): string => JSON.stringify(Object.entries(labels).sort())

function evaluations(scrapes: Scrapes): readonly number[] {
  const rows = Math.max(...[...scrapes.values()].map((values) => values.length))
  return Array.from({ length: rows }, (_, row) => row * scrapeEvery)
}

/** What promtool reports of tests that expect nothing. */
async function evaluated(promtool: Tool, folder: string, scrapes: Scrapes, tests: object): Promise<string> {
  const path = join(folder, 'scenario.yml')
  const input_series = [...scrapes].map(([series, values]) => ({ series, values: notation(values) }))
  writeFileSync(
    path,
    yaml({
      rule_files: ruleFiles,
      evaluation_interval: `${scrapeEvery}s`,
      tests: [{ interval: `${scrapeEvery}s`, input_series, ...tests }],
    }),
  )
  return (await testRules(promtool, [path])).get(path) ?? ''
}

const labelsIn = (pairs: string): LabelSet =>
  Object.fromEntries(
    [...pairs.matchAll(/(\w+)=("(?:[^"\\]|\\.)*")/g)].map(([, name, value]) => [name, JSON.parse(value ?? '""')]),
  )

interface Evaluation {
  readonly at: number
  /** With `alertstate`. */
  readonly alerts: readonly LabelSet[]
}

function firingsIn(evaluations: readonly Evaluation[]): readonly FiringTime[] {
  const open = new Map<string, { readonly labels: LabelSet; readonly since: number; from: number | null }>()
  const firings: FiringTime[] = []
  const close = (key: string, to: number | null) => {
    const known = open.get(key)
    open.delete(key)
    if (known !== undefined && known.from !== null) firings.push({ ...known, from: known.from, to })
  }
  for (const { at, alerts } of evaluations) {
    const present = new Map(alerts.map(({ alertstate, ...labels }) => [keyOf(labels), { alertstate, labels }]))
    for (const key of [...open.keys()]) if (!present.has(key)) close(key, at)
    for (const [key, { alertstate, labels }] of present) {
      const known = open.get(key) ?? { labels, since: at, from: null }
      if (alertstate === 'firing') known.from ??= at
      open.set(key, known)
    }
  }
  for (const key of [...open.keys()]) close(key, null)
  return firings.sort((a, b) => a.from - b.from)
}
