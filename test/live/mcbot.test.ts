import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { needs } from '../servers/skipped.ts'
import { healthyBot, quarterOfHour } from './healthy-bot.ts'
import { shownBy } from './panels.ts'

test('mcbot, live', async (t) => {
  if ((await needs(t, 'prometheus', 'alertmanager', 'node_exporter')) === undefined) return
  const { stage, boards } = await healthyBot(t, mcbot)
  await t.test('a label that is renamed in one panel makes exactly that panel fail', () => {
    const board = boards.find(({ file }) => file === 'execution.json')
    assert.ok(board)
    return aRenamedLabelShows(stage.prometheus.url, board.text)
  })
})

async function aRenamedLabelShows(url: string, board: string): Promise<void> {
  const renamed = board.replace('status=~\\"ack|rejected\\"', 'statuz=~\\"ack|rejected\\"')
  assert.notEqual(renamed, board)
  const failing = async (text: string) =>
    (await shownBy(url, JSON.parse(text), quarterOfHour(mcbot))).shown
      .filter((one) => one.state !== 'ok')
      .map((one) => one.panel)
  const before = await failing(board)
  assert.deepEqual(
    (await failing(renamed)).filter((panel) => !before.includes(panel)),
    ['Orders rejected, 1 h'],
  )
}
