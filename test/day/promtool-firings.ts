import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Tool } from '../../demo/servers/tool.ts'
import type { Files } from '../../generators/model/model.ts'
import { yaml } from '../../generators/text/yaml.ts'
import { secondsOf } from '../alerts/case.ts'
import { testRules } from '../alerts/promtool.ts'
import { notation, type Scrapes, scrapeEvery } from '../alerts/scrapes.ts'
import { type FiringTime, keyOf, type LabelSet } from './firing.ts'

interface Evaluated {
  readonly files: Files
  /** The rules that are loaded. */
  readonly paths: readonly string[]
  readonly scrapes: Scrapes
  /** Seconds between two evaluations. */
  readonly every: number
}

/** When each alert fires over scrapes, by promtool alone. */
export async function promtoolFirings(
  promtool: Tool,
  folder: string,
  { files, paths, scrapes, every }: Evaluated,
): Promise<readonly FiringTime[]> {
  for (const path of paths) writeFileSync(join(folder, basename(path)), files.get(path) ?? '')
  const seconds = Math.max(...[...scrapes.values()].map((values) => values.length)) * scrapeEvery
  const times = Array.from({ length: Math.ceil(seconds / every) }, (_, i) => i * every)
  const test = join(folder, 'firings.yml')
  writeFileSync(
    test,
    yaml({
      rule_files: paths.map((path) => basename(path)),
      evaluation_interval: `${every}s`,
      tests: [
        {
          interval: `${scrapeEvery}s`,
          input_series: [...scrapes].map(([series, values]) => ({ series, values: notation(values) })),
          promql_expr_test: times.map((at) => ({ expr: 'ALERTS', eval_time: `${at}s`, exp_samples: [] })),
        },
      ],
    }),
  )
  // it reports all alerts, since none is expected
  const said = (await testRules(promtool, [test])).get(test) ?? ''
  const states = new Map<number, readonly LabelSet[]>()
  for (const [, at = '', got = ''] of said.matchAll(/^ {4}expr: .*, time: (\S+),\n\s+exp: nil\n\s+got: (.*)$/gm))
    states.set(
      secondsOf(at),
      [...got.matchAll(/\{__name__="ALERTS"([^}]*)\} /g)].map(([, pairs = '']) => labelsIn(pairs)),
    )
  return firingsIn(times.map((at) => ({ at, alerts: states.get(at) ?? [] })))
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
  return firings
}
