import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { freeAddress } from '../../../demo/servers/port.ts'
import { type RelayProcess, startRelay } from '../../../demo/stage/relay-process.ts'
import type { RelayConfig } from '../../../generators/outputs/relay/program/config.ts'
import { temporaryFolder } from '../../fixtures/on-disk.ts'
import { startMoodyChannels } from './channels.ts'

const program = fileURLToPath(new URL('../../../generators/outputs/relay/program', import.meta.url))

/** A relay with a Telegram and a Discord channel and no source, and how to post to it and read its figures. */
export async function relayWithChannels(t: TestContext, before: (folder: string) => void = () => {}) {
  const channels = await startMoodyChannels()
  const running: RelayProcess[] = []
  t.after(async () => {
    for (const one of running) await one.stop('SIGKILL')
    await channels.close()
  })
  const folder = temporaryFolder(t)
  const config: RelayConfig = {
    bot: 'tiny',
    alertmanager: 'http://127.0.0.1:9',
    channels: [
      {
        name: 'telegram',
        kind: 'telegram',
        api: channels.url,
        tokenFile: join(folder, 'token'),
        chatFile: join(folder, 'chat'),
      },
      { name: 'discord', kind: 'discord', webhookFile: join(folder, 'webhook') },
    ],
    sources: [],
    silence: { labels: { alertname: 'MonitoringStopped' }, description: '', steps: '', runbook: '' },
    relayDown: 'RelayDown',
    muted: {},
    events: [],
    hosts: [],
  }
  writeFileSync(join(folder, 'relay.json'), JSON.stringify(config))
  writeFileSync(join(folder, 'token'), '1:secret-token\n')
  writeFileSync(join(folder, 'chat'), '-1001\n')
  writeFileSync(join(folder, 'webhook'), `${channels.url}/api/webhooks/1/secret-hook\n`)
  before(folder)
  const start = async () => {
    const address = await freeAddress()
    const options = { folder: program, config: join(folder, 'relay.json'), data: join(folder, 'data'), address }
    running.push(await startRelay(options))
  }
  await start()
  const relay = () => running.at(-1) as RelayProcess
  const payload = (text: string, key = text) =>
    JSON.stringify({ key: `@alertname=${key}`, status: '@firing', title: '@', text: `@${text}`, silent: '@no' })
  return {
    channels,
    folder,
    relay,
    restart: start,
    payload,
    post: async (channel: string, text: string, key = text) => {
      const given = { method: 'POST', headers: { 'content-type': 'application/json' }, body: payload(text, key) }
      assert.equal((await fetch(`${relay().url}/channels/${channel}`, given)).status, 200)
    },
    figure: async (series: string): Promise<number> => {
      const text = await (await fetch(`${relay().url}/metrics`)).text()
      const line = text.split('\n').find((one) => one.startsWith(`${series} `))
      return line === undefined ? Number.NaN : Number(line.slice(series.length + 1))
    },
  }
}
