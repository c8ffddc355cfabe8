import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { RelayConfig } from '../../../generators/outputs/relay/program/config.ts'
import type { Mood, MoodyChannels } from './channels.ts'
import { relayWithChannels } from './relay-with-channels.ts'

// The relay as a process, with stand-ins that misbehave as the real services do.

/** The second attempt, which shows that the first was given up. */
const second = (channels: MoodyChannels) => {
  let seen = 0
  return channels.until(({ channel }) => channel === 'telegram' && ++seen === 2)
}

const passing: readonly (readonly [what: string, mood: Mood, reason: string])[] = [
  ['cuts the connection', 'resets', 'network'],
  ['answers 500', [500, { description: 'Internal Server Error' }], '500'],
  ['answers 502 with a page', [502, {}], '502'],
]

const limits: readonly (readonly [channel: 'telegram' | 'discord', body: object])[] = [
  ['telegram', { ok: false, description: 'Too Many Requests: retry after 3', parameters: { retry_after: 3 } }],
  ['discord', { message: 'You are being rate limited.', retry_after: 3.2, global: false }],
]

// each waits for time that a service takes, so they run side by side
describe('the relay', { concurrency: 4 }, () => {
  attempts()
  refusals()
  messages()
})

/** What it does when a channel does not take a message. */
function attempts() {
  test('a channel that never answers is given up and tried again, and the other one never waits for it', async (t) => {
    const { channels, post, figure } = await relayWithChannels(t)
    channels.mood.telegram = 'hangs'
    await post('telegram', 'one')
    await channels.until(({ channel }) => channel === 'telegram')
    await post('discord', 'one')
    await channels.until(({ channel, isTaken }) => channel === 'discord' && isTaken)
    assert.equal(channels.requests.filter(({ channel }) => channel === 'telegram').length, 1, 'it still hangs')
    await second(channels)
    assert.ok((await figure('relay_failing_seconds{channel="telegram"}')) >= 10)
    channels.mood.telegram = 'well'
    await channels.until(({ channel, isTaken }) => channel === 'telegram' && isTaken)
    await eventually(async () => (await figure('relay_failing_seconds{channel="telegram"}')) === 0)
    assert.equal(await figure('relay_failed_attempts_total{channel="telegram",reason="timeout"}'), 2)
  })

  test('an answer that comes after the attempt counts as hanging is the delivery: the message is not sent again', async (t) => {
    const { channels, post, figure } = await relayWithChannels(t)
    channels.mood.telegram = 'slow'
    await post('telegram', 'one')
    await eventually(async () => (await figure('relay_failing_seconds{channel="telegram"}')) > 0)
    await eventually(async () => (await figure('relay_messages_total{channel="telegram",outcome="delivered"}')) === 1)
    assert.equal(await figure('relay_failing_seconds{channel="telegram"}'), 0)
    assert.deepEqual(
      channels.requests.map(({ text }) => text),
      ['one'],
    )
  })

  for (const [what, mood, reason] of passing)
    test(`a message is delivered exactly once after a channel ${what}`, async (t) => {
      const { channels, post, figure } = await relayWithChannels(t)
      channels.mood.discord = mood
      await post('discord', 'one')
      await channels.until(() => true)
      channels.mood.discord = 'well'
      await channels.until(({ isTaken }) => isTaken)
      await eventually(async () => (await figure('relay_queued_messages{channel="discord"}')) === 0)
      assert.deepEqual(
        channels.requests.filter(({ isTaken }) => isTaken).map(({ text }) => text),
        ['one'],
      )
      assert.equal(await figure(`relay_failed_attempts_total{channel="discord",reason="${reason}"}`), 1)
      assert.equal(await figure('relay_messages_total{channel="discord",outcome="delivered"}'), 1)
    })

  for (const [channel, body] of limits)
    test(`429 of ${channel} is tried again when it says so, and not before`, async (t) => {
      const { channels, post } = await relayWithChannels(t)
      channels.mood[channel] = [429, body]
      await post(channel, 'one')
      const first = await channels.until(() => true)
      channels.mood[channel] = 'well'
      const next = await channels.until(({ isTaken }) => isTaken)
      assert.ok(next.at - first.at >= 3000, `${next.at - first.at} ms`)
      assert.equal(channels.requests.length, 2)
    })

  test('a wrong token is tried again until a person has fixed the file, and is never printed', async (t) => {
    const { channels, post, folder, relay, figure } = await relayWithChannels(t)
    channels.mood.telegram = [401, { ok: false, description: 'Unauthorized' }]
    await post('telegram', 'one')
    await channels.until(() => true)
    await eventually(async () => (await figure('relay_failed_attempts_total{channel="telegram",reason="401"}')) === 1)
    writeFileSync(join(folder, 'token'), '')
    await eventually(
      async () => (await figure('relay_failed_attempts_total{channel="telegram",reason="secret"}')) === 1,
    )
    channels.mood.telegram = 'well'
    writeFileSync(join(folder, 'token'), '1:right\n')
    await channels.until(({ isTaken }) => isTaken)
    assert.match(relay().output(), /telegram: Telegram answered 401: Unauthorized; it is tried again until it works/)
    assert.doesNotMatch(relay().output(), /secret-token|1:right/)
  })

  test('a text that Telegram cannot parse is sent without markup', async (t) => {
    const { channels, post } = await relayWithChannels(t)
    const refused = [400, { ok: false, description: "Bad Request: can't parse entities: unclosed tag" }] as const
    channels.mood.telegram = ({ parse_mode }) => (parse_mode === 'HTML' ? refused : 'well')
    await post('telegram', '<b>BotDown</b> a &lt; b <a href="https://x">Panel</a>')
    const { body, text } = await channels.until(({ isTaken }) => isTaken)
    assert.deepEqual([body['parse_mode'], text], [undefined, 'BotDown a < b Panel: https://x'])
  })
}

/** What it does when a service refuses a message. */
function refusals() {
  test('a webhook that answers 400 for every message is failing, and drops none', async (t) => {
    const { channels, post, figure } = await relayWithChannels(t)
    channels.mood.discord = [
      400,
      { message: 'Webhooks posted to forum channels must have a thread_name', code: 220001 },
    ]
    await post('discord', 'one')
    await eventually(async () => (await figure('relay_failed_attempts_total{channel="discord",reason="400"}')) === 1)
    assert.ok((await figure('relay_failing_seconds{channel="discord"}')) > 0)
    assert.equal(await figure('relay_queued_messages{channel="discord"}'), 1)
  })

  test('a message that is refused in both forms is dropped, delays no other, and the channel counts as failing', async (t) => {
    const { channels, post, figure } = await relayWithChannels(t)
    channels.mood.discord = [413, { message: 'Request entity too large', code: 40005 }]
    await post('discord', 'refused')
    await eventually(async () => (await figure('relay_messages_total{channel="discord",outcome="rejected"}')) === 1)
    assert.equal(await figure('relay_failed_attempts_total{channel="discord",reason="rejected"}'), 1)
    assert.ok((await figure('relay_failing_seconds{channel="discord"}')) > 0)
    channels.mood.discord = 'well'
    await post('discord', 'next')
    await channels.until(({ text, isTaken }) => isTaken && text === 'next')
    await eventually(async () => (await figure('relay_failing_seconds{channel="discord"}')) === 0)
  })

  test('a service that repeats the URL does not get its secret into the log', async (t) => {
    const { channels, post, figure, relay } = await relayWithChannels(t)
    channels.mood.discord = [404, { message: 'Route POST:/api/webhooks/1/secret-hook not found' }]
    await post('discord', 'one')
    await eventually(async () => (await figure('relay_failed_attempts_total{channel="discord",reason="404"}')) === 1)
    assert.match(relay().output(), /discord: Discord answered 404: Route POST:\/api\/webhooks\/1\/… not found; /)
  })
}

/** What it keeps, and what it takes. */
function messages() {
  test('messages survive kill -9 in their order, and one that waited says how late it is', async (t) => {
    const { channels, post, relay, restart, folder } = await relayWithChannels(t)
    channels.mood.telegram = 'hangs'
    const old = { id: '000000000000001-000000', channel: 'telegram', key: 'alertname=Old', status: 'firing', title: '' }
    mkdirSync(join(folder, 'data/telegram'), { recursive: true })
    for (const text of ['one', 'two', 'three']) await post('telegram', text)
    await relay().stop('SIGKILL')
    const arrivedAt = Date.now() - 6 * 60_000
    writeFileSync(
      join(folder, 'data/telegram', old.id),
      JSON.stringify({ ...old, text: 'old', silent: false, arrivedAt }),
    )
    // what a full disk leaves behind
    writeFileSync(join(folder, 'data/telegram', '000000000000002-000000'), '{"id": "0000')
    mkdirSync(join(folder, 'data/telegram/000000000000003-000000'))
    channels.mood.telegram = 'well'
    await restart()
    await channels.until(({ text, isTaken }) => isTaken && text === 'three')
    assert.deepEqual(
      channels.requests.filter(({ isTaken }) => isTaken).map(({ text }) => text),
      ['old\n\n⏳ 6 min late', 'one', 'two', 'three'],
    )
  })

  test('of what waits, only the latest message about the same thing is kept', async (t) => {
    const { channels, post, figure } = await relayWithChannels(t)
    channels.mood.telegram = 'hangs'
    await post('telegram', 'first', 'A')
    for (const text of ['a1', 'a2', 'a3']) await post('telegram', text, 'A')
    await post('telegram', 'b1', 'B')
    await channels.until(() => true)
    channels.mood.telegram = 'well'
    await channels.until(({ text, isTaken }) => isTaken && text === 'b1')
    assert.deepEqual(
      channels.requests.filter(({ isTaken }) => isTaken).map(({ text }) => text),
      ['first', 'a3', 'b1'],
    )
    assert.equal(await figure('relay_messages_total{channel="telegram",outcome="replaced"}'), 2)
  })

  test('without a disk to write to, messages are delivered all the same, and counted', async (t) => {
    const { channels, post, figure } = await relayWithChannels(t, (folder) =>
      writeFileSync(join(folder, 'data'), 'not a folder'),
    )
    await post('discord', 'one')
    await channels.until(({ isTaken }) => isTaken)
    assert.ok((await figure('relay_queue_write_failures_total{channel="discord"}')) >= 1)
  })

  test('a changed configuration ends it, so that it is started again with the new one', async (t) => {
    const { folder, relay } = await relayWithChannels(t)
    const file = join(folder, 'relay.json')
    const config = JSON.parse(readFileSync(file, 'utf8')) as RelayConfig
    writeFileSync(file, '{"bot": ')
    writeFileSync(file, JSON.stringify({ ...config, channels: [] }))
    assert.equal(await relay().ended, 0)
    assert.match(relay().output(), /changed: ending, to be started again$/)
  })

  test('it takes messages only from the generated configuration, under its own name', async (t) => {
    const { relay, payload } = await relayWithChannels(t)
    const ask = async (path: string, given: RequestInit = {}) => {
      const response = await fetch(`${relay().url}${path}`, given)
      return `${response.status} ${(await response.text()).split('\n')[0]}`
    }
    const json = { method: 'POST', headers: { 'content-type': 'application/json' } }
    assert.deepEqual(
      [
        await ask('/healthz'),
        await ask('/channels/telegram'),
        await ask('/channels/other', { ...json, body: payload('x') }),
        await ask('/channels/telegram', { ...json, body: '{"text": "x"}' }),
        await ask('/channels/telegram', { ...json, body: 'x'.repeat(300_000) }),
        await ask('/channels/telegram', { method: 'POST', body: payload('x') }),
      ],
      [
        '200 ok',
        '404 no such page',
        '503 no channel other in this configuration',
        '400 not a message of the generated Alertmanager configuration',
        '413 the message is too long',
        '415 expected JSON',
      ],
    )
  })
}

async function eventually(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 50))
}
