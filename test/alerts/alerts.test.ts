import assert from 'node:assert/strict'
import { test } from 'node:test'
import { temporaryFolder } from '../fixtures/on-disk.ts'
import { needs } from '../servers/skipped.ts'
import { provenBots, unproven } from './bots.ts'
import { oneScreen, prove } from './prove.ts'

const { bots, wrong } = await provenBots()

test('every bot in definitions/index.ts has a folder of cases, and every folder belongs to a bot', () => {
  assert.deepEqual(wrong, [])
})

for (const of of bots) {
  const { name, bot, rules, proofs } = of

  test(`${name}: every alert has cases, and all cases belong to an alert`, () => {
    assert.deepEqual(unproven(of), [])
  })

  test(`${name}: no case has a series that its rule does not use`, () => {
    const stray = Object.entries(proofs).flatMap(([alert, proof]) => {
      if ('always' in proof) return []
      const asked = [
        rules.alerts.get(alert)?.annotations?.['summary'],
        ...[rules.alerts.get(alert), ...rules.records].map((one) => one?.expr),
      ].join('\n')
      const given = [
        ...Object.values(proof.silent),
        ...Object.values(proof.fires).map((one) => one.given),
        proof.healthy,
      ]
      const metrics = new Set(
        given.flatMap((series) => Object.keys(series)).map((series) => series.replace(/\{.*/, '')),
      )
      return [...metrics]
        .filter((metric) => !new RegExp(`\\b${metric}\\b`).test(asked))
        .map((metric) => `${alert}: ${metric}`)
    })
    assert.deepEqual(stray, [])
  })

  test(`${name}: every alert fires exactly as its cases say, and stays silent just below its condition`, async (t) => {
    const tools = await needs(t, 'promtool')
    if (!tools) return
    const failures = await prove(tools.promtool, temporaryFolder(t), of)
    assert.ok(failures.size === 0, oneScreen(failures))
  })

  test(`${name}: BotDown mutes every alert that a bot that is down causes`, () => {
    const own = new RegExp(`\\b${name}[_:]`)
    // the alerts on the contract come with every bot and know none of its own alerts
    const told = bot.alerts
      .filter((alert) => !alert.name.startsWith('Contract'))
      .filter((alert) => own.test(rules.alerts.get(alert.name)?.expr ?? ''))
      .filter(({ mutedBy }) => !mutedBy.some((cause) => cause.name === 'BotDown'))
    assert.deepEqual(
      told.map((alert) => alert.name),
      [],
    )
  })
}
