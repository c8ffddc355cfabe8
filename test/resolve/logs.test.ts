import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scrape } from '../../definitions/exporters/scrape.ts'
import { alert, alerts, type Bot, check, lines, series } from '../../definitions/language/index.ts'
import { flag } from '../../definitions/language/metrics.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { logsBot } from '../fixtures/logs-bot.ts'
import { modelOf, smallBot } from '../fixtures/small-bot.ts'

/** The alerts about the log that a bot gets, with their severity. */
const aboutLog = (bot: Bot): readonly string[] =>
  resolve(bot, containerTopology)
    .model.alerts.filter(({ name }) => name.startsWith('Log'))
    .map(({ name, severity }) => `${name} ${severity}`)
const { up } = series(scrape)
const runbook = { cause: 'It is so.', steps: [check('it')] } as const

test('a log that critical alerts are on is watched by critical ones, another by warnings', () => {
  const without = { ...logsBot, alerts: logsBot.alerts.filter(({ severity }) => severity !== 'critical') }
  const blind = [
    'LogStoreReadOnly',
    'LogStoreDown',
    'LogAgentDown',
    'LogEvaluatorDown',
    'LogFileUnreadable',
    'LogLinesWaiting',
    'LogRulesFailing',
    'LogAlertsNotSent',
  ]
  const severe = (bot: Bot) => aboutLog(bot).filter((found) => found.endsWith(' critical'))
  assert.deepEqual(
    severe(logsBot),
    blind.map((name) => `${name} critical`),
  )
  assert.deepEqual(severe(without), [])
  assert.equal(aboutLog(without).length, aboutLog(logsBot).length)
})

test('the runbook of each of them looks at a panel of the dashboard about the log, which makes no event count as read', () => {
  const { model, findings } = resolve({ ...logsBot, dashboards: {}, alerts: [] }, containerTopology)
  const about = model.alerts.filter(({ name }) => name.startsWith('Log'))
  assert.deepEqual([...new Set(about.map(({ panel }) => panel?.uid))], ['tb-logPipeline'])
  assert.deepEqual(
    findings.filter(({ code }) => code !== 'metric-unwatched').map(({ of, code }) => `${code}: ${of}`),
    Object.keys(logsBot.events).map((name) => `event-unread: event ${name}`),
  )
})

test('a bot without events, or without the output that stores its log, gets none of them', () => {
  assert.deepEqual(aboutLog(smallBot()), [])
  assert.deepEqual(
    modelOf(smallBot()).bot.exporters.filter(({ job }) => job.startsWith('v')),
    [],
  )
  assert.deepEqual(aboutLog({ ...logsBot, outputs: logsBot.outputs.filter((name) => name !== 'logs') }), [])
})

test('an alert of the same name in the definitions of the bot replaces one, also as what mutes others', () => {
  const { heartbeat } = logsBot.events
  assert.ok(heartbeat)
  const own = alerts({
    LogSilent: alert({
      when: lines(heartbeat).absent('1h'),
      severity: 'warning',
      summary: 'x',
      runbook,
    }),
    LogAgentDown: alert({ when: up.where({ job: 'vlagent' }).eq(flag(0)), severity: 'info', summary: 'x', runbook }),
    LogStoreDown: alert({
      when: up.where({ job: 'victoria-logs' }).eq(flag(0)),
      severity: 'critical',
      summary: 'x',
      runbook,
    }),
  })
  const replaced = { ...logsBot, alerts: [...logsBot.alerts, ...Object.values(own)] }
  const found = aboutLog(replaced)
  assert.deepEqual(
    found.filter((name) => /LogSilent|LogAgentDown|LogStoreDown/.test(name)),
    ['LogSilent warning', 'LogAgentDown info', 'LogStoreDown critical'],
  )
  assert.equal(found.length, aboutLog(logsBot).length)
  const { model, findings } = resolve(replaced, containerTopology)
  assert.deepEqual(
    findings.filter(({ code }) => code !== 'metric-unwatched'),
    [],
  )
  const waiting = model.bot.alerts.find(({ name }) => name === 'LogLinesWaiting')
  assert.ok(waiting?.mutedBy.includes(own.LogStoreDown))
  // an own alert that only informs mutes no critical one
  const { LogAgentDown } = own
  const rules = model.bot.alerts.filter(({ mutedBy }) => mutedBy.includes(LogAgentDown)).map(({ name }) => name)
  assert.deepEqual(rules, [])
})
