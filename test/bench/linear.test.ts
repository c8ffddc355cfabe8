import assert from 'node:assert/strict'
import { test } from 'node:test'
import { containerTopology } from '../../generators/model/topology.ts'
import { generatedFiles } from '../../generators/outputs/outputs.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { countReads, isLinear, perItem } from './count-reads.ts'
import { synthetic } from './synthetic.ts'

// No clock: an algorithm that is quadratic in rules or panels also reads the definitions that often, and reads can be counted.

test('resolving a bot reads each definition equally often, however many there are', async () => {
  const reads = await perItem(async (size) => {
    const bot = countReads(synthetic(size))
    assert.deepEqual(resolve(bot.value, containerTopology).findings, [])
    return bot.reads()
  })
  assert.ok(isLinear(reads), `reads of an item: ${reads.join(', then ')}`)
})

test('all outputs together read each rule and panel equally often, however many there are', async () => {
  const reads = await perItem(async (size) => {
    const model = countReads(resolve(synthetic(size), containerTopology).model)
    assert.ok((await generatedFiles(model.value)).size > 10)
    return model.reads()
  })
  assert.ok(isLinear(reads), `reads of an item: ${reads.join(', then ')}`)
})

test('a search through all alerts for each panel is detected', async () => {
  const reads = await perItem(async (size) => {
    const bot = countReads(synthetic(size))
    resolve(bot.value, containerTopology)
    const { alerts, dashboards } = bot.value
    for (const board of Object.values(dashboards))
      for (const panel of Object.values(board.panels)) alerts.find((alert) => alert.name === panel.title)
    return bot.reads()
  })
  assert.ok(!isLinear(reads), `reads of an item: ${reads.join(', then ')}`)
})
