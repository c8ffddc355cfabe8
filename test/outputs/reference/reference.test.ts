import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { bots } from '../../../definitions/index.ts'
import type { Model } from '../../../generators/model/model.ts'
import { containerTopology } from '../../../generators/model/topology.ts'
import { referenceOutput } from '../../../generators/outputs/reference/reference.ts'
import { runbooksOutput } from '../../../generators/outputs/runbooks/runbooks.ts'
import { resolve } from '../../../generators/resolve/resolve.ts'
import { expectFolder } from '../../fixtures/expected.ts'
import { referenceBot, referenceModel } from '../../fixtures/reference-bot.ts'
import { brokenRows, deadLinks, panelPathsIn, panelPathsOf, unformattedPages } from './pages.ts'

test('the reference of a small bot, in full', () => {
  expectFolder(
    join(import.meta.dirname, 'reference-small/docs'),
    unformattedPages(referenceOutput(referenceModel), 'docs'),
  )
})

const page = (model: Model, path: string): string => referenceOutput(model).get(path) ?? ''

for (const definition of [...bots, referenceBot]) {
  const { model } = resolve(definition, containerTopology)
  const { bot } = model
  const files = referenceOutput(model)

  test(`${bot.name}: every metric, record, alert and panel is in the reference`, () => {
    const metrics = page(model, 'docs/metrics.md')
    for (const { name } of [...Object.values(bot.metrics), ...model.records])
      assert.equal(metrics.split(`\n### \`${name}\`\n`).length, 2, name)
    for (const { name } of bot.exporters.flatMap(({ metrics }) => Object.values(metrics)))
      assert.ok(metrics.includes(`| \`${name}\` |`), name)
    const alerts = page(model, 'docs/alerts.md')
    for (const { name } of bot.alerts) assert.equal(alerts.split(`| [\`${name}\`](`).length, 2, name)
    assert.deepEqual(panelPathsIn(new Map([['', page(model, 'docs/dashboards.md')]])), panelPathsOf(model))
  })

  test(`${bot.name}: no link is dead, and no cell breaks its table`, () => {
    const all = new Map([...runbooksOutput(model), ...files])
    assert.deepEqual(deadLinks(all), [])
    assert.deepEqual(brokenRows(all), [])
  })

  test(`${bot.name}: every deviation is in the table of deviations`, () => {
    const table = page(model, 'docs/deviations.md').replaceAll('\\', '')
    const deviations = [
      ...bot.deviations,
      ...Object.values(bot.metrics).map(({ deviates }) => deviates),
      ...bot.alerts.flatMap(({ deviates, runbook }) => [deviates, runbook.deviates ?? null]),
      ...Object.values(bot.dashboards).flatMap((board) => Object.values(board.panels).map(({ deviates }) => deviates)),
      ...Object.values(bot.events).map(({ deviates }) => deviates),
    ].filter((deviation) => deviation !== null)
    for (const { said, because } of deviations) assert.ok(table.includes(`| ${said} | ${because} |`), said)
  })

  test(`${bot.name}: two runs write the same bytes`, () => {
    assert.deepEqual(referenceOutput(resolve(definition, containerTopology).model), files)
  })
}

test('counts match the bot: without alerts and dashboards the pages say so', () => {
  const bare = resolve(
    // with an Alertmanager it would have the alerts about delivery
    { ...referenceBot, outputs: ['reference', 'runbooks'], alerts: [], dashboards: {}, records: [], deviations: [] },
    containerTopology,
  ).model
  assert.match(page({ ...bare, alerts: [] }, 'docs/alerts.md'), /\nThis bot has no alerts\.\n$/)
  assert.match(page(bare, 'docs/dashboards.md'), /\n0 dashboards with 0 panels\./)
  assert.doesNotMatch(page(bare, 'docs/metrics.md'), /## Recording rules/)
  assert.match(page(bare, 'docs/deviations.md'), /\n2 differences\./)
})
