import assert from 'node:assert/strict'
import { test } from 'node:test'
import { container } from '../../generators/model/places.ts'
import { generatedFiles } from '../../generators/outputs/outputs.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { counted } from './counted.ts'
import { synthetic } from './synthetic.ts'

// No clock: what grows with the square of the rules or panels reads the definitions as often, and reads can be counted.

/** How much more each further item may read in the larger half than in the smaller: what is linear gives 1. */
const tolerance = 1.02
const sizes = [100, 200, 400] as const

/** What an item reads between the first and second size, and between the second and third. */
async function perItem(readsOf: (size: number) => Promise<number>): Promise<readonly [number, number]> {
  const [a, b, c] = [await readsOf(sizes[0]), await readsOf(sizes[1]), await readsOf(sizes[2])]
  return [(b - a) / (sizes[1] - sizes[0]), (c - b) / (sizes[2] - sizes[1])]
}

const isLinear = ([smaller, larger]: readonly [number, number]) => smaller > 10 && larger <= smaller * tolerance

test('resolving a bot reads each definition equally often, however many there are', async () => {
  const reads = await perItem(async (size) => {
    const bot = counted(synthetic(size))
    assert.deepEqual(resolve(bot.value, container).findings, [])
    return bot.reads()
  })
  assert.ok(isLinear(reads), `reads of an item: ${reads.join(', then ')}`)
})

test('all outputs together read each rule and panel equally often, however many there are', async () => {
  const reads = await perItem(async (size) => {
    const model = counted(resolve(synthetic(size), container).model)
    assert.ok((await generatedFiles(model.value)).size > 10)
    return model.reads()
  })
  assert.ok(isLinear(reads), `reads of an item: ${reads.join(', then ')}`)
})

test('a search through all alerts for each panel is seen', async () => {
  const reads = await perItem(async (size) => {
    const bot = counted(synthetic(size))
    resolve(bot.value, container)
    const { alerts, dashboards } = bot.value
    for (const board of Object.values(dashboards))
      for (const panel of Object.values(board.panels)) alerts.find((alert) => alert.name === panel.title)
    return bot.reads()
  })
  assert.ok(!isLinear(reads), `reads of an item: ${reads.join(', then ')}`)
})
