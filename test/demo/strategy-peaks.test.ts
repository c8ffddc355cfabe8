import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { capital, strategies } from '../../demo/mcbot/setting.ts'
import { temporaryFolder } from '../fixtures/on-disk.ts'
import { paperRun } from './paper-run.ts'

type Run = ReturnType<typeof paperRun>

/** A figure of each strategy, in their order. */
async function figures(run: Run, name: string): Promise<readonly number[]> {
  const samples = await run.samples()
  return strategies.map((strategy) => samples.get(`mcbot_strategy_${name}{strategy="${strategy}"}`) as number)
}

test('a restart leaves the drawdown of each strategy as it is, and its peak is still the one before', async (t) => {
  const state = temporaryFolder(t)
  const started = () => paperRun('restart', undefined, 'strict', undefined, { state })
  const before = started()
  before.steps(3000)
  const [drawdowns, profits] = [await figures(before, 'drawdown_pct'), await figures(before, 'pnl_usdt')]
  assert.ok(drawdowns.every((percent) => percent > 0))
  await before.end()

  const after = started()
  t.after(after.end)
  assert.deepEqual(await figures(after, 'drawdown_pct'), drawdowns)
  const peaks = strategies.map(
    (strategy) => JSON.parse(readFileSync(join(state, `peak-strategy-${strategy}.json`), 'utf8')).peak as number,
  )
  after.steps(20)
  const gained = await figures(after, 'pnl_usdt')
  const worth = strategies.map((_, i) => capital + ((profits[i] as number) + (gained[i] as number)))
  assert.deepEqual(
    await figures(after, 'drawdown_pct'),
    peaks.map((peak, i) => ((peak - (worth[i] as number)) / peak) * 100),
  )
})

test('a bot without a folder for its state begins new peaks', async (t) => {
  const run = paperRun('restart')
  t.after(run.end)
  assert.deepEqual(
    await figures(run, 'drawdown_pct'),
    strategies.map(() => 0),
  )
})
