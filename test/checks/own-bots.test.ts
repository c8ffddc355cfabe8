import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bots } from '../../definitions/index.ts'
import { checked } from '../../generators/checks/run.ts'
import { container } from '../../generators/model/places.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { exampleBot } from './example-bot.ts'
import { today, told } from './page.ts'

for (const bot of [...bots, exampleBot()])
  test(`${bot.name} has no findings and allows none`, () => {
    const resolved = resolve(bot, container)
    assert.equal(told(checked(resolved, today)), '')
    const { alerts, dashboards, metrics, records } = resolved.model.bot
    const panels = Object.values(dashboards).flatMap((board) => Object.values(board.panels))
    const all = [bot, ...Object.values(metrics), ...records, ...alerts, ...panels]
    assert.deepEqual(
      all.flatMap(({ allow }) => allow),
      [],
    )
  })
