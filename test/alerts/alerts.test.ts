import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { folderFor } from '../fixtures/on-disk.ts'
import { needs } from '../servers/skipped.ts'
import { proofs } from './proofs.ts'
import { oneScreen, prove } from './prove.ts'
import { written } from './written.ts'

test('every alert of mcbot has cases, and all cases belong to an alert', () => {
  const names = [...written.alerts.keys()]
  assert.deepEqual(
    names.filter((name) => proofs[name] === undefined),
    [],
    'alerts without a case in test/alerts',
  )
  assert.deepEqual(
    Object.keys(proofs).filter((name) => !written.alerts.has(name)),
    [],
    'cases of alerts that are not there',
  )
})

test('a case has no series that its rule does not query', () => {
  const stray = Object.entries(proofs).flatMap(([name, proof]) => {
    if ('always' in proof) return []
    const rule = written.alerts.get(name)
    const asked = [rule, ...written.records].map((one) => one?.expr ?? '').join('\n')
    const given = [...Object.values(proof.silent), ...Object.values(proof.fires).map((one) => one.given), proof.healthy]
    const metrics = new Set(given.flatMap((series) => Object.keys(series)).map((series) => series.replace(/\{.*/, '')))
    return [...metrics]
      .filter((metric) => !new RegExp(`\\b${metric}\\b`).test(asked))
      .map((metric) => `${name}: ${metric}`)
  })
  assert.deepEqual(stray, [])
})

test('every alert fires when and how its cases say, and stays silent just below that', async (t) => {
  const tools = await needs(t, 'promtool')
  if (!tools) return
  const failures = await prove(tools.promtool, folderFor(t), written, proofs)
  assert.ok(failures.size === 0, oneScreen(failures))
})

test('consequences of a bot that is down are muted', () => {
  // the alerts about the contract come with every bot and know none of its own alerts
  const told = mcbot.alerts
    .filter(({ name }) => !name.startsWith('Contract'))
    .filter(({ name }) => /\bmcbot[_:]/.test(written.alerts.get(name)?.expr ?? ''))
    .filter(({ mutedBy }) => !mutedBy.some(({ name }) => name === 'BotDown'))
  assert.deepEqual(
    told.map(({ name }) => name),
    [],
  )
})
