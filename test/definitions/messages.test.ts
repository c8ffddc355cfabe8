import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bots } from '../../definitions/index.ts'
import { isConstant, type Node } from '../../definitions/language/node.ts'
import { stepsIn } from '../../definitions/language/runbook.ts'
import { flattenByHand } from '../../definitions/mcbot/flatten.ts'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { ruleAnnotations } from '../../generators/model/rule-groups.ts'
import { print } from '../../generators/promql/print.ts'
import { modelOf } from '../fixtures/small-bot.ts'

test('each alert about money says how to flatten without the bot', () => {
  assert.deepEqual(
    mcbot.alerts.filter(({ runbook }) => runbook.steps.includes(flattenByHand)).map(({ name }) => name),
    [
      'BotDown',
      'BotAbsent',
      'HeartbeatStale',
      'ExchangeUnreachable',
      'CircuitBreakerTripped',
      'CircuitBreakerTrippedBriefly',
      'RestartLoop',
      'TradingModeMismatch',
      'RiskCritical',
      'ExchangeBanned',
      'APIUnhealthy',
      'RejectionsInARowCritical',
      'DrawdownSevere',
      'DrawdownCritical',
      'HighDrawdown',
      'DailyLossCritical',
      'DailyLossHigh',
      'LeverageCritical',
      'LeverageHigh',
      'LiquidationImminent',
      'LiquidationCritical',
      'LiquidationNear',
      'MarginRatioCritical',
      'MarginRatioHigh',
      'MarginNearLimit',
    ],
  )
})

/** Alerts on states and on single events, whose value says nothing. */
const withoutFigure: readonly string[] = [
  'ExchangeUnreachable',
  'NoRestartLeft',
  'StructuralDecayWarning',
  'GBMDrawdownCritical',
  'GBMDrawdownWarning',
  'LogFileUnreadable',
]

/** Whether what an alert is about is compared with a number other than 0, and is not a state. */
function hasLimit(node: Node): boolean {
  if (node.kind !== 'binary') return false
  if (node.op === 'and' || node.op === 'or' || node.op === 'unless') return hasLimit(node.left)
  return /^[<>]=?$/.test(node.op) && isConstant(node.right) && print(node.right) !== '0'
}

/** The steps of a message, with a long figure in the place of each. */
const filledIn = (steps: string) => steps.replace(/\{\{ with query .*?\{\{ end \}\}/g, '-1234567890.00 USDT')

for (const definition of bots) {
  const model = modelOf(definition)

  test(`${definition.name}: no summary repeats the bot or the environment, which each message says`, () => {
    const repeating = model.alerts.filter(({ of, summary }) =>
      summary.text.some(
        (part) =>
          typeof part !== 'string' &&
          part.from === 'label' &&
          // what it compares with the environment is what this one is about
          (part.name === 'bot' || (part.name === 'env' && of.name !== 'TradingModeMismatch')),
      ),
    )
    assert.deepEqual(
      repeating.map(({ name }) => name),
      [],
    )
  })

  test(`${definition.name}: a summary says the value and the limit of what the alert compares`, () => {
    const silent = model.alerts.filter(({ of, summary }) => {
      const words = summary.text.filter((part) => typeof part === 'string').join('')
      const isSaid = summary.text.some((part) => typeof part !== 'string' && part.from === 'value')
      return of.of === 'condition' && hasLimit(of.when) && !(isSaid && /\b(?:limit|above|more than)\b/.test(words))
    })
    assert.deepEqual(
      silent.map(({ name }) => name),
      withoutFigure.filter((name) => model.alerts.some((alert) => alert.name === name)),
    )
  })

  test(`${definition.name}: a message has room for all acts of its runbook`, () => {
    const cut = model.alerts.filter((alert) => {
      const steps = filledIn(ruleAnnotations(model, alert)['steps'] ?? '')
      return stepsIn('act', alert.of.runbook.steps).length > 4 || steps.length > 700 || steps.includes('…')
    })
    assert.deepEqual(
      cut.map(({ name }) => name),
      [],
    )
  })
}
