import assert from 'node:assert/strict'
import { test } from 'node:test'
import { milliseconds } from '../../definitions/language/duration.ts'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { print } from '../../generators/promql/print.ts'

const day = 86_400_000

/** The longest time that an alert looks back or holds, in milliseconds. */
const lookBack = (alert: Pick<(typeof mcbot.alerts)[number], 'for' | 'when'>) =>
  Math.max(
    milliseconds(alert.for ?? '') ?? 0,
    ...[...print(alert.when).matchAll(/\[(\w+)\]/g)].map(([, window]) => milliseconds(window ?? '') ?? 0),
  )

test('an alert that a day decides reminds once a day, and so do the findings of the detectors', () => {
  const daily = mcbot.alerts.filter(
    ({ name, ...alert }) =>
      // a ban is known by a time, however long ago that was set
      name !== 'ExchangeBanned' && (lookBack(alert) >= day || /^(OnchainDataStale|GBM)/.test(name)),
  )
  assert.deepEqual(
    daily.map(({ name, remindEvery }) => `${name} ${remindEvery}`).sort(),
    [
      'DistributionDrift 1d',
      'DistributionDriftCritical 1d',
      'GBMDrawdownCritical 1d',
      'GBMDrawdownWarning 1d',
      'OnchainDataStale 1d',
      'OnchainFetchHighFailureRate 1d',
      'OnchainFetchSlow 1d',
      'OrderRejections 1d',
      'SlippageCostHigh 1d',
      'StructuralDecay 1d',
      'StructuralDecayWarning 1d',
    ].sort(),
  )
})

/** Which of the alerts that fire at once is notified: those that no other mutes. */
const notified = (...firing: readonly string[]) =>
  mcbot.alerts
    .filter(({ name }) => firing.includes(name))
    .filter(({ mutedBy }) => !mutedBy.some((cause) => firing.includes(cause.name)))
    .map(({ name }) => name)

for (const [worse, milder] of [
  ['DistributionDriftCritical', 'DistributionDrift'],
  ['GBMDrawdownCritical', 'GBMDrawdownWarning'],
  ['StructuralDecay', 'StructuralDecayWarning'],
  ['RejectionsInARowCritical', 'RejectionsInARow'],
] as const)
  test(`${milder} keeps firing under ${worse}, which alone is notified`, () => {
    assert.deepEqual(notified(worse, milder), [worse])
    assert.deepEqual(notified(milder), [milder])
  })
