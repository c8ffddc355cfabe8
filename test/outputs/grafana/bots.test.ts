import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Dashboard, Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import { bots } from '../../../definitions/index.ts'
import { selectors } from '../../../definitions/language/node.ts'
import type { Model } from '../../../generators/model/model.ts'
import { containerTopology } from '../../../generators/model/topology.ts'
import { grafanaOutput } from '../../../generators/outputs/grafana/grafana.ts'
import { parse } from '../../../generators/promql/parse.ts'
import { resolve } from '../../../generators/resolve/resolve.ts'
import { countReads, isLinear, perItem } from '../../bench/count-reads.ts'
import { grafanaModel } from '../../fixtures/grafana-bot.ts'
import { runTool, temporaryFolder, writeAll } from '../../fixtures/on-disk.ts'
import { queriesOf } from '../../live/dashboard-queries.ts'
import { fillVariables, type VariableChoices, variableQueriesOf } from '../../live/dashboard-variables.ts'
import { needs } from '../../servers/skipped.ts'

interface Target {
  readonly refId: string
  readonly expr: string
  readonly legendFormat?: string
}

const isPanel = (panel: object): panel is Panel => !('collapsed' in panel)
const panelsOf = (dashboard: Dashboard): readonly Panel[] => (dashboard.panels ?? []).filter(isPanel)
const targetsOf = (panel: Panel) => (panel.targets ?? []) as unknown as readonly Target[]

const model = grafanaModel()

const here: VariableChoices = {
  from: 1_700_000_000,
  to: 1_700_003_600,
  points: 360,
  interval: '10s',
  values: {
    env: 'paper',
    instance: ['127.0.0.1:8000', 'b:1'],
    symbol: '$__all',
    strategy: '$__all',
    source: '$__all',
    exchange: '$__all',
  },
}

for (const of of [model, ...bots.map((bot) => resolve(bot, containerTopology).model)]) {
  const dashboards = [...grafanaOutput(of).values()].map((text): Dashboard => JSON.parse(text))

  test(`${of.bot.name}: panel ids are unique in a dashboard, reference ids in a panel, uids in the bot`, () => {
    assert.equal(new Set(dashboards.map(({ uid }) => uid)).size, dashboards.length)
    for (const dashboard of dashboards) {
      const ids = (dashboard.panels ?? []).map(({ id }) => id)
      assert.equal(new Set(ids).size, ids.length, dashboard.title)
      for (const panel of panelsOf(dashboard)) {
        const refIds = targetsOf(panel).map(({ refId }) => refId)
        assert.equal(new Set(refIds).size, refIds.length, panel.title)
        if (panel.type !== 'text') assert.ok(refIds.length > 0, panel.title)
      }
    }
  })

  test(`${of.bot.name}: no legend shows a raw set of labels`, () => {
    for (const dashboard of dashboards)
      for (const panel of panelsOf(dashboard).filter(({ type }) => type !== 'logs'))
        for (const { legendFormat } of targetsOf(panel))
          assert.match(legendFormat ?? '', /^(\{\{\w+\}\}|[^{}])+$/, `${dashboard.title}/${panel.title}`)
  })

  test(`${of.bot.name}: every selector of every query matches one environment`, () => {
    for (const query of dashboards.flatMap((dashboard) => queriesOf(dashboard, here))) {
      const parsed = parse(query.expr)
      assert.ok(parsed.ok, query.expr)
      assert.ok(selectors(parsed.node).length > 0, query.expr)
      for (const { name, matchers } of selectors(parsed.node)) {
        const asked = matchers.filter(({ label }) => label === 'env').map(({ op, value }) => op + value)
        assert.deepEqual(asked, [name === 'ALERTS' ? '=~|paper' : '=paper'], `${query.panel.title}: ${query.expr}`)
      }
    }
  })

  test(`${of.bot.name}: promtool parses every query and variable once Grafana has filled it in`, async (t) => {
    const tools = await needs(t, 'promtool')
    if (tools === undefined) return
    const filledIn = dashboards.flatMap((dashboard) => queriesOf(dashboard, here))
    const variables = dashboards.flatMap((dashboard) => {
      const known = variableQueriesOf(dashboard)
      return known.map(({ match }) => fillVariables(match, known, here))
    })
    assert.deepEqual(
      [...filledIn, ...variables].flatMap(({ unfilled }) => unfilled),
      [],
    )
    const expressions = [...filledIn.map(({ expr }) => expr), ...variables.map(({ text }) => text)]
    const rules = expressions.map((expr, i) => ({ record: `q:${i}`, expr }))
    const folder = temporaryFolder(t)
    writeAll(folder, new Map([['rules.json', JSON.stringify({ groups: [{ name: 'queries', rules }] })]]))
    const { code, output } = await runTool(tools.promtool, 'check', 'rules', join(folder, 'rules.json'))
    assert.equal(code, 0, output)
    assert.match(output, new RegExp(`SUCCESS: ${expressions.length} rules found`))
  })
}

test('each further panel of a dashboard reads the model equally often, however many there are', async () => {
  const board = model.dashboards.find(({ key }) => key === 'every')
  assert.ok(board)
  const of = (sets: number): Model => {
    const panels = board.rows.flatMap((row) => row.panels)
    const many = Array.from({ length: sets }, (_, i) =>
      panels.map((panel) => ({ ...panel, id: panel.id + i * 100 })),
    ).flat()
    return { ...model, dashboards: [{ ...board, rows: [{ title: '', id: 0, panels: many }] }] }
  }
  // Complete sets of all kinds of panels, so that each further set has as many of each.
  const reads = await perItem(
    (sets) => {
      const given = countReads(of(sets))
      grafanaOutput(given.value)
      return given.reads()
    },
    [5, 10, 20],
  )
  assert.ok(isLinear(reads), `reads of a panel of each kind: ${reads.join(', then ')}`)
})
