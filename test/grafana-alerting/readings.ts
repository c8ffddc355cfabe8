import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tool } from '../../demo/servers/tool.ts'
import { testRules } from '../alerts/promtool.ts'
import { numberValue, type StepValue } from './value.ts'

/** Series and rules that Prometheus evaluates, and what it is asked after each evaluation. */
export interface Question {
  readonly name: string
  readonly rules: readonly object[]
  readonly series: readonly object[]
  /** Seconds between two samples, and between two evaluations. */
  readonly every: string
  readonly step: number
  readonly steps: number
  readonly expressions: readonly string[]
}

/** What an expression yields after each evaluation. */
type Reading = readonly (readonly StepValue[])[]

/** The answers of promtool, which loads the rules into a real Prometheus: expecting nothing, it reports everything it gets. */
export async function readings(
  promtool: Tool,
  folder: string,
  all: readonly Question[],
): Promise<readonly (readonly Reading[])[]> {
  const paths = all.map((of, i) => written(join(folder, String(i)), of))
  const said = await testRules(promtool, paths)
  return all.map((of, i) => answersIn(of, said.get(paths[i] ?? '') ?? ''))
}

function written(at: string, { name, rules, series, every, step, steps, expressions }: Question): string {
  mkdirSync(at, { recursive: true })
  writeFileSync(join(at, 'rules.yml'), JSON.stringify({ groups: [{ name: 'rules', rules }] }))
  const path = join(at, 'asked.yml')
  const tests = Array.from({ length: steps }, (_, i) =>
    expressions.map((expr) => ({ expr, eval_time: `${i * step}s`, exp_samples: [] })),
  ).flat()
  writeFileSync(
    path,
    JSON.stringify({
      rule_files: ['rules.yml'],
      evaluation_interval: `${step}s`,
      tests: [{ name, interval: every, input_series: series, promql_expr_test: tests }],
    }),
  )
  return path
}

function answersIn({ step, steps, expressions }: Question, said: string): readonly Reading[] {
  const found = new Map<string, readonly StepValue[]>()
  for (const [, quoted = '', time = '', got = ''] of said.matchAll(
    /^ {4}expr: ("(?:[^"\\]|\\.)*"), time: (\w+),\n\s+exp: nil\n\s+got: (.*)$/gm,
  ))
    found.set(`${JSON.parse(quoted)} ${secondsIn(time)}`, samplesIn(got))
  if (said !== '' && found.size === 0) throw new Error(`promtool says something else:\n${said.slice(0, 2000)}`)
  return expressions.map((expr) => Array.from({ length: steps }, (_, i) => found.get(`${expr} ${i * step}`) ?? []))
}

const secondsIn = (time: string): number =>
  [...time.matchAll(/(\d+)(ms|[wdhms])/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0),
    0,
  )
const units: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1, ms: 0.001 }

/** `{a="b", c="d"} 1E+00, {} NaN` as values. */
function samplesIn(text: string): readonly StepValue[] {
  const sample = /\{((?:[\w:]+="(?:[^"\\]|\\.)*"(?:, )?)*)\} (NaN|[-+]?Inf|[-+.\dE]+)/g
  return [...text.matchAll(sample)].map(([, labels = '', value = '']) =>
    numberValue(
      value.endsWith('Inf')
        ? value.startsWith('-')
          ? Number.NEGATIVE_INFINITY
          : Number.POSITIVE_INFINITY
        : Number(value),
      Object.fromEntries(
        [...labels.matchAll(/([\w:]+)=("(?:[^"\\]|\\.)*")/g)].map(([, name = '', quoted = '""']) => [
          name,
          JSON.parse(quoted),
        ]),
      ),
    ),
  )
}
