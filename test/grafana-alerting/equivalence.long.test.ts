import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Duration } from '../../definitions/language/duration.ts'
import { type ProvenBot, provenBots } from '../alerts/bots.ts'
import { type Proof, secondsOf } from '../alerts/case.ts'
import { inputSeries, lengthOf } from '../alerts/prove.ts'
import { temporaryFolder } from '../fixtures/on-disk.ts'
import { needs } from '../servers/skipped.ts'
import { bothForms } from './both-forms.ts'
import { evaluate } from './evaluator.ts'
import type { ReadRule } from './provisioning-file.ts'
import { type Question, readings } from './readings.ts'
import { managedByGrafana } from './switched.ts'
import { labelSetText, labelsOf, type StepValue } from './value.ts'

const { bots } = await provenBots()

for (const of of bots)
  test(`${of.name}: in every case of an alert, Grafana fires and is silent within one evaluation of Prometheus`, async (t) => {
    const tools = await needs(t, 'promtool')
    if (!tools) return
    const compared = casesOf(of)
    const read = await readings(
      tools.promtool,
      temporaryFolder(t),
      compared.map(({ asked }) => asked),
    )
    const wrong = compared.flatMap(({ asked, rule, labels }, i) => {
      const [alerts = [], query = []] = read[i] ?? []
      const prometheus = alerts.map((values) => new Set(values.map((one) => labelSetText(only(labels, one)))))
      // the other queries are figures of the message and decide nothing
      const answers = query.map((values) => ({ [rule.data[0]?.refId ?? '']: values }))
      return difference(asked, prometheus, evaluate(rule, asked.step, answers))
    })
    assert.deepEqual(wrong, [])
  })

/** The first evaluation at which one fires and the other does not, also not at the evaluations next to it. */
function difference(
  { name, step }: Question,
  prometheus: readonly ReadonlySet<string>[],
  grafana: readonly ReadonlySet<string>[],
): readonly string[] {
  const all = new Set([...prometheus, ...grafana].flatMap((set) => [...set]))
  for (const labels of all)
    for (const [i, fires] of grafana.entries()) {
      const near = [prometheus[i - 1], prometheus[i], prometheus[i + 1]].filter((set) => set !== undefined)
      if (near.every((set) => set.has(labels) !== fires.has(labels)))
        return [`${name}: at ${i * step}s Grafana ${fires.has(labels) ? 'fires' : 'is silent'} for ${labels}`]
    }
  return []
}

interface Compared {
  readonly asked: Question
  readonly rule: ReadRule
  readonly labels: readonly string[]
}

function casesOf({ bot, proofs, target }: ProvenBot): readonly Compared[] {
  const models = new Map<string, ReturnType<typeof bothForms>>()
  return Object.entries(proofs).flatMap(([name, proof]) => {
    if ('always' in proof) return []
    // a case of days would be asked thousands of times
    const isLong = Math.max(...inputsOf(proof).map(([, , length]) => length)) > 7200
    const step = proof.evaluate ?? (isLong ? '2m' : '10s')
    const made = models.get(step) ?? bothForms(managedByGrafana(bot, step as Duration))
    models.set(step, made)
    const [alert, rule, own] = [made.alerts.get(name), made.grafana.get(name), made.rules.alerts.get(name)]
    if (alert === undefined || rule === undefined || own === undefined) return []
    const [query] = rule.data.flatMap(({ model }) => ('expr' in model ? [model.expr] : []))
    if (query === undefined) return []
    return inputsOf(proof).map(([what, given, length]) => ({
      rule,
      labels: alert.labels,
      asked: {
        name: `${name}, ${what}`,
        // the annotations say nothing about when it fires
        rules: [...made.rules.records, { ...own, annotations: {} }],
        series: inputSeries(given, target),
        every: proof.every ?? '15s',
        step: secondsOf(step),
        steps: Math.ceil(length / secondsOf(step)) + 1,
        expressions: [`ALERTS{alertname="${name}", alertstate="firing"}`, query],
      },
    }))
  })
}

/** The series of every case, and how long it is watched: until after it no longer fires. */
const inputsOf = ({ fires, silent, healthy, every = '15s', evaluate: step = '15s' }: Proof) => [
  ...Object.entries(fires).map(([name, { given, to }]) => [name, given, secondsOf(to) + 4 * secondsOf(step)] as const),
  ...Object.entries({ ...silent, healthy }).map(([name, given]) => [name, given, lengthOf(given, every)] as const),
]

const only = (labels: readonly string[], of: StepValue) =>
  Object.fromEntries(Object.entries(labelsOf(of)).filter(([label]) => labels.includes(label)))
