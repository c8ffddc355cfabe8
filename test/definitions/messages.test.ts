import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bots } from '../../definitions/index.ts'
import { stepsIn } from '../../definitions/language/runbook.ts'
import { flattenByHand } from '../../definitions/mcbot/flatten.ts'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { ruleAnnotations } from '../../generators/model/rule-groups.ts'
import { modelOf } from '../fixtures/small-bot.ts'

test('each alert about money says how to flatten without the bot', () => {
  assert.deepEqual(
    mcbot.alerts.filter(({ runbook }) => runbook.steps.includes(flattenByHand)).map(({ name }) => name),
    [
      'BotDown',
      'BotAbsent',
      'HeartbeatStale',
      'ExchangeUnreachable',
      'RestartLoop',
      'CircuitBreakerTripped',
      'TradingModeMismatch',
      'RiskCritical',
      'ExchangeBanned',
      'DrawdownSevere',
      'DrawdownCritical',
      'HighDrawdown',
      'DailyLossCritical',
      'DailyLossHigh',
      'LeverageCritical',
      'LeverageHigh',
      'MarginNearLimit',
    ],
  )
})

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

  test(`${definition.name}: a message has room for all acts of its runbook`, () => {
    const cut = model.alerts.filter((alert) => {
      const { steps = '' } = ruleAnnotations(model, alert)
      return stepsIn('act', alert.of.runbook.steps).length > 4 || steps.length > 700 || steps.includes('…')
    })
    assert.deepEqual(
      cut.map(({ name }) => name),
      [],
    )
  })
}
