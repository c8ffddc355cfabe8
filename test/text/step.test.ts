import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  act,
  alert,
  alerts,
  check,
  figure,
  last_over_time,
  note,
  run,
  series,
  sum,
  text,
  usdt,
} from '../../definitions/language/index.ts'
import { anyMetrics } from '../../definitions/language/metric.ts'
import { catalogue, gauge } from '../../definitions/language/metrics.ts'
import { ruleAnnotations } from '../../generators/model/rule-groups.ts'
import { runbooksOutput } from '../../generators/outputs/runbooks/runbooks.ts'
import { modelOf, smallBot } from '../fixtures/small-bot.ts'

const metrics = catalogue('tiny', {
  equity_usdt: gauge({ help: 'x', unit: usdt, initially: 0 }),
  leverage: gauge({ help: 'x', initially: 0 }),
  positions: gauge({ help: 'x', initially: 0 }),
})
const account = series(metrics)
const gross = sum(last_over_time(account.equity_usdt.over('1d')).times(account.leverage)).by('instance')
const positions = figure(last_over_time(account.positions.over('1d')), 'all')
const bot = smallBot()
const { Poor } = alerts({
  Poor: alert({
    when: account.equity_usdt.lt(usdt(100)),
    severity: 'critical',
    summary: (_, value) => text`${value} is left of ${figure(gross, '?').fixed}`,
    runbook: {
      cause: 'It is so.',
      steps: [
        act(note`Close ${positions} positions by hand, {{ of ${account.positions} }}.`),
        run('stop', note`with ${figure(gross, '?')} open`),
        check(note`the ${positions} positions`, 'are they closed?'),
      ],
    },
  }),
})
const model = modelOf({ ...bot, metrics: { ...bot.metrics, ...anyMetrics(metrics) }, alerts: [...bot.alerts, Poor] })
const [rule] = model.alerts.filter(({ name }) => name === 'Poor')
assert.ok(rule)

const asked = (query: string, value: string, otherwise: string) =>
  `{{ with query (printf "${query}" $labels.bot $labels.env $labels.instance $labels.job) }}{{ $figure := . | first | value }}${value}{{ else }}${otherwise}{{ end }}`
const labels = 'bot=%q, env=%q, instance=%q, job=%q'
const count = '{{ reReplaceAll "\\\\.?0+$" "" (printf "%.2f" $figure) }}'
const held = asked(`last_over_time(tiny_positions{${labels}}[1d])`, count, 'all')

test('a message fills in the figures of the steps, and leaves the rest of a step as it is written', () => {
  const steps = ruleAnnotations(model, rule)['steps']?.split('\n') ?? []
  assert.equal(steps[0], `1. Close ${held} positions by hand, {{ "{{" }} of tiny_positions }}.`)
  assert.match(steps[1] ?? '', /^2\. Run `stop` — with \{\{ with query \(printf "sum by \(bot, env, instance\)/)
  assert.match(steps[2] ?? '', /^3\. Check the \{\{ with query .* positions — are they closed\?$/)
})

test('a document says what each figure is', () => {
  const page = runbooksOutput(model).get('runbooks/Poor.md') ?? ''
  assert.deepEqual(
    page.split('\n').filter((line) => line.includes('‹')),
    [
      'Message: ‹value› is left of ‹tiny_equity_usdt times tiny_leverage›',
      '1. Close ‹tiny_positions› positions by hand, {{ of `tiny_positions` }}.',
      '2. Run this — with ‹tiny_equity_usdt times tiny_leverage› open',
      '1. Check the ‹tiny_positions› positions — are they closed?',
    ],
  )
})
