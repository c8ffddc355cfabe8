import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { tradingbot } from '../../definitions/tradingbot/index.ts'
import { withPluginVariables } from '../fixtures/plugin-variables.ts'
import { needs } from '../servers/skipped.ts'
import { healthyBot } from './healthy-bot.ts'
import { ask } from './logs/store.ts'

const programs = ['prometheus', 'alertmanager', 'node_exporter', 'victoria-logs', 'vlagent', 'vmalert'] as const

/** Panels that are empty while all is well. */
const quiet = [
  'API errors by kind, 5 minutes',
  'Failed orders by reason, 5 minutes',
  'Lines by event, 5 minutes',
  'Warnings and errors',
]

test('tradingbot, live', async (t) => {
  if ((await needs(t, ...programs)) === undefined) return
  const { stage, boards } = await healthyBot(t, tradingbot)
  const store = stage.victoriaLogs?.url
  assert.ok(store !== undefined)
  for (const { file, text } of boards)
    await t.test(`${file}: every query of the log returns lines, or its panel says what empty means`, async () => {
      const empty: string[] = []
      for (const { panel, expr, emptyMeans } of logQueriesOf(text)) {
        const lines = await ask(
          store,
          `_time:15m ${withPluginVariables(expr, { env: 'paper', instance: '.*', symbol: '.*' })}`,
        )
        if (lines.length > 0) continue
        assert.ok(emptyMeans !== undefined, `${panel}: ${expr}`)
        empty.push(panel)
      }
      assert.deepEqual(
        empty.filter((panel) => !quiet.includes(panel)),
        [],
      )
    })
})

const targets = z.array(
  z.object({ expr: z.string().default(''), datasource: z.object({ type: z.string() }).optional() }),
)
const panel = z.object({
  title: z.string().default(''),
  targets: targets.default([]),
  fieldConfig: z.object({ defaults: z.object({ noValue: z.string().optional() }) }).optional(),
})
const dashboard = z.object({ panels: z.array(panel.extend({ panels: z.array(panel).default([]) })) })

/** The queries of a dashboard that the store answers, with the title of their panel. */
function logQueriesOf(board: string) {
  const panels = dashboard.parse(JSON.parse(board)).panels.flatMap((one) => [one, ...one.panels])
  return panels.flatMap(({ title, targets: asked, fieldConfig }) =>
    asked
      .filter(({ datasource }) => datasource?.type === 'victoriametrics-logs-datasource')
      .map(({ expr }) => ({ panel: title, expr, emptyMeans: fieldConfig?.defaults.noValue })),
  )
}
