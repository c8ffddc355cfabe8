import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readEnvironment } from '../../demo/mcbot/environment.ts'

const cases = [
  { env: {}, expected: { port: 0, host: '127.0.0.1', seed: 'mcbot', faultsPort: 0, state: null, clock: 2880 } },
  {
    env: { PORT: '8000', HOST: '0.0.0.0', SEED: 'x' },
    expected: { port: 8000, host: '0.0.0.0', seed: 'x', faultsPort: null, state: null, clock: 2880 },
  },
  {
    env: { STATE: '/state', CLOCK: '1' },
    expected: { port: 0, host: '127.0.0.1', seed: 'mcbot', faultsPort: 0, state: '/state', clock: 1 },
  },
  {
    env: { PORT: ' ', HOST: '::', FAULTS: '1', FAULTS_PORT: '9' },
    expected: { port: 0, host: '::', seed: 'mcbot', faultsPort: 9, state: null, clock: 2880 },
  },
  {
    env: { FAULTS: '0', FAULTS_PORT: '9' },
    expected: { port: 0, host: '127.0.0.1', seed: 'mcbot', faultsPort: null, state: null, clock: 2880 },
  },
] as const
for (const { env, expected } of cases)
  test(`the environment ${JSON.stringify(env)} is read`, () => assert.deepEqual(readEnvironment(env), expected))

test('everything that is wrong is reported at once', () => {
  assert.throws(() => readEnvironment({ PORT: '70000', FAULTS_PORT: 'x', FAULTS: 'yes', CLOCK: '7' }), {
    message: [
      "FAULTS is 'yes', expected 1 for on or 0 for off",
      "PORT is '70000', expected a port from 0 (any free port) to 65535",
      "FAULTS_PORT is 'x', expected a port from 0 (any free port) to 65535",
      "CLOCK is '7', expected a divisor of 2880, from 1 (a market hour takes an hour) to 2880 (a market day takes 30 seconds)",
    ].join('\n'),
  })
})
