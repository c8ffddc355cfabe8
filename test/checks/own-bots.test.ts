import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bots } from '../../definitions/index.ts'
import { checked } from '../../generators/checks/run.ts'
import { container } from '../../generators/model/places.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { exampleBot } from './example-bot.ts'
import { today, told } from './page.ts'

for (const bot of [...bots, exampleBot()])
  test(`nothing is found in ${bot.name}, and nothing in it is let stand`, () => {
    assert.equal(told(checked(resolve(bot, container), today)), '')
    const panels = Object.values(bot.dashboards).flatMap((board) => Object.values(board.panels))
    const all = [bot, ...Object.values(bot.metrics), ...bot.records, ...bot.alerts, ...panels]
    assert.deepEqual(
      all.flatMap(({ allow }) => allow),
      [],
    )
  })
