import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { botMetrics } from '../../definitions/mcbot/metrics.ts'
import { faultNames, faults } from '../../demo/mcbot/faults/list.ts'
import { movedBetween } from './moved.ts'
import { paperRun } from './paper-run.ts'

/** Steps before the fault, steps at which the two runs are compared during it, and steps after it. */
const plan = { calm: 20, on: [5, 120, 595], off: 40 } as const

async function texts(turn: (run: ReturnType<typeof paperRun>, on: boolean) => void): Promise<readonly string[]> {
  const run = paperRun('faults')
  run.steps(plan.calm)
  turn(run, true)
  const seen: string[] = []
  let passed = 0
  for (const step of plan.on) {
    run.steps(step - passed)
    passed = step
    seen.push(await run.text())
  }
  turn(run, false)
  run.steps(plan.off)
  return [...seen, await run.text()]
}

let healthy: readonly string[] = []
before(async () => {
  healthy = await texts(() => {})
})

for (const name of faultNames)
  test(`the fault ${name} changes ${faults[name].moves.join(', ') || 'no metric of the simulation'}, and nothing else`, async () => {
    const ill = await texts((run, on) => run.turn(name, on))
    const moved = new Set(
      ill.flatMap((text, at) => movedBetween(healthy[at] as string, text, Object.values(botMetrics))),
    )
    assert.deepEqual([...moved].sort(), faults[name].moves.map((key) => botMetrics[key].name).sort())
  })

test('every fault describes itself and refers to existing alerts', () => {
  const known = new Set(mcbot.alerts.map((alert) => alert.name))
  const wrong = faultNames.flatMap((name) => faults[name].trips.filter((alert) => !known.has(alert)))
  assert.deepEqual(wrong, [])
  for (const name of faultNames) assert.match(faults[name].says, /^[A-Z].*\.$/)
})

test('every alert on the bot can be tripped by some fault', () => {
  // Alerts on the stack itself: no bot can make them fire.
  const outside = ['BotAbsent', 'Watchdog', 'RuleEvaluationFailing', 'DiskAlmostFull']
  const tripped: ReadonlySet<string> = new Set(faultNames.flatMap((name) => [...faults[name].trips]))
  const alerts = mcbot.alerts.map((alert) => alert.name)
  assert.deepEqual(alerts.filter((name) => !tripped.has(name)).sort(), outside.sort())
})
