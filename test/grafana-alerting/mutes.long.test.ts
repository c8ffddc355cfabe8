import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mutersOf } from '../../generators/model/grafana-managed.ts'
import { type ProvenBot, provenBots } from '../alerts/bots.ts'
import { secondsOf } from '../alerts/case.ts'
import { inputSeries } from '../alerts/prove.ts'
import { temporaryFolder } from '../fixtures/on-disk.ts'
import { needs } from '../servers/skipped.ts'
import { bothForms } from './both-forms.ts'
import { evaluate } from './evaluator.ts'
import { type ReadRule, secondsOfFile } from './provisioning-file.ts'
import { type Question, readings } from './readings.ts'
import { managedByGrafana } from './switched.ts'

const { bots } = await provenBots()

/** Seconds between two evaluations, and how long the mute goes on after the alert itself is over. */
const [step, longer] = [10, 600]

interface Muted {
  readonly question: Question
  readonly rule: ReadRule
  /** When the mute begins and ends. */
  readonly from: number
  readonly to: number
}

for (const of of bots)
  test(`${of.name}: what fired before its mute is not resolved until the mute ends, and nothing fires under it`, async (t) => {
    const tools = await needs(t, 'promtool')
    if (!tools) return
    const cases = mutedCases(of)
    const read = await readings(
      tools.promtool,
      temporaryFolder(t),
      cases.map(({ question }) => question),
    )
    const wrong = cases.flatMap(({ question, rule, from, to }, i) => {
      const [query = []] = read[i] ?? []
      const answers = query.map((values) => ({ [rule.data[0]?.refId ?? '']: values }))
      const fires = evaluate(rule, step, answers).map((labels) => labels.size > 0)
      const isAt = (seconds: number) => fires[seconds / step] === true
      const muted = fires.slice(Math.ceil(from / step), Math.floor(to / step))
      const held = from === 0 ? !muted.includes(true) : !muted.includes(false)
      return held && !isAt((question.steps - 1) * step) ? [] : [`${question.name}: ${fires.map(Number).join('')}`]
    })
    assert.ok(cases.length > 0)
    assert.deepEqual(wrong, [])
  })

function mutedCases({ bot, proofs, target }: ProvenBot): readonly Muted[] {
  const model = managedByGrafana(bot)
  const { alerts, grafana, rules } = bothForms(model)
  // what is remembered follows from what fires
  const of = (remembers: boolean) =>
    rules.records.filter(({ record }) => record.endsWith(':alerts_reported') === remembers)
  return [...alerts].flatMap(([name, alert]) => {
    const [proof, rule, own] = [proofs[name], grafana.get(name), rules.alerts.get(name)]
    const [muters] = mutersOf(model, alert)
    const query = rule?.data[0]?.model
    if (proof === undefined || 'always' in proof || proof.evaluate !== undefined) return []
    if (rule === undefined || own === undefined || muters === undefined || query === undefined || !('expr' in query))
      return []
    const every = secondsOf(proof.every ?? '15s')
    const fires = Object.values(proof.fires).find(
      ({ from, to }) => secondsOf(to) - secondsOf(from) > 3 * every && secondsOf(to) < 3600,
    )
    if (fires === undefined) return []
    const cause = { alert: muters.names[0] ?? '', expr: 'cause > 0', labels: { severity: 'critical' }, annotations: {} }
    const on = Object.fromEntries(Object.entries(fires.labels).filter(([label]) => muters.on.includes(label)))
    const series = Object.entries(on)
      .map(([label, value]) => `${label}="${value}"`)
      .join(', ')
    return [0, Math.ceil(secondsOf(fires.from) / every) + 2].map((before): Muted => {
      const during = Math.ceil((secondsOf(fires.to) + longer) / every) - before
      const [from, to] = [before * every, (before + during) * every]
      const rest = secondsOfFile(rule.keepFiringFor ?? '0s') + 2 * every + 6 * step
      return {
        rule,
        from,
        to,
        question: {
          name: `${name}, muted ${before === 0 ? 'from the start' : 'while it fires'} by ${cause.alert}`,
          rules: [...of(false), { ...own, annotations: {} }, cause, ...of(true)],
          series: [
            ...inputSeries(fires.given, target),
            {
              series: `cause{${series}}`,
              values: `${before === 0 ? '' : `0x${before - 1} `}1x${during - 1} 0x${Math.ceil(rest / every)}`,
            },
          ],
          every: proof.every ?? '15s',
          step,
          steps: Math.ceil((to + rest) / step) + 1,
          expressions: [query.expr],
        },
      }
    })
  })
}
