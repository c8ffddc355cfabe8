import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { createMetrics } from '../../../runtime/index.ts'
import { type Supervision, supervise, type WatchdogOptions, watchdogMetrics } from '../../../runtime/watchdog/index.ts'
import { runToEnd } from '../../commands/project.ts'
import { skipTest } from '../../servers/skipped.ts'
import * as bots from './bots.ts'

function watched(t: TestContext, given: Pick<WatchdogOptions, 'command'> & Partial<WatchdogOptions>) {
  const metrics = createMetrics(watchdogMetrics)
  const said: string[] = []
  const heard: string[] = []
  const supervision: Supervision = supervise({
    liveness: { by: 'ipc' },
    staleAfter: 5000,
    grace: 3000,
    restarts: 3,
    within: 60_000,
    pause: 5,
    metrics,
    stdout: sink(heard),
    stderr: sink(heard),
    say(line) {
      said.push(line)
      // Endless restarts fail the test instead of hanging it.
      if (said.length > 8) supervision.stop()
    },
    ...given,
  })
  t.after(async () => {
    supervision.stop()
    await supervision.outcome
  })
  const value = async (series: string) => {
    const line = (await metrics.render()).split('\n').find((text) => text.startsWith(`botwatch_watchdog_${series} `))
    return Number(line?.split(' ').at(-1) ?? Number.NaN)
  }
  const reaches = async (series: string, least: number) => {
    for (const until = performance.now() + 60_000; performance.now() < until; await delay(10))
      if ((await value(series)) >= least) return
    assert.fail(`${series} is ${await value(series)} after 60 s, and should be ${least}`)
  }
  return { ...supervision, said, heard, value, reaches }
}

const sink = (heard: string[]) =>
  new Writable({
    write(chunk: Buffer, _, done) {
      heard.push(chunk.toString())
      done()
    },
  })

test('a crash loop with one heartbeat per run reaches the restart limit', async (t) => {
  const bot = watched(t, { command: bots.crashingBot })
  assert.deepEqual(await bot.outcome, {
    kind: 'gave-up',
    why: 'the bot exited with code 4, and no restart is left (limit 3, reset after 60 s of uninterrupted health)',
  })
  assert.deepEqual(bot.said, [
    'the bot exited with code 4; restarting it in 0.005 s (restarts left after that: 2)',
    'the bot exited with code 4; restarting it in 0.01 s (restarts left after that: 1)',
    'the bot exited with code 4; restarting it in 0.02 s (restarts left after that: 0)',
    'giving up: the bot exited with code 4, and no restart is left (limit 3, reset after 60 s of uninterrupted health)',
  ])
  assert.equal(await bot.value('restarts_total{reason="ended"}'), 3)
  assert.equal(await bot.value('beats_total'), 4)
  assert.equal(await bot.value('running'), 0)
  assert.equal(await bot.value('restarts_left'), 0)
})

test('a bot that stays healthy between crashes is restarted every time', async (t) => {
  let recovered = 0
  const command = bots.botCrashingAfter(1000)
  const bot = watched(t, { command, restarts: 1, within: 50, recovered: () => recovered++ })
  await bot.reaches('restarts_total{reason="ended"}', 3)
  assert.equal(recovered, 1)
})

test('a bot without heartbeats is stopped and restarted', async (t) => {
  const bot = watched(t, { command: bots.silentBot, staleAfter: 400, restarts: 1 })
  assert.deepEqual(await bot.outcome, {
    kind: 'gave-up',
    why: 'the bot had no heartbeat for 0.4 s, and no restart is left (limit 1, reset after 60 s of uninterrupted health)',
  })
  assert.equal(await bot.value('restarts_total{reason="silent"}'), 1)
  assert.equal(await bot.value('kills_total'), 0)
})

test('a message other than a beat does not count as a heartbeat', async (t) => {
  const bot = watched(t, { command: bots.chattingBot, staleAfter: 1000, restarts: 0 })
  assert.match(JSON.stringify(await bot.outcome), /had no heartbeat for 1 s/)
  assert.equal(await bot.value('beats_total'), 0)
})

test('a bot that ignores SIGTERM is killed', async (t) => {
  const bot = watched(t, { command: bots.stubbornBot, staleAfter: 60_000, grace: 2000 })
  await bot.reaches('beats_total', 1)
  bot.stop()
  assert.deepEqual(await bot.outcome, { kind: 'stopped' })
  assert.equal(await bot.value('kills_total'), 1)
  assert.deepEqual(bot.heard, ['no\n'])
  assert.deepEqual(bot.said, ['stopping the bot', 'the bot did not stop within 2 s and was killed'])
})

test('a bot with heartbeats keeps running until it is stopped', async (t) => {
  const begun = performance.now()
  const bot = watched(t, { command: bots.livelyBot, staleAfter: 60_000 })
  await bot.reaches('beats_total', 20)
  assert.equal(await bot.value('running'), 1)
  const age = await bot.value('beat_age_seconds')
  assert.ok(age >= 0 && age < (performance.now() - begun) / 1000, `${age}`)
  bot.stop()
  assert.deepEqual(await bot.outcome, { kind: 'stopped' })
  assert.deepEqual(bot.said, ['stopping the bot'])
})

test('a bot that exits with code 0 is not restarted, and its last output is forwarded', async (t) => {
  const bot = watched(t, { command: bots.endingBot })
  assert.deepEqual(await bot.outcome, { kind: 'ended' })
  assert.deepEqual(bot.heard.toSorted(), ['and well\n', 'done\n'])
})

test('unread output is dropped and counted, and does not block the bot', async (t) => {
  const stuck = new Writable({ write() {} })
  const bot = watched(t, { command: bots.talkativeBot(5_000_000), stdout: stuck })
  assert.deepEqual(await bot.outcome, { kind: 'ended' })
  const dropped = await bot.value('output_dropped_bytes_total')
  assert.ok(dropped > 3_000_000 && dropped < 4_500_000, `${dropped}`)
})

test('the children of a bot end with it', async (t) => {
  const bot = watched(t, { command: bots.parentProgram, restarts: 0 })
  await bot.outcome
  const left = Number(bot.heard.join(''))
  assert.ok(left > 0, bot.heard.join(''))
  // Its entry disappears once init has reaped it; until then it is a zombie.
  for (const until = performance.now() + 60_000; performance.now() < until; await delay(20)) {
    try {
      process.kill(left, 0)
    } catch {
      return
    }
  }
  const { readFileSync } = await import('node:fs')
  assert.match(readFileSync(`/proc/${left}/stat`, 'utf8'), /^\d+ \(.*\) Z /)
})

test('a missing program is given up like one that crashes', async (t) => {
  const bot = watched(t, { command: ['/no/such/program'], restarts: 1 })
  assert.deepEqual(await bot.outcome, {
    kind: 'gave-up',
    why: 'the bot could not be started: spawn /no/such/program ENOENT, and no restart is left (limit 1, reset after 60 s of uninterrupted health)',
  })
})

test('a bot in Python can send heartbeats too', async (t) => {
  const found = await runToEnd('python3', ['--version'], '/').catch(() => null)
  if (found === null) return skipTest(t, ['python3'], ['install Python 3.8 or later'])
  const bot = watched(t, { command: bots.pythonBot, staleAfter: 5000 })
  await bot.reaches('beats_total', 5)
})

/** Unhealthy responses that come between two healthy ones. */
const answersThatBreak: Readonly<Record<string, (response: ServerResponse) => unknown>> = {
  'a 503': (response) => response.writeHead(503).end(),
  'no response': (response) => response.destroy(),
}

for (const [name, answer] of Object.entries(answersThatBreak))
  test(`${name} between healthy responses interrupts the period of health, so the restart count does not reset`, async (t) => {
    // A clock on which each healthy response takes 60 ms: on any machine, only three in a row make 100 ms.
    let [asked, now] = [0, 0]
    t.mock.method(performance, 'now', () => now)
    const server = createServer((_, response) => {
      if (asked++ % 2 === 1) return answer(response)
      now += 60
      response.end()
    }).listen(0, '127.0.0.1')
    t.after(() => server.close())
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`
    let forget = (_: string) => {}
    const forgotten = new Promise<string>((resolve) => {
      forget = resolve
    })
    const bot = watched(t, {
      command: bots.botCrashingAfter(1500),
      liveness: { by: 'http', url, every: 10 },
      restarts: 1,
      within: 100,
      recovered: () => forget('healthy without a break'),
    })
    assert.deepEqual(await Promise.race([bot.outcome, forgotten]), {
      kind: 'gave-up',
      why: 'the bot exited with code 1, and no restart is left (limit 1, reset after 0.1 s of uninterrupted health)',
    })
    assert.ok((await bot.value('beats_total')) > 2)
  })

test('/healthz is polled for heartbeats; an unhealthy status does not count', async (t) => {
  let status = 200
  const server = createServer((_, response) => response.writeHead(status).end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`
  const bot = watched(t, {
    command: bots.silentBot,
    liveness: { by: 'http', url, every: 50 },
    staleAfter: 3000,
    restarts: 0,
  })
  await bot.reaches('beats_total', 65)
  assert.equal(await bot.value('running'), 1)
  status = 503
  assert.match(JSON.stringify(await bot.outcome), /had no heartbeat for 3 s/)
})
