import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readTelegramHtml } from './telegram-html.ts'

/** A message as received by a channel. */
export interface PhoneMessage {
  readonly channel: 'telegram' | 'discord' | 'webhook'
  /** The Telegram chat ID, or the path of a webhook. */
  readonly to: string
  readonly text: string
  /** Whether it makes no sound. */
  readonly silent: boolean
  readonly at: number
}

/** A fake of Telegram's Bot API, Discord webhooks and a plain webhook on loopback that keeps all messages. */
export interface Phone {
  readonly url: string
  readonly messages: readonly PhoneMessage[]
  /** The first matching message, past or future; rejects after `within` milliseconds with the messages received instead. */
  waitFor(wanted: (message: PhoneMessage) => boolean, what: string, within: number): Promise<PhoneMessage>
  onMessage(listener: (message: PhoneMessage) => void): void
  /** Makes a channel accept requests without ever answering them, or answer again. */
  hang(channel: PhoneMessage['channel'], on: boolean): void
  /** How many requests a channel has accepted and never answered. */
  unanswered(channel: PhoneMessage['channel']): number
  close(): Promise<void>
}

export async function startPhone(): Promise<Phone> {
  const messages: PhoneMessage[] = []
  // one listener for each message that is waited for
  const events = new EventEmitter().setMaxListeners(0)
  const hanging = new Set<PhoneMessage['channel']>()
  const unanswered = { telegram: 0, discord: 0, webhook: 0 }
  const server = createServer((request, response) => {
    const channel = channelOf(request.url ?? '/')
    if (hanging.has(channel)) unanswered[channel]++
    else void answer(request, response, take)
  })
  const take = (message: PhoneMessage) => {
    messages.push(message)
    events.emit('message', message)
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    messages,
    waitFor: (wanted, what, within) => firstOf(messages, events, wanted, what, within),
    onMessage: (listener) => void events.on('message', listener),
    hang: (channel, on) => void (on ? hanging.add(channel) : hanging.delete(channel)),
    unanswered: (channel) => unanswered[channel],
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function firstOf(
  messages: readonly PhoneMessage[],
  events: EventEmitter,
  wanted: (m: PhoneMessage) => boolean,
  what: string,
  within: number,
): Promise<PhoneMessage> {
  const there = messages.find(wanted)
  if (there !== undefined) return Promise.resolve(there)
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer)
      events.off('message', check)
    }
    const check = (message: PhoneMessage) => {
      if (!wanted(message)) return
      settle()
      resolve(message)
    }
    const timer = setTimeout(() => {
      settle()
      const came = messages.map((m) => `${m.channel}: ${m.text.split('\n')[0]}`).join('\n')
      reject(new Error(`no such message within ${within / 1000} s: ${what}. Received:\n${came || 'nothing'}`))
    }, within)
    events.on('message', check)
  })
}

const channelOf = (url: string): PhoneMessage['channel'] =>
  /^\/bot[^/]+\//.test(url) ? 'telegram' : url.startsWith('/api/webhooks/') ? 'discord' : 'webhook'

const longest = 1_000_000

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  take: (message: PhoneMessage) => void,
): Promise<void> {
  const url = request.url ?? '/'
  const body = await bodyOf(request)
  const given = jsonOf(body)
  const telegram = /^\/bot([^/]+)\/(\w+)$/.exec(url)
  if (telegram !== null && telegram[2] === 'sendMessage') {
    const read = given['parse_mode'] === 'HTML' ? readTelegramHtml(String(given['text'])) : null
    if (read !== null && 'refused' in read)
      return reply(response, 400, { ok: false, error_code: 400, description: read.refused })
    const silent = given['disable_notification'] === true
    take({ channel: 'telegram', to: String(given['chat_id']), text: String(given['text']), silent, at: Date.now() })
    return reply(response, 200, {
      ok: true,
      result: {
        message_id: 1,
        date: Math.floor(Date.now() / 1000),
        chat: { id: Number(given['chat_id']), type: 'private' },
        text: given['text'],
      },
    })
  }
  if (telegram !== null)
    return reply(response, 200, {
      ok: true,
      result: { id: 1, is_bot: true, first_name: 'botwatch', username: 'botwatch_bot' },
    })
  if (url.startsWith('/api/webhooks/')) {
    if (request.method === 'GET') return reply(response, 200, { id: '1', type: 1, name: 'botwatch' })
    take({ channel: 'discord', to: url, text: discordText(given), silent: false, at: Date.now() })
    response.writeHead(204).end()
    return
  }
  take({ channel: 'webhook', to: url, text: body, silent: false, at: Date.now() })
  reply(response, 200, {})
}

/** The visible text of a Discord message: its content, then each embed. */
function discordText(given: Readonly<Record<string, unknown>>): string {
  const embeds = Array.isArray(given['embeds']) ? (given['embeds'] as { title?: string; description?: string }[]) : []
  return [given['content'], ...embeds.flatMap((embed) => [embed.title, embed.description])]
    .filter((part) => typeof part === 'string' && part !== '')
    .join('\n')
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > longest) break
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function jsonOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(body)
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {}
  } catch {
    return Object.fromEntries(new URLSearchParams(body))
  }
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
