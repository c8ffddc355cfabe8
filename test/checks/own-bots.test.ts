import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bots } from '../../definitions/index.ts'
import { runChecks } from '../../generators/checks/run.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { exampleBot } from './example-bot.ts'
import { findingLines, today } from './page.ts'

/** The checks whose findings a bot accepts. */
const accepted: Readonly<Record<string, readonly string[]>> = {
  mcbot: ['BW612', 'BW613'],
  tradingbot: ['BW613'],
  arbot: ['BW612'],
}

for (const bot of [...bots, exampleBot()])
  test(`${bot.name} has no findings and allows ${accepted[bot.name]?.join(', ') ?? 'none'}`, () => {
    const resolution = resolve(bot, containerTopology)
    assert.equal(findingLines(runChecks(resolution, today)), '')
    const { alerts, dashboards, metrics, records } = resolution.model.bot
    const panels = Object.values(dashboards).flatMap((board) => Object.values(board.panels))
    const all = [bot, ...Object.values(metrics), ...records, ...alerts, ...panels]
    assert.deepEqual(
      all.flatMap(({ allow }) => allow.map(({ check }) => check)),
      accepted[bot.name] ?? [],
    )
  })
