import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'

import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createLogCheck } from '../../../generators/verify/log/check-log.ts'
import { rawLines } from '../../../generators/verify/log/lines.ts'
import { linesIn, logFolder, logProgram } from '../python-logs.ts'
import { logContract, reportOf } from './fixture.ts'

const bot = fileURLToPath(new URL('../../runtime/logs/bot.ts', import.meta.url))

test('what the runtime writes fits, except for what the bot did wrong', async () => {
  const args = [
    '--import',
    import.meta.resolve('tsx'),
    bot,
    JSON.stringify({ console: 'json', level: 'debug' }),
    'end',
    '100',
  ]
  const child = spawn(process.execPath, args, { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'ignore'] })
  const check = createLogCheck(logContract, { strict: false, now: Date.now })
  check.open('stdout')
  for await (const lines of rawLines(child.stdout)) for (const line of lines) check.add(line)
  const { lines, seen, findings } = check.end()
  assert.deepEqual([lines, seen], [106, ['order_filled', 'risk_alert', 'api_error', 'balance_update', 'heartbeat']])
  assert.deepEqual(
    findings.map(({ code, event, line, count, given }) => [code, event, line, count, given]),
    [
      ['update', null, 104, 1, 'metric_update_failed of risk_alert: "Error: it throws"'],
      ['type', 'api_error', 105, 1, 'latency_ms: "NaN"'],
      ['faults', 'api_error', 105, 1, '"latency_ms is NaN, expected a finite number"'],
      ['no-event', null, 106, 1, 'msg: "of another library"'],
    ],
  )
})

test('what the Python module writes fits, except for what the bot did wrong', async (t) => {
  const folder = logFolder(t)
  const program = `
log = TradingbotLog(file=folder + "/bot.jsonl", console="off")
log.events.order_filled(**good)
log.events.order_filled(**{**good, "price": float("nan"), "symbol": "비트코인"})
log.events.order_filled(**{**good, "symbol": "apiKey=abcdef123 was used"})
log.logger.warning("of another library")
log.close()
`
  if ((await logProgram(t, folder, program)) === undefined) return
  const { lines, findings } = await reportOf(`${linesIn(folder).join('\n')}\n`, { now: Date.now() })
  assert.equal(lines, 4)
  assert.deepEqual(
    findings.map(({ code, event, line, count, given }) => [code, event, line, count, given]),
    [
      ['type', 'order_filled', 2, 1, 'price: "NaN"'],
      ['faults', 'order_filled', 2, 1, '"price is NaN, expected a finite number"'],
      ['no-event', null, 4, 1, 'msg: "of another library"'],
    ],
  )
})
