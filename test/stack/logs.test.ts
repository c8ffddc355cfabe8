import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tradingbot } from '../../definitions/tradingbot/index.ts'
import { runCompose } from '../../generators/commands/docker-compose.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { stackFolder } from '../commands/stack-folder.ts'
import { until } from '../live/prometheus-api.ts'
import { engine, preparedStack, scrapedTargets, takenDown } from './prepared.ts'

test('the generated stack of a bot with a log on a container engine', async (t) => {
  const compose = await engine()
  const project = `botwatch-logs-test-${process.pid}`
  t.after(() => takenDown(compose, project))
  const folder = await stackFolder(t, () => containerTopology, tradingbot)
  const { up, prometheus, alertmanager, env } = await preparedStack(t, compose, { bot: tradingbot, folder, project })
  const store = `http://127.0.0.1:${/^VICTORIA_LOGS_PORT=(\d+)$/m.exec(env.text())?.[1]}`

  await t.test(
    'it starts healthy, the bot under its watchdog, and each program behind the log is scraped',
    async () => {
      await up()
      const scraped = await scrapedTargets(prometheus, { bot: 'tradingbot', instance: 'tradingbot', count: 9 })
      assert.deepEqual(
        scraped.map((target) => target.split(' ')[0]),
        [
          'alertmanager',
          'node-exporter',
          'prometheus',
          'relay',
          'tradingbot',
          'tradingbot-watchdog',
          'victoria-logs',
          'vlagent',
          'vmalert',
        ],
      )
    },
  )

  await t.test('the lines of the paper bot reach the store with the labels of its process', async () => {
    const query = '_time:5m | stats by (bot, env, instance) count() as lines'
    const row = await until('lines in the store', 60_000, async () => {
      const answer = await fetch(`${store}/select/logsql/query?query=${encodeURIComponent(query)}`)
      const text = await answer.text()
      return text.trim() === '' ? null : (JSON.parse(text) as Record<string, string>)
    })
    assert.deepEqual({ ...row, lines: '' }, { bot: 'tradingbot', env: 'paper', instance: 'tradingbot', lines: '' })
  })

  await t.test('the watchdog of alerts on lines reaches Alertmanager', async () => {
    await until('LogWatchdog in Alertmanager', 90_000, async () => {
      const alerts = (await (await fetch(`${alertmanager}/api/v2/alerts`)).json()) as {
        labels: Record<string, string>
      }[]
      return alerts.some(({ labels }) => labels['alertname'] === 'LogWatchdog') ? true : null
    })
  })

  await t.test('the programs run without rights of their own, and can write only into their volumes', async () => {
    for (const service of ['victoria-logs', 'vlagent', 'vmalert']) {
      const ran = await runCompose(compose, folder, ['exec', '-T', service, 'sh', '-c', 'id -u; touch /x 2>&1 || true'])
      assert.match(ran.stdout, /^65534\n.*Read-only file system/, service)
    }
  })
})
