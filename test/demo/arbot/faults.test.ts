import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { arbot } from '../../../definitions/arbot/index.ts'
import { botMetrics } from '../../../definitions/arbot/metrics.ts'
import { type FaultName, faultNames, faults } from '../../../demo/arbot/faults/list.ts'
import { movedBetween } from '../moved.ts'
import { type ArbitrageLine, arbitrageLines, arbitrageRun } from './arbitrage-run.ts'

/** Steps before the fault, steps at which the two runs are compared during it, and steps after it. */
const plan = { calm: 200, on: Array.from({ length: 18 }, (_, i) => 5 + 35 * i), off: 60 } as const
/** Faults of the process or its endpoint, which no step of the simulation shows. */
const ofProcess: readonly FaultName[] = ['hang', 'metrics-endpoint', 'crash']

interface Seen {
  readonly texts: readonly string[]
  readonly lines: readonly ArbitrageLine[]
}

async function seen(turn: (run: Awaited<ReturnType<typeof arbitrageRun>>, on: boolean) => void): Promise<Seen> {
  const run = await arbitrageRun('faults')
  run.steps(plan.calm)
  turn(run, true)
  const texts: string[] = []
  let passed = 0
  for (const step of plan.on) {
    run.steps(step - passed)
    passed = step
    texts.push(await run.text())
  }
  turn(run, false)
  run.steps(plan.off)
  texts.push(await run.text())
  return { texts, lines: arbitrageLines(await run.end()) }
}

let healthy: Seen = { texts: [], lines: [] }
before(async () => {
  healthy = await seen(() => {})
})

for (const name of faultNames) {
  const { moves, writes } = faults[name]
  const changes = [...moves, ...writes].length === 0 ? 'nothing of the simulation' : 'what it says'
  test(`the fault ${name} changes ${changes}: no other metric, and no other line`, async () => {
    const ill = await seen((run, on) => run.turn(name, on))
    const moved = new Set(
      ill.texts.flatMap((text, at) => movedBetween(healthy.texts[at] as string, text, Object.values(botMetrics))),
    )
    assert.deepEqual([...moved].sort(), moves.map((key) => botMetrics[key].name).sort())
    assert.deepEqual(written(healthy.lines, ill.lines), [...writes].sort())
    assert.equal([...moves, ...writes].length === 0, ofProcess.includes(name))
  })
}

test('every fault describes itself and refers to existing alerts', () => {
  const known = new Set(arbot.alerts.map((alert) => alert.name))
  const wrong = faultNames.flatMap((name) => faults[name].trips.filter((alert) => !known.has(alert)))
  assert.deepEqual(wrong, [])
  for (const name of faultNames) assert.match(faults[name].says, /^[A-Z].*\.$/)
})

test('every alert on the bot can be tripped by some fault', () => {
  // Alerts on its watchdog, which the stage of the demo trips, and on the stack itself: no bot can make them fire.
  const ofWatchdog = ['WatchdogDown', 'BotRestarted', 'NoRestartLeft']
  const outside = ['BotAbsent', 'Watchdog', 'RuleEvaluationFailing', 'DiskAlmostFull']
  const tripped: ReadonlySet<string> = new Set(faultNames.flatMap((name) => [...faults[name].trips]))
  const alerts = arbot.alerts.map((alert) => alert.name)
  assert.deepEqual(alerts.filter((name) => !tripped.has(name)).sort(), [...ofWatchdog, ...outside].sort())
})

/** The events whose lines differ. */
function written(one: readonly ArbitrageLine[], other: readonly ArbitrageLine[]): readonly string[] {
  const ofEvent = (lines: readonly ArbitrageLine[], wanted: string) =>
    JSON.stringify(lines.filter(({ event }) => event === wanted))
  const events = new Set([...one, ...other].map(({ event }) => event))
  return [...events].filter((event) => ofEvent(one, event) !== ofEvent(other, event)).sort()
}
