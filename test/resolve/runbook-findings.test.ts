import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  act,
  alert,
  alerts,
  type Bot,
  check,
  decide,
  figure,
  note,
  percent,
  type Runbook,
  run,
  series,
  sum,
  text,
} from '../../definitions/language/index.ts'
import { anyMetrics } from '../../definitions/language/metric.ts'
import { catalogue, gauge, open } from '../../definitions/language/metrics.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { smallBot } from '../fixtures/small-bot.ts'

const bot = smallBot()
const own = series(
  catalogue('tiny', {
    drawdown_pct: gauge({ help: 'x', unit: percent, labels: { symbol: open({ max: 5 }) } }),
    errors_total: gauge({ help: 'x' }),
  }),
)
const other = series(catalogue('other', { held: gauge({ help: 'x', labels: { symbol: open({ max: 5 }) } }) }))

const found = (more: Bot['alerts'][number]) =>
  resolve({ ...bot, alerts: [...bot.alerts, more] }, containerTopology).findings.map(({ code, message, fix }) => [
    code,
    message,
    fix,
  ])
const withStep = (step: Runbook['steps'][0]) =>
  alerts({
    More: alert({
      when: sum(own.drawdown_pct).gt(percent(50)),
      severity: 'info',
      summary: 'more',
      runbook: { cause: 'It is so.', steps: [step] },
    }),
  }).More

const table: readonly (readonly [string, Runbook['steps'][0], readonly string[]])[] = [
  [
    'a step names a panel that no dashboard has',
    check('the “Queue depth” panel', 'is it growing?'),
    [
      'runbook-panel',
      'its runbook names the panel “Queue depth” in words, and no dashboard of this bot has one of that name',
      'write look(panel), which refers to it by value',
    ],
  ],
  [
    'a step names a panel in words instead of by value',
    decide('Compare it with the Drawdown panel.'),
    [
      'runbook-panel',
      'its runbook names the panel “Drawdown” in words',
      'write look(panel), which refers to it by value',
    ],
  ],
  [
    'a metric without its prefix is between backticks',
    act('Reduce `drawdown_pct`.'),
    [
      'runbook-metric',
      'its runbook mentions `drawdown_pct`, which nothing exposes',
      'the metric is tiny_drawdown_pct: insert it by value, with note',
    ],
  ],
  [
    'a note has a metric of another bot',
    act(note`Reduce ${other.held}.`),
    [
      'runbook-metric',
      'its runbook names other_held, which neither this bot nor its exporters expose',
      'refer to a metric of the bot',
    ],
  ],
  [
    'a command to run now only reads the log',
    run('docker compose logs --tail 50', 'why did it stop?'),
    [
      'runbook-step',
      'its runbook has “docker compose logs --tail 50” as a command to run now, but it only looks at something',
      'write it as check(…), with the command between backticks',
    ],
  ],
  [
    'an act only looks at something',
    act('Check the order book.'),
    [
      'runbook-step',
      'its runbook has “Check the order book.” as a step to act, but it only looks at something',
      'write it as look(panel), or as check(…) if no panel shows it',
    ],
  ],
]
for (const [name, step, expected] of table)
  test(`${name}: exactly that is reported`, () => {
    assert.deepEqual(found(withStep(step)), [expected])
  })

test('a figure of another bot, with a label that the alert does not have, is reported', () => {
  const { More } = alerts({
    More: alert({
      when: sum(own.drawdown_pct).gt(percent(50)),
      severity: 'info',
      summary: (_, value) => text`${value} with ${figure(sum(other.held).by('symbol'), '?')} held`,
      runbook: { cause: 'It is so.', steps: [act('Wait.')] },
    }),
  })
  assert.deepEqual(found(More), [
    [
      'metric-undeclared',
      'it uses other_held, which neither this bot nor its exporters expose',
      'declare it, or list its catalogue in the bot',
    ],
    [
      'summary-label',
      'the figure other_held in its texts has the label symbol, but the series of the alert have only bot, env',
      "drop the label from the figure, such as with sum(…).by('instance')",
    ],
  ])
})

test('a figure in a step is checked as one in the summary is', () => {
  const more = withStep(act(note`Close all ${figure(sum(other.held).by('symbol'), '?')}.`))
  assert.deepEqual(
    found(more).map(([code]) => code),
    ['metric-undeclared', 'summary-label'],
  )
})

test('a metric that only a figure uses counts as used', () => {
  const { held } = catalogue('tiny', { held: gauge({ help: 'x' }) })
  const metrics = { ...bot.metrics, ...anyMetrics({ held }) }
  const used = alerts({
    More: alert({
      when: sum(own.drawdown_pct).gt(percent(50)),
      severity: 'info',
      summary: () => text`${figure(sum(series({ held }).held), '?')} held`,
      runbook: { cause: 'It is so.', steps: [act('Wait.')] },
    }),
  }).More
  const codes = (all: Bot['alerts']) =>
    resolve({ ...bot, metrics, alerts: all }, containerTopology).findings.map(({ code }) => code)
  assert.deepEqual(codes([...bot.alerts, used]), [])
  assert.deepEqual(codes(bot.alerts), ['metric-unwatched'])
})

test('a term of the glossary that no text uses is reported, and one that is used under another name is not', () => {
  const glossary = {
    Drawdown: { means: 'x' },
    Cardinality: { means: 'x', also: ['series'] },
    Backpressure: { means: 'x', also: ['droppable'] },
  }
  assert.deepEqual(
    resolve({ ...bot, glossary }, containerTopology).findings.map(({ severity, of, code, message, fix }) => [
      `${severity} ${code}`,
      of,
      message,
      fix,
    ]),
    [
      [
        'warning term-unused',
        'bot tiny',
        'its glossary explains Backpressure, which no metric, alert or panel mentions',
        "remove the term, or list the words that the texts use for it in 'also'",
      ],
    ],
  )
})
