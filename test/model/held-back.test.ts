import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heldBack } from '../../generators/model/held-back.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { logsBot } from '../fixtures/logs-bot.ts'

test('while a bot warms up, the absence of its lines is held back, and lines that it does write are not', () => {
  const held = new Set(heldBack(resolve(logsBot, containerTopology).model).map(({ name }) => name))
  const onLines = logsBot.alerts.filter(({ of }) => of === 'logs').map(({ name }) => [name, held.has(name)])
  assert.deepEqual(onLines, [
    ['OrdersFailing', false],
    ['FillsSlow', false],
    ['NoHeartbeat', true],
  ])
})
