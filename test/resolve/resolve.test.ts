import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bots } from '../../definitions/index.ts'
import { milliseconds } from '../../definitions/language/duration.ts'
import { selectors } from '../../definitions/language/node.ts'
import type { AlertRule } from '../../generators/model/model.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { print } from '../../generators/promql/print.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { otherHost } from '../fixtures/other-host.ts'

const inWords = ({ name, cooldown, remindEvery }: AlertRule) => `${name}: ${cooldown}, reminded every ${remindEvery}`

for (const bot of bots) {
  const { model, findings } = resolve(bot, containerTopology)

  test(`${bot.name}: the definitions have no finding`, () => {
    assert.deepEqual(
      findings.map((f) => `${f.of}: ${f.message}`),
      [],
    )
  })

  test(`${bot.name}: the topology changes addresses and paths, but no rule, record or panel`, () => {
    const { topology: _here, ...inContainers } = model
    const { topology: _there, ...onHost } = resolve(bot, otherHost).model
    assert.deepEqual(onHost, inContainers)
  })

  test(`${bot.name}: no critical alert delays its RESOLVED by more than five minutes`, () => {
    const critical = model.alerts.filter((a) => a.severity === 'critical')
    assert.ok(critical.length > 0, 'no alert is critical')
    assert.deepEqual(
      critical.filter(({ cooldown }) => !((milliseconds(cooldown) ?? Number.NaN) <= 300_000)).map(inWords),
      [],
    )
  })

  test(`${bot.name}: a reminder comes at a multiple of the cooldown`, () => {
    const remainder = ({ remindEvery, cooldown }: AlertRule) =>
      (milliseconds(remindEvery) ?? Number.NaN) % (milliseconds(cooldown) ?? Number.NaN)
    assert.deepEqual(model.alerts.filter((alert) => remainder(alert) !== 0).map(inWords), [])
  })

  test(`${bot.name}: an alert on the bot's own series keeps firing for longer than it takes to notify of its absence`, () => {
    const down = model.alerts.find((a) => a.name === 'BotDown')
    const told =
      (milliseconds(down?.rules[0]?.for ?? '0s') ?? 0) +
      2 * ((milliseconds(bot.stack.scrape.bot) ?? 0) + (milliseconds(bot.stack.evaluate) ?? 0))
    const own = model.alerts.filter(
      ({ of }) => of.of === 'condition' && selectors(of.when).some((s) => s.name.startsWith(`${bot.name}_`)),
    )
    assert.ok(own.length > 0, 'no alert is on its own series')
    for (const { name, keepFiringFor } of own)
      assert.ok(
        (milliseconds(keepFiringFor ?? '0s') ?? 0) > told,
        `${name} keeps firing for ${keepFiringFor}, BotDown needs ${told / 1000} s`,
      )
  })

  test(`${bot.name}: an absence has one rule per environment, which names bot, env and job`, () => {
    const absent = model.alerts.filter((a) => a.of.of === 'absence').flatMap((a) => a.rules)
    assert.deepEqual(
      absent.map((rule) => `${rule.env}: ${print(rule.expr)}`),
      Object.keys(bot.environments).map(
        (env) => `${env}: absent(up{bot="${bot.name}", env="${env}", job="${bot.name}"})`,
      ),
    )
  })

  test(`${bot.name}: panels never overlap, and ids are unique`, () => {
    for (const board of model.dashboards) {
      const taken = new Set<string>()
      const ids = board.rows.flatMap((row) => [row.id, ...row.panels.map((p) => p.id)])
      assert.equal(new Set(ids).size, ids.length, board.title)
      for (const panel of board.rows.flatMap((row) => row.panels)) {
        assert.ok(panel.x + panel.width <= 24, `${board.title}/${panel.of.title} leaves the grid`)
        for (let x = panel.x; x < panel.x + panel.width; x++)
          for (let y = panel.y; y < panel.y + panel.height; y++) {
            assert.ok(!taken.has(`${x},${y}`), `${board.title}/${panel.of.title} lies on another panel`)
            taken.add(`${x},${y}`)
          }
      }
    }
  })
}
