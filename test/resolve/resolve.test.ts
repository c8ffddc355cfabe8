import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bots } from '../../definitions/index.ts'
import { milliseconds } from '../../definitions/language/duration.ts'
import { selectors } from '../../definitions/language/node.ts'
import { container } from '../../generators/model/places.ts'
import { print } from '../../generators/promql/print.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { elsewhere } from '../fixtures/elsewhere.ts'

for (const bot of bots) {
  const { model, findings } = resolve(bot, container)

  test(`${bot.name}: the definitions have no finding`, () => {
    assert.deepEqual(
      findings.map((f) => `${f.of}: ${f.message}`),
      [],
    )
  })

  test(`${bot.name}: the topology changes addresses and paths, but no rule, record or panel`, () => {
    const { places: _here, ...inContainers } = model
    const { places: _there, ...onHost } = resolve(bot, elsewhere).model
    assert.deepEqual(onHost, inContainers)
  })

  test(`${bot.name}: no critical alert delays its RESOLVED by more than five minutes`, () => {
    for (const alert of model.alerts.filter((a) => a.severity === 'critical'))
      assert.ok((milliseconds(alert.cooldown) ?? 0) <= 300_000, alert.name)
  })

  test(`${bot.name}: a reminder comes at a multiple of the cooldown`, () => {
    for (const alert of model.alerts)
      assert.equal((milliseconds(alert.remindEvery) ?? 1) % (milliseconds(alert.cooldown) ?? 1), 0, alert.name)
  })

  test(`${bot.name}: an alert on the bot's own series keeps firing for longer than it takes to notify of its absence`, () => {
    const down = model.alerts.find((a) => a.name === 'BotDown')
    const told =
      (milliseconds(down?.rules[0]?.for ?? '0s') ?? 0) +
      2 * ((milliseconds(bot.stack.scrape.bot) ?? 0) + (milliseconds(bot.stack.evaluate) ?? 0))
    for (const alert of model.alerts)
      if (alert.of.of === 'condition' && selectors(alert.of.when).some((s) => s.name.startsWith(`${bot.name}_`)))
        assert.ok(
          (milliseconds(alert.keepFiringFor ?? '0s') ?? 0) > told,
          `${alert.name} keeps firing for ${alert.keepFiringFor}, BotDown needs ${told / 1000} s`,
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
