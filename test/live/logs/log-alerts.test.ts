import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { logDefinitions } from '../../../definitions/logs/index.ts'
import { print } from '../../../generators/promql/print.ts'
import { logsBot } from '../../fixtures/logs-bot.ts'
import { needs } from '../../servers/skipped.ts'
import { instant, until } from '../prometheus-api.ts'
import { startWatchedLog } from './watched-log.ts'

// The conditions of the alerts on the log, on what the real programs expose.

const programs = ['prometheus', 'victoria-logs', 'vlagent', 'vmalert'] as const
const of = { bot: 'tb', env: 'paper' }

test('the real programs expose every metric that the alerts and panels ask for, with its labels, and no condition is true while all is well', async (t) => {
  if ((await needs(t, ...programs)) === undefined) return
  const { startStore, write, prometheus, trueFor } = await startWatchedLog(t, logsBot)
  await startStore()
  write({ level: 'info', seq: 1 })
  const { exporters, alerts, dashboard } = logDefinitions({ job: 'tb', blind: 'warning' })
  for (const { job, metrics } of exporters)
    for (const { name, labels } of Object.values(metrics)) {
      const found = await until(`${job} exposes ${name}`, 30_000, async () => {
        const series = await instant(prometheus, `${name}{job="${job}"}`)
        return series.length > 0 ? series : null
      })
      const { __name__: _, bot: _bot, env: _env, instance: _instance, job: _job, ...own } = found[0]?.metric ?? {}
      assert.deepEqual(Object.keys(own).sort(), Object.keys(labels).sort(), name)
    }
  const [free] = await instant(prometheus, 'vl_free_disk_space_bytes')
  assert.ok((free?.value ?? 0) > 0)
  for (const { title, show, emptyMeans } of Object.values(dashboard.panels))
    for (const { query } of emptyMeans === null ? show : [])
      await until(`the panel ${title} has data`, 30_000, async () =>
        (await instant(prometheus, print(query))).length > 0 ? true : null,
      )
  const told: string[] = []
  // those on lines are vmalert's
  for (const { name } of alerts.filter(({ lines }) => lines === null))
    if ((await trueFor(name)).length > 0) told.push(name)
  assert.deepEqual(told, [])
})

test('lines that are refused or too long, and a file that cannot be opened, are noticed', async (t) => {
  if ((await needs(t, ...programs)) === undefined) return
  const { startStore, write, logs, prometheus, becomesTrue } = await startWatchedLog(t, logsBot)
  await startStore()
  write({ level: 'info', seq: 1 })
  // counters must have been seen before they grow
  await until('the line is in the store', 30_000, async () => {
    const [rows] = await instant(prometheus, 'sum(vl_storage_rows)')
    return rows?.value === 1 ? true : null
  })
  const day = 86_400_000
  const at = (days: number) => new Date(Date.now() + days * day).toISOString()
  mkdirSync(join(logs, 'folder.jsonl'))
  write({ level: 'info', seq: 2, ts: at(-60) })
  write({ level: 'info', seq: 3, ts: at(5) })
  write({ level: 'info', seq: 4, ...Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`field_${i}`, i])) })
  write({ level: 'info', seq: 5, text: 'x'.repeat(3 * 2 ** 20) })
  const refused = await until('three kinds of lines are refused', 60_000, async () => {
    const found = await becomesTrue('LogLinesRefused')
    return found.length === 3 ? found : null
  })
  assert.deepEqual(refused.map(({ job, reason }) => [job, reason]).sort(), [
    ['victoria-logs', 'too_big_timestamp'],
    ['victoria-logs', 'too_small_timestamp'],
    ['vlagent', 'too_many_fields'],
  ])
  assert.deepEqual(await becomesTrue('LogLinesTooLong'), [of])
  assert.deepEqual(await becomesTrue('LogFileUnreadable'), [of])
})

test('a store that is down or whose disk is full is noticed, also by the agent, until it takes lines', async (t) => {
  if ((await needs(t, ...programs)) === undefined) return
  const { startStore, write, becomesTrue, becomesFalse, trueFor } = await startWatchedLog(t, logsBot)
  write({ level: 'info', seq: 1 })
  assert.deepEqual(await becomesTrue('LogStoreDown'), [{ ...of, instance: 'victoria-logs', job: 'victoria-logs' }])
  assert.deepEqual(await becomesTrue('LogLinesWaiting'), [of])

  const full = await startStore('-storage.minFreeDiskSpaceBytes=1000TB')
  assert.deepEqual(await becomesTrue('LogStoreReadOnly'), [of])
  assert.deepEqual(await trueFor('LogStoreDown'), [])
  assert.deepEqual(await trueFor('LogLinesWaiting'), [of])

  await full.stop()
  await startStore()
  await becomesFalse('LogLinesWaiting')
  assert.deepEqual(await trueFor('LogStoreReadOnly'), [])
})
