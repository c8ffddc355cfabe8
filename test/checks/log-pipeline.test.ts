import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runChecks } from '../../generators/checks/run.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { logsBot } from '../fixtures/logs-bot.ts'
import { findingLines, today } from './page.ts'

test('nothing is wrong with the alerts and panels that a bot gets about its log', () => {
  const found = runChecks(resolve(logsBot, containerTopology), today)
  assert.equal(findingLines(found.filter(({ of }) => /^(alert Log|panel Log Pipeline)/.test(of))), '')
})
