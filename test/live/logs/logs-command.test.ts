import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { freeAddress } from '../../../demo/servers/port.ts'
import { logsBot } from '../../fixtures/logs-bot.ts'
import { needs } from '../../servers/skipped.ts'
import { until } from '../prometheus-api.ts'
import { startLogStage } from './log-stage.ts'

const top = fileURLToPath(new URL('../../../', import.meta.url))

/** Runs `botwatch logs` for the bot of the fixture. */
function botwatchLogs(t: TestContext, ...args: readonly string[]) {
  const own = ['--import', 'tsx', 'generators/main.ts', 'logs', '--definitions', 'test/fixtures/logs/index.ts']
  const child = spawn(process.execPath, [...own, ...args], { cwd: top, stdio: ['ignore', 'pipe', 'pipe'] })
  t.after(() => child.kill('SIGKILL'))
  return child
}

async function printed(t: TestContext, ...args: readonly string[]) {
  const child = botwatchLogs(t, ...args)
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, out, err }
}

test('lines are printed once, oldest first, narrowed and followed', async (t) => {
  if ((await needs(t, 'victoria-logs', 'vlagent', 'vmalert')) === undefined) return
  const { write, victoriaLogs } = await startLogStage(t, logsBot)
  const store = ['--store', victoriaLogs.url]
  const at = (second: number) =>
    new Date(Math.floor(Date.now() / 60_000) * 60_000 - 120_000 + second * 1000).toISOString()
  const failed = {
    level: 'error',
    event: 'order_failed',
    ts: at(1),
    symbol: 'BTCUSDT',
    side: 'buy',
    error: 'too "small"',
    seq: 1,
  }
  const filled = {
    level: 'info',
    event: 'order_filled',
    ts: at(2),
    symbol: 'ETHUSDT',
    side: 'sell',
    price: 1.5,
    latency_ms: 40,
    seq: 2,
  }
  write(filled)
  write(failed)
  write(failed)
  write({ level: 'info', ts: at(3), msg: 'a library says\u001b[2J this', seq: 3 })
  const clock = (second: number) => at(second).replace('T', ' ').replace('Z', '')
  const all = `${clock(1)} ERROR order_failed symbol=BTCUSDT side=buy error="too \\"small\\""
${clock(2)} INFO  order_filled symbol=ETHUSDT side=sell price=1.5 latency_ms=40
${clock(3)} INFO  a library says [2J this
`
  await until('the store has all lines', 30_000, async () => {
    const answer = await fetch(`${victoriaLogs.url}/select/logsql/query?query=*`)
    return (await answer.text()).trim().split('\n').length === 4 ? true : null
  })
  assert.deepEqual(await printed(t, ...store), { code: 0, out: all, err: '' })
  const [first = '', second = ''] = all.split('\n')
  const narrowed = [
    [['--event', 'order_filled'], second],
    [['--level', 'warn'], first],
    [['--where', 'symbol=ETHUSDT'], second],
    [['--where', 'error=too "small"', '--env', 'paper'], first],
  ] as const
  for (const [args, line] of narrowed)
    assert.deepEqual(await printed(t, ...store, ...args), { code: 0, out: `${line}\n`, err: '' }, args.join(' '))
  // what another process wrote: a crash as libraries log it, a long value, and a line of the live environment
  const paper = { bot: 'tb', env: 'paper', instance: 'a:1' }
  const insert = await fetch(
    `${victoriaLogs.url}/insert/jsonline?_stream_fields=bot,env,instance&_msg_field=msg&_time_field=ts`,
    {
      method: 'POST',
      body: [
        { ...paper, level: 'fatal', ts: at(4), msg: 'uncaught exception', seq: 5, run: 'r' },
        { ...paper, ...filled, ts: at(5), symbol: 'x'.repeat(3000), seq: 6, run: 'r' },
        { ...paper, ...filled, env: 'live', ts: at(6), seq: 7, run: 'r' },
      ]
        .map((line) => JSON.stringify(line))
        .join('\n'),
    },
  )
  assert.equal(insert.status, 200)
  const fatal = `${clock(4)} paper/a:1 FATAL uncaught exception`
  const more = `${fatal}
${clock(5)} paper/a:1 INFO  order_filled symbol="${'x'.repeat(2000)}… (3000 characters)" side=sell price=1.5 latency_ms=40
${clock(6)} live/a:1 INFO  order_filled symbol=ETHUSDT side=sell price=1.5 latency_ms=40
`
  await until('the store has them, too', 30_000, async () => {
    const { out } = await printed(t, ...store)
    return out.split('\n').length === 7 ? true : null
  })
  const { out } = await printed(t, ...store)
  assert.equal(out.split('\n').slice(3).join('\n'), more)
  assert.match((await printed(t, ...store, '--level', 'error')).out, new RegExp(`\n${fatal}\n$`))
  assert.deepEqual(await printed(t, ...store, '--env', 'paper', '--event', 'heartbeat'), {
    code: 0,
    out: '',
    err: 'no such line in the last 1 hour\n',
  })

  const following = botwatchLogs(t, ...store, '--event', 'order_failed', '--follow', '--since', '1s')
  const shown = createInterface(following.stdout)[Symbol.asyncIterator]()
  const [said] = await once(following.stderr, 'data')
  assert.equal(String(said), 'no such line in the last 1 second\n')
  // older lines are not printed, however late a new one may come
  write({ ...failed, ts: new Date().toISOString(), symbol: 'SOLUSDT', seq: 4 })
  assert.match(String((await shown.next()).value), / ERROR order_failed symbol=SOLUSDT side=buy /)
  following.kill('SIGINT')
  await once(following, 'close')
  assert.equal(following.exitCode, 0)
})

test('an unknown event, field, value or environment, and a store that does not answer, are named', async (t) => {
  assert.deepEqual(
    await printed(t, '--event', 'order_fild', '--where', 'smybol=BTC', '--where', 'side=byu', '--env', 'lvie'),
    {
      code: 1,
      out: '',
      err: `botwatch logs: tb has no event 'order_fild', did you mean order_filled?
botwatch logs: no such line has a field 'smybol', did you mean symbol?
botwatch logs: side is never 'byu', did you mean buy?
botwatch logs: tb has no environment 'lvie', only paper
`,
    },
  )
  const nobody = `http://${await freeAddress()}`
  assert.deepEqual(await printed(t, '--store', nobody), {
    code: 1,
    out: '',
    err: `botwatch logs: VictoriaLogs does not answer at ${nobody}: start the stack with \`make up\`, or name its address with --store.\n`,
  })
})
