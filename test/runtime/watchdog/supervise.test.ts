import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { createMetrics } from '../../../runtime/index.ts'
import { type Supervision, supervise, type WatchdogOptions, watchdogMetrics } from '../../../runtime/watchdog/index.ts'
import { ended } from '../../commands/project.ts'
import { skipped } from '../../servers/skipped.ts'
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
      // Restarts without an end fail a test, and do not hang it.
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

test('a loop of crashes that beats once in each run comes to its end', async (t) => {
  const bot = watched(t, { command: bots.crashing })
  assert.deepEqual(await bot.outcome, {
    kind: 'gave-up',
    why: 'the bot ended with code 4, after 3 restarts that did not keep it healthy for 60 s',
  })
  assert.deepEqual(bot.said, [
    'the bot ended with code 4; it is started again in 0.005 s, 2 restarts are left after that',
    'the bot ended with code 4; it is started again in 0.01 s, 1 restarts are left after that',
    'the bot ended with code 4; it is started again in 0.02 s, 0 restarts are left after that',
    'giving up: the bot ended with code 4, after 3 restarts that did not keep it healthy for 60 s',
  ])
  assert.equal(await bot.value('restarts_total{reason="ended"}'), 3)
  assert.equal(await bot.value('beats_total'), 4)
  assert.equal(await bot.value('running'), 0)
  assert.equal(await bot.value('restarts_left'), 0)
})

test('a bot that stays healthy between its crashes is started again for ever', async (t) => {
  let recovered = 0
  const command = bots.crashingAfter(1000)
  const bot = watched(t, { command, restarts: 1, within: 50, recovered: () => recovered++ })
  await bot.reaches('restarts_total{reason="ended"}', 3)
  assert.equal(recovered, 1)
})

test('a bot that is silent is asked to end and started again', async (t) => {
  const bot = watched(t, { command: bots.silent, staleAfter: 400, restarts: 1 })
  assert.deepEqual(await bot.outcome, {
    kind: 'gave-up',
    why: 'the bot gave no sign of life for 0.4 s, after 1 restarts that did not keep it healthy for 60 s',
  })
  assert.equal(await bot.value('restarts_total{reason="silent"}'), 1)
  assert.equal(await bot.value('kills_total'), 0)
})

test('a message that is no beat is no sign of life', async (t) => {
  const bot = watched(t, { command: bots.chatting, staleAfter: 1000, restarts: 0 })
  assert.match(JSON.stringify(await bot.outcome), /gave no sign of life for 1 s/)
  assert.equal(await bot.value('beats_total'), 0)
})

test('a bot that does not end when asked is killed', async (t) => {
  const bot = watched(t, { command: bots.stubborn, staleAfter: 60_000, grace: 2000 })
  await bot.reaches('beats_total', 1)
  bot.stop()
  assert.deepEqual(await bot.outcome, { kind: 'stopped' })
  assert.equal(await bot.value('kills_total'), 1)
  assert.deepEqual(bot.heard, ['no\n'])
  assert.deepEqual(bot.said, ['the bot is asked to end', 'the bot did not end within 2 s and was killed'])
})

test('a bot that beats runs on until somebody ends it', async (t) => {
  const begun = performance.now()
  const bot = watched(t, { command: bots.lively, staleAfter: 60_000 })
  await bot.reaches('beats_total', 20)
  assert.equal(await bot.value('running'), 1)
  const age = await bot.value('beat_age_seconds')
  assert.ok(age >= 0 && age < (performance.now() - begun) / 1000, `${age}`)
  bot.stop()
  assert.deepEqual(await bot.outcome, { kind: 'stopped' })
  assert.deepEqual(bot.said, ['the bot is asked to end'])
})

test('a bot that ends with code 0 was asked to, and its last words are heard', async (t) => {
  const bot = watched(t, { command: bots.ending })
  assert.deepEqual(await bot.outcome, { kind: 'ended' })
  assert.deepEqual(bot.heard.toSorted(), ['and well\n', 'done\n'])
})

test('output that nobody reads is thrown away and counted, and the bot does not wait for it', async (t) => {
  const stuck = new Writable({ write() {} })
  const bot = watched(t, { command: bots.talkative(5_000_000), stdout: stuck })
  assert.deepEqual(await bot.outcome, { kind: 'ended' })
  const dropped = await bot.value('output_dropped_bytes_total')
  assert.ok(dropped > 3_000_000 && dropped < 4_500_000, `${dropped}`)
})

test('what the bot started ends with it', async (t) => {
  const bot = watched(t, { command: bots.parent, restarts: 0 })
  await bot.outcome
  const left = Number(bot.heard.join(''))
  assert.ok(left > 0, bot.heard.join(''))
  // Its entry goes when init has collected it; until then it runs no more.
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

test('a program that is not there is given up like one that crashes', async (t) => {
  const bot = watched(t, { command: ['/no/such/program'], restarts: 1 })
  assert.deepEqual(await bot.outcome, {
    kind: 'gave-up',
    why: 'the bot could not be started: spawn /no/such/program ENOENT, after 1 restarts that did not keep it healthy for 60 s',
  })
})

test('a bot in Python beats too', async (t) => {
  const found = await ended('python3', ['--version'], '/').catch(() => null)
  if (found === null) return skipped(t, ['python3'], ['install Python 3.8 or later'])
  const bot = watched(t, { command: bots.python, staleAfter: 5000 })
  await bot.reaches('beats_total', 5)
})

/** What comes between two good answers, and is no sign of life. */
const answersThatBreak: Readonly<Record<string, (response: ServerResponse) => unknown>> = {
  'an answer of 503': (response) => response.writeHead(503).end(),
  'no answer': (response) => response.destroy(),
}

for (const [name, answer] of Object.entries(answersThatBreak))
  test(`${name} between good ones begins the stretch of health anew, and restarts are not forgotten`, async (t) => {
    // A clock on which each good answer takes 60 ms: however busy the machine is, only three without a break make 100 ms.
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
      command: bots.crashingAfter(1500),
      liveness: { by: 'http', url, every: 10 },
      restarts: 1,
      within: 100,
      recovered: () => forget('healthy without a break'),
    })
    assert.deepEqual(await Promise.race([bot.outcome, forgotten]), {
      kind: 'gave-up',
      why: 'the bot ended with code 1, after 1 restarts that did not keep it healthy for 0.1 s',
    })
    assert.ok((await bot.value('beats_total')) > 2)
  })

test('/healthz is asked for signs of life; an answer that says no, or none, is not one', async (t) => {
  let status = 200
  const server = createServer((_, response) => response.writeHead(status).end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`
  const bot = watched(t, {
    command: bots.silent,
    liveness: { by: 'http', url, every: 50 },
    staleAfter: 3000,
    restarts: 0,
  })
  await bot.reaches('beats_total', 65)
  assert.equal(await bot.value('running'), 1)
  status = 503
  assert.match(JSON.stringify(await bot.outcome), /gave no sign of life for 3 s/)
})
