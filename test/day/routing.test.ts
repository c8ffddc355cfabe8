import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { bots } from '../../definitions/index.ts'
import { alertmanagerOutput } from '../../generators/outputs/alertmanager/alertmanager.ts'
import { runTool, temporaryFolder, writeAll } from '../fixtures/on-disk.ts'
import { modelOf } from '../fixtures/small-bot.ts'
import { needs } from '../servers/skipped.ts'
import { readRouting } from './routing.ts'

const path = 'alertmanager/alertmanager.yml'

for (const bot of bots)
  test(`${bot.name}: amtool finds the same receiver for each alert in each environment`, async (t) => {
    const tools = await needs(t, 'amtool')
    if (!tools) return
    const folder = temporaryFolder(t)
    const model = modelOf(bot)
    const files = alertmanagerOutput(model)
    writeAll(folder, files)
    const { routeOf } = readRouting(files.get(path) ?? '')
    const route = ['config', 'routes', 'test', `--config.file=${join(folder, path)}`]
    for (const { name, severity } of model.alerts)
      for (const env of Object.keys(bot.environments)) {
        const labels = { alertname: name, bot: bot.name, env, instance: `${env}-1`, severity }
        const given = Object.entries(labels).map(([label, value]) => `${label}=${value}`)
        const { stdout } = await runTool(tools.amtool, ...route, ...given)
        assert.equal(routeOf(labels).receiver, stdout.trim(), given.join(' '))
      }
  })
