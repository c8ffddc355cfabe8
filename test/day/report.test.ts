import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scenario } from '../../definitions/language/scenario.ts'
import { temporaryFolder } from '../fixtures/on-disk.ts'
import { smallBot } from '../fixtures/small-bot.ts'
import { needs } from '../servers/skipped.ts'
import { budgetProblem, type Play } from './play.ts'

const bot = smallBot()
const [down] = bot.alerts
const fallen = (percent: number) =>
  new Map(['BTC', 'ETH'].map((symbol) => [`tiny_drawdown_pct{symbol="${symbol}"}`, percent]))
const minutes = <Row>(count: number, row: Row) => Array.from({ length: 6 * count }, () => row)

/** The bot loses, is away for five minutes, and has recovered when it is back. */
const play: Play = async ({ scraped }) => {
  for (const row of [
    ...minutes(5, fallen(0)),
    ...minutes(10, fallen(12)),
    ...minutes(5, null),
    ...minutes(60, fallen(0)),
  ])
    await scraped(row)
  return []
}

test('a budget that is not kept is reported with all messages', async (t) => {
  const tools = await needs(t, 'prometheus', 'promtool')
  if (!tools || down === undefined) return
  const absence = scenario({
    title: 'Away',
    happens: 'The bot is away after a loss.',
    lasts: '5m',
    budget: { messages: 3, critical: 1, first: { of: [down], within: '60s' }, reports: [down] },
  })
  const problem = await budgetProblem(bot, absence, play, { ...tools, folder: temporaryFolder(t) })
  assert.equal(
    problem,
    `tiny (paper), Away:
  4 messages on discord-paper, at most 3 expected
  2 critical messages on discord-paper, at most 1 expected
  the first message is about HighDrawdown, expected BotDown
  0:06:02 discord-paper FIRING warning HighDrawdown: BTC is 12 % below its peak, {{so far}} (and 1 more)
  0:16:16 discord-paper FIRING critical BotDown: tiny (paper) does not answer
  0:20:19 discord-paper RESOLVED warning HighDrawdown: BTC is 12 % below its peak, {{so far}} (and 1 more)
  0:20:19 discord-paper RESOLVED critical BotDown: tiny (paper) does not answer`,
  )
})

test('a budget that is kept is no problem', async (t) => {
  const tools = await needs(t, 'prometheus', 'promtool')
  if (!tools || down === undefined) return
  const absence = scenario({
    title: 'Away',
    happens: 'The bot is away after a loss.',
    lasts: '5m',
    budget: { messages: 5, reports: [down] },
  })
  const stage = { ...tools, folder: temporaryFolder(t) }
  assert.equal(await budgetProblem(bot, absence, play, stage), null)
})
