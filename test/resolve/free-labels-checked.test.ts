import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runChecks } from '../../generators/checks/run.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { accountsBot } from '../fixtures/accounts-bot.ts'

test('the checks know the labels of the targets: a bot with two accounts has no findings', () => {
  assert.deepEqual(runChecks(resolve(accountsBot(), containerTopology), '2026-01-01'), [])
})
