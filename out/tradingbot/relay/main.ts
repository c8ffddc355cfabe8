// Delivers Alertmanager's messages to the channels, and notices when nothing evaluates alerts any more.
// Usage: node main.ts [CONFIG [DATA-FOLDER]], with HOST, PORT, RUNBOOK_PUBLIC_URL and ALERTMANAGER_PUBLIC_URL in the environment.
import { mkdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { onChange } from './changes.ts'
import { isConfigured } from './channels.ts'
import { suspensionWatch } from './clock.ts'
import type { ChannelConfig, RelayConfig } from './config.ts'
import { type Delivery, startDelivery } from './delivery.ts'
import { startHolding } from './held.ts'
import { knownAt, labelsOfKey, type Message, readPayload } from './message.ts'
import { expositionOf } from './metrics.ts'
import { openQueue } from './queue.ts'
import { startSentinel } from './sentinel.ts'
import { createRelayServer } from './server.ts'
import { silenceLink } from './silence-link.ts'

const [configFile = 'relay.json', data = join(homedir(), 'relay')] = process.argv.slice(2)
const config = JSON.parse(readFileSync(configFile, 'utf8')) as RelayConfig
/** Where a phone reaches Alertmanager; '' if nowhere. */
const alertmanagerUrl = process.env['ALERTMANAGER_PUBLIC_URL'] ?? ''
const log = (line: string) => console.log(`relay: ${line}`)

try {
  mkdirSync(data, { recursive: true })
} catch (error) {
  log(`${data} cannot be written (${(error as NodeJS.ErrnoException).code}): messages are kept in memory only`)
}
const deliveries = new Map<string, Delivery>(
  config.channels.map((channel) => [channel.name, startDelivery(channel, openQueue(join(data, channel.name)), log)]),
)

let count = 0
const message = (channel: string, of: Omit<Message, 'id' | 'channel' | 'arrivedAt'>): Message => {
  const arrivedAt = Date.now()
  // in the order of arrival, also over a restart
  const id = `${String(arrivedAt).padStart(15, '0')}-${String(count++ % 1_000_000).padStart(6, '0')}`
  return knownAt({ ...of, id, channel, arrivedAt })
}

const suspension = suspensionWatch()
const sentinel = startSentinel({
  config,
  stateFile: join(data, 'sentinel.json'),
  runbookUrl: process.env['RUNBOOK_PUBLIC_URL'] ?? '',
  suspension,
  log,
  notify: (key, status, title, text) => {
    for (const { channel, take } of deliveries.values()) {
      const one = message(channel.name, {
        key,
        status,
        silent: status === 'resolved',
        ...worded(channel, status, title, text),
      })
      void isConfigured(channel).then((is) => (is ? take(one) : undefined))
    }
  },
})
const held = startHolding(openQueue(join(data, '.held')), sentinel, async (of) => deliveries.get(of.channel)?.take(of))

const server = createRelayServer({
  hosts: config.hosts,
  metrics: () => expositionOf([...deliveries.values()], sentinel, held.withdrawn),
  take: async (channel, body) => {
    const delivery = deliveries.get(channel)
    if (delivery === undefined) return null
    const payload = readPayload(body)
    if (payload === null) return false
    const link = payload.status === 'firing' ? silenceLink(alertmanagerUrl, delivery.channel.kind, payload.key) : ''
    const one = message(channel, { ...payload, text: payload.text + link })
    const isOwn = labelsOfKey(payload.key)['alertname'] === config.silence.labels['alertname']
    if (payload.status === 'resolved' && !isOwn && sentinel.isUnsure(one)) await held.add(one)
    else await delivery.take(one)
    return true
  },
})
server.listen(Number(process.env['PORT'] ?? 9095), process.env['HOST'] ?? '127.0.0.1', () => {
  const address = server.address()
  log(`listening on port ${typeof address === 'object' && address !== null ? address.port : address}`)
})
server.on('error', (error) => {
  log(`cannot listen: ${error.message}`)
  process.exit(1)
})
// the queues are on disk, and the service is restarted whenever it ends
onChange(configFile, 3, () => {
  log('the program or its configuration changed: ending, to be started again')
  process.exit(0)
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0))

/** A message of the relay's own, in the form of the others: what is so, which alert it is, and the steps. */
function worded(channel: ChannelConfig, status: Message['status'], title: string, text: string) {
  const [icon, word] = status === 'firing' ? ['🔴', 'FIRING'] : ['✅', 'RESOLVED']
  const [first, ...steps] = text.split('\n')
  const rest = [`${word} critical · ${title} · ${config.bot}`, ...(steps.length > 0 ? ['', ...steps] : [])].join('\n')
  switch (channel.kind) {
    case 'telegram':
      return { title: '', text: `${icon} <b>${first}</b>\n${rest}` }
    case 'discord':
      return { title: `${icon} **${first}**`, text: rest }
  }
}
