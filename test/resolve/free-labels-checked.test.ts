import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checked } from '../../generators/checks/run.ts'
import { container } from '../../generators/model/places.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { accountsBot } from '../fixtures/accounts-bot.ts'

test('the checks know the labels of the targets: a bot with two accounts has no findings', () => {
  assert.deepEqual(checked(resolve(accountsBot(), container), '2026-01-01'), [])
})
