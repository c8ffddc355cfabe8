import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readEnvironment } from '../../../demo/arbot/environment.ts'

const usual = { port: 0, host: '127.0.0.1', seed: 'arbot', faultsPort: 0, state: null, warmUp: 0, logs: null }

for (const { env, expected } of [
  { env: {}, expected: usual },
  {
    env: { LOGS: '/var/log/trading', STATE: '/state', SEED: 'x', WARM_UP: '60' },
    expected: { ...usual, logs: '/var/log/trading', state: '/state', seed: 'x', warmUp: 60 },
  },
  { env: { LOGS: ' ', CLOCK: '7' }, expected: usual },
])
  test(`the environment ${JSON.stringify(env)} is read`, () => assert.deepEqual(readEnvironment(env), expected))
