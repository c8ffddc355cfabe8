import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { tradingbot } from '../../../definitions/tradingbot/index.ts'
import { rulesOutput } from '../../../generators/outputs/prometheus/rules.ts'
import { runTool, temporaryFolder, writeAll } from '../../fixtures/on-disk.ts'
import { modelOf } from '../../fixtures/small-bot.ts'
import { needs } from '../../servers/skipped.ts'

const labels = 'job="tradingbot-watchdog",bot="tradingbot",env="live",instance="one"'
const restarts = (reason: string, values: string) => ({
  series: `botwatch_watchdog_restarts_total{${labels},reason="${reason}"}`,
  values,
})
/** The alerts with a name that fire at a time, by their labels. */
const at = (alertname: string, eval_time: string, exp_samples: readonly { labels: string; value: number }[]) => ({
  expr: `ALERTS{alertname="${alertname}",alertstate="firing"}`,
  eval_time,
  exp_samples,
})
const fires = (alertname: string, time: string, severity: string, more: string) =>
  at(alertname, time, [
    {
      labels: `ALERTS{alertname="${alertname}",alertstate="firing",bot="tradingbot",env="live",severity="${severity}",${more}}`,
      value: 1,
    },
  ])
const silent = (alertname: string, time: string) => at(alertname, time, [])
const one = 'instance="one",job="tradingbot-watchdog"'

const cases = [
  {
    name: 'a watchdog that is down, for two minutes and not before',
    input_series: [{ series: `up{${labels}}`, values: '1x2 0x20' }],
    promql_expr_test: [silent('WatchdogDown', '4m45s'), fires('WatchdogDown', '5m', 'critical', one)],
  },
  {
    name: 'a bot that is silent for more than a minute',
    input_series: [{ series: `botwatch_watchdog_beat_age_seconds{${labels}}`, values: '5 60 61 5' }],
    promql_expr_test: [silent('BotSilent', '1m'), fires('BotSilent', '2m', 'warning', one)],
  },
  {
    name: 'a restart, with its reason, until a quarter of an hour after it',
    input_series: [restarts('ended', '0x4 1x30'), restarts('silent', '0x34')],
    promql_expr_test: [
      silent('BotRestarted', '4m'),
      fires('BotRestarted', '6m', 'warning', 'reason="ended"'),
      silent('BotRestarted', '25m'),
    ],
  },
  {
    name: 'the last restart is used up',
    input_series: [{ series: `botwatch_watchdog_restarts_left{${labels}}`, values: '3 1 0 3x20' }],
    promql_expr_test: [silent('NoRestartLeft', '1m'), fires('NoRestartLeft', '2m', 'critical', one)],
  },
]

for (const { name, input_series, promql_expr_test } of cases)
  test(`the alerts about the watchdog detect ${name}`, async (t) => {
    const tools = await needs(t, 'promtool')
    if (!tools) return
    const folder = temporaryFolder(t)
    writeAll(folder, rulesOutput(modelOf(tradingbot)))
    const file = join(folder, 'prometheus/tests.yml')
    const tests = {
      rule_files: ['alerts.yml'],
      evaluation_interval: '15s',
      tests: [{ interval: '1m', input_series, promql_expr_test }],
    }
    writeFileSync(file, JSON.stringify(tests))
    const { code, output } = await runTool(tools.promtool, 'test', 'rules', '--ignore-unknown-fields', file)
    const wrong = output.split('\n').filter((line) => /exp:|got:|err/i.test(line))
    assert.equal(code, 0, `${wrong.join('\n')}\n${output}`)
  })
