import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runChecks } from '../../generators/checks/run.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { accountsBot } from '../fixtures/accounts-bot.ts'

test('severities that depend on different channels are reported separately, each with what is lost', () => {
  const bot = { ...accountsBot(), allow: [] }
  const found = runChecks(resolve(bot, containerTopology), '2026-01-01')
  assert.deepEqual(
    found.map(({ code, message, fix }) => [code, message, fix]),
    [
      [
        'BW612',
        'critical alerts in live reach only telegram: while that fails, nobody gets them, nor the alert about the failure',
        "name a second channel in environments: { live: { tell: { critical: ['…', '…'] } } }",
      ],
      [
        'BW612',
        'warning alerts in live reach only discord: while that fails, nobody gets them',
        "name a second channel in environments: { live: { tell: { warning: ['…', '…'] } } }",
      ],
    ],
  )
})
