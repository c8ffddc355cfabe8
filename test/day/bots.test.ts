import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bot } from '../../definitions/language/bot.ts'
import { scenario } from '../../definitions/language/scenario.ts'
import { referenceOutput } from '../../generators/outputs/reference/reference.ts'
import { temporaryFolder, writeAll } from '../fixtures/on-disk.ts'
import { modelOf, smallBot } from '../fixtures/small-bot.ts'
import { needs } from '../servers/skipped.ts'
import { playedScenarios } from './bots.ts'
import { budgetProblem } from './play.ts'

const away = scenario({
  title: 'Away',
  happens: 'The bot is away for five minutes.',
  lasts: '5m',
  budget: { messages: 2, reports: smallBot().alerts.filter(({ name }) => name === 'BotDown') },
})
const withScenarios = (scenarios: Bot['scenarios']): Bot => ({ ...smallBot(), scenarios })

/** A play needs no paper bot: any scrapes will do. */
const plays = `
  const scrapes = (count, one) => Array.from({ length: count }, () => one)
  const healthy = new Map([['tiny_drawdown_pct{symbol="BTC"}', 1], ['tiny_errors_total', 0]])
  export const plays = {
    away: async ({ scraped, every }) => {
      const minute = 60 / every
      for (const one of [...scrapes(5 * minute, healthy), ...scrapes(5 * minute, null), ...scrapes(15 * minute, healthy)])
        await scraped(one)
      return []
    },
  }
`

test('any bot with scenarios is played from the folder of its name, and its docs list them', async (t) => {
  const tools = await needs(t, 'prometheus', 'promtool')
  if (!tools) return
  const [folder, stage] = [temporaryFolder(t), temporaryFolder(t)]
  writeAll(folder, new Map([['tiny/plays.ts', plays]]))
  const bot = withScenarios({ away })
  const { played, wrong } = await playedScenarios([bot], folder)
  assert.deepEqual(wrong, [])
  for (const one of played)
    assert.equal(await budgetProblem(bot, one.scenario, one.play, { ...tools, folder: stage }), null)
  const page = referenceOutput(modelOf(bot)).get('docs/scenarios.md')?.split('\n')
  assert.deepEqual(page?.slice(-2), [
    '| Away | The bot is away for five minutes. | 5 minutes | 2 | 2 | Reported: [`BotDown`](../runbooks/BotDown.md). |',
    '',
  ])
})

test('scenarios without a play and plays without a scenario are reported', async (t) => {
  const folder = temporaryFolder(t)
  writeAll(
    folder,
    new Map([
      ['tiny/plays.ts', plays],
      ['gone/plays.ts', plays],
    ]),
  )
  const { wrong } = await playedScenarios([withScenarios({ night: away }), { ...smallBot(), name: 'bare' }], folder)
  assert.deepEqual(wrong, [
    'test/day/gone has plays, but no bot has this name: add gone to definitions/index.ts, or remove the folder',
    'tiny: nothing plays night: add it to `plays`, which test/day/tiny/plays.ts exports',
    'tiny: test/day/tiny/plays.ts plays away, which is not one of its scenarios: rename or remove it',
    'bare has no scenarios: add definitions/bare/scenarios.ts, and `scenarios` to its `bot`',
  ])
})
