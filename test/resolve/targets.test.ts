import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scrape } from '../../definitions/exporters/scrape.ts'
import { bots } from '../../definitions/index.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import {
  act,
  alert,
  alerts,
  type Condition,
  decide,
  max_over_time,
  not,
  series,
} from '../../definitions/language/index.ts'
import { flag, type TargetLabel } from '../../definitions/language/metrics.ts'
import { selectors } from '../../definitions/language/node.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { print } from '../../generators/promql/print.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { limitedBot } from '../contract/bot.ts'
import { accountsBot } from '../fixtures/accounts-bot.ts'
import { modelOf, smallBot } from '../fixtures/small-bot.ts'

const { up } = series(scrape)
const runbook = { cause: 'An example.', steps: [act('Look.')] } as const
const common = { severity: 'critical', summary: 'It is down.', runbook } as const
const withAlerts = (...more: readonly Bot['alerts'][]): Bot => ({
  ...smallBot(),
  alerts: [...smallBot().alerts, ...more.flat()],
})
const targetDown = (bot: Bot): string | null => {
  const found = modelOf(bot).alerts.find(({ name }) => name === 'TargetDown')
  return found === undefined ? null : print(found.rules[0]?.expr ?? found.of.when)
}

test('an alert on `up` covers every scrape job of every bot but the bot itself', () => {
  for (const bot of [...bots, smallBot(), limitedBot(), accountsBot()]) {
    const { jobs, alerts } = resolve(bot, containerTopology).model
    assert.ok(jobs.length >= 4)
    for (const { name, kind } of jobs) {
      if (kind === 'bot') continue
      // LogSilent only asks whether the store can know
      const others = alerts.filter((alert) => alert.name !== 'LogSilent')
      const covering = others.filter(({ rules }) =>
        rules
          .flatMap(({ expr }) => selectors(expr))
          .some(
            (selector) =>
              selector.name === 'up' &&
              selector.matchers.some(({ label, value }) => label === 'job' && new RegExp(`^(?:${value})$`).test(name)),
          ),
      )
      assert.equal(covering.length, 1, `${bot.name}: ${name}`)
    }
  }
})

test('a job without an alert of its own is covered as soon as it is scraped, such as a watchdog', () => {
  const withWatchdog: Bot = { ...smallBot(), watchdog: { port: 9101, silent: '3m' } }
  assert.equal(targetDown(smallBot()), 'up{job=~"node-exporter|prometheus|alertmanager"} == 0')
  assert.equal(targetDown(withWatchdog), 'up{job=~"tiny-watchdog|node-exporter|prometheus|alertmanager"} == 0')
})

test('a job with an alert of its own is left to that, unless it watches only some of its targets or something else', () => {
  const of = (when: Condition<TargetLabel, 'flag'>) => Object.values(alerts({ Own: alert({ ...common, when }) }))
  assert.equal(
    targetDown(withAlerts(of(up.where({ job: 'node-exporter' }).eq(flag(0))))),
    'up{job=~"prometheus|alertmanager"} == 0',
  )
  assert.equal(targetDown(withAlerts(of(up.where({ job: not('tiny') }).eq(flag(0))))), null)
  const elsewhere = { job: 'node-exporter', env: not('live') } as const
  const whereItAnswered = up
    .where(elsewhere)
    .eq(flag(0))
    .and(max_over_time(up.where(elsewhere).over('1d')).eq(flag(1)))
  assert.equal(
    targetDown(withAlerts(of(up.where({ job: 'node-exporter', env: 'live' }).eq(flag(0)).or(whereItAnswered)))),
    'up{job=~"prometheus|alertmanager"} == 0',
  )
  for (const when of [
    whereItAnswered,
    up.where({ job: 'node-exporter', env: 'live' }).eq(flag(0)),
    up.where({ job: 'node-exporter' }).eq(flag(1)),
  ])
    assert.equal(targetDown(withAlerts(of(when))), 'up{job=~"node-exporter|prometheus|alertmanager"} == 0')
})

test('its runbook names the alerts that cannot fire meanwhile', () => {
  const [mcbot] = bots
  const runbook = modelOf(mcbot as Bot).alerts.find(({ name }) => name === 'TargetDown')?.of.runbook
  assert.deepEqual(
    runbook?.steps.at(-1),
    decide(
      'Until it answers, these alerts cannot fire: DiskAlmostFull without node-exporter; RuleEvaluationFailing without prometheus.',
    ),
  )
})
