import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { knownAt, type Message, messageAge } from '../../../generators/outputs/relay/program/message.ts'
import { openQueue } from '../../../generators/outputs/relay/program/queue.ts'
import { temporaryFolder } from '../../fixtures/on-disk.ts'

const message = (id: string, more: Partial<Message> = {}): Message =>
  knownAt({
    id,
    channel: 'telegram',
    key: 'alertname=BotDown',
    status: 'firing',
    title: '',
    text: id,
    silent: false,
    arrivedAt: Date.now(),
    ...more,
  })

test('held messages of two channels about the same thing are both kept, also with equal texts', async (t) => {
  const queue = openQueue(temporaryFolder(t))
  await queue.add(message('0'))
  for (const channel of ['telegram', 'discord-paper', 'discord-live'])
    await queue.add(message(channel, { channel, status: 'resolved', text: 'equal' }))
  assert.equal(queue.size, 4)
})

test('the same message again is a retry while it waits, and a message of its own after that', async (t) => {
  const queue = openQueue(temporaryFolder(t))
  const first = message('1', { text: 'equal' })
  await Promise.all([queue.add(first), queue.add(message('2', { text: 'equal' }))])
  await queue.add(message('3', { text: 'equal' }))
  assert.equal(queue.size, 1)
  await queue.remove(first)
  await queue.add(message('4', { text: 'equal' }))
  assert.equal(queue.size, 1)
})

test('a message that was delivered before it was on disk leaves no file', async (t) => {
  const folder = temporaryFolder(t)
  const queue = openQueue(folder)
  const one = message('1')
  const kept = queue.add(one)
  const removed = queue.remove(one)
  await Promise.all([kept, removed])
  assert.deepEqual([queue.size, readdirSync(folder)], [0, []])
})

test('what cannot be read stops nothing: half a file, a folder, another program’s file', async (t) => {
  const folder = temporaryFolder(t)
  await openQueue(folder).add(message('2'))
  writeFileSync(join(folder, '1'), '{"id": "1", "text"')
  writeFileSync(join(folder, '3'), '{"id": "3", "text": "without a key"}')
  writeFileSync(join(folder, '.4'), 'was being written')
  mkdirSync(join(folder, '5'))
  const again = openQueue(folder)
  assert.deepEqual([again.size, again.first()?.text], [1, '2'])
  assert.deepEqual(readdirSync(folder), ['2', '5'])
})

test('a message is as old as the monotonic clock says, and one that a previous run left never younger than new', async (t) => {
  const folder = temporaryFolder(t)
  const day = 86_400_000
  await openQueue(folder).add(message('1', { arrivedAt: Date.now() - 120_000 }))
  await openQueue(folder).add(message('2', { arrivedAt: Date.now() + day }))
  const queue = openQueue(folder)
  const old = queue.first() as Message
  assert.equal(Math.round(messageAge(old) / 60), 2)
  await queue.remove(old)
  assert.ok(messageAge(queue.first() as Message) < 60, 'the wall clock stepped back')
  assert.ok(messageAge(message('3', { arrivedAt: Date.now() - 2 * day })) < 60, 'the wall clock stepped forward')
})
