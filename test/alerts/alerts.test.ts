import assert from 'node:assert/strict'
import { test } from 'node:test'
import { temporaryFolder } from '../fixtures/on-disk.ts'
import { needs } from '../servers/skipped.ts'
import { provenBots, unproven } from './bots.ts'
import { oneScreen, prove } from './prove.ts'

const { bots, wrong } = await provenBots()

test('every bot of definitions/index.ts has a folder of cases, and every folder is of a bot', () => {
  assert.deepEqual(wrong, [])
})

for (const of of bots) {
  const { name, bot, rules, proofs } = of

  test(`${name}: every alert has cases, and all cases are of an alert`, () => {
    assert.deepEqual(unproven(of), [])
  })

  test(`${name}: a case holds no series that its rule does not ask for`, () => {
    const stray = Object.entries(proofs).flatMap(([alert, proof]) => {
      if ('always' in proof) return []
      const asked = [rules.alerts.get(alert), ...rules.records].map((one) => one?.expr ?? '').join('\n')
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

  test(`${name}: every alert fires when and as its cases say, and is silent just short of it`, async (t) => {
    const tools = await needs(t, 'promtool')
    if (!tools) return
    const failures = await prove(tools.promtool, temporaryFolder(t), of)
    assert.ok(failures.size === 0, oneScreen(failures))
  })

  test(`${name}: what follows from a bot that is down is not told beside it`, () => {
    const own = new RegExp(`\\b${name}[_:]`)
    // what watches the contract comes with every bot and knows none of its alerts
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
