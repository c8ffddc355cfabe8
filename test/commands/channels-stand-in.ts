import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The messages that a channel received, in order. */
interface DeliveredMessage {
  readonly channel: 'telegram' | 'discord' | 'webhook'
  readonly text: string
}

/** Telegram's Bot API and Discord's webhooks with one bot, one chat and one webhook, which accept the right secrets and reject wrong ones. */
export interface Channels {
  readonly url: string
  readonly port: number
  readonly token: string
  readonly chat: string
  readonly webhook: string
  readonly taken: readonly DeliveredMessage[]
  /** What prevents delivery although all secrets are right. */
  mood: 'well' | 'limited' | 'forbidden'
  close(): Promise<void>
}

export async function startChannels(host = '127.0.0.1'): Promise<Channels> {
  const taken: DeliveredMessage[] = []
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = `http://${host}:${port}`
  const channels: Channels = {
    url,
    port,
    token: '4242:AAE-secret_token',
    chat: '-1001',
    webhook: `${url}/api/webhooks/77/secret-hook`,
    taken,
    mood: 'well',
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return channels

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request)
    const reply = (status: number, of: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(of))
    const telegram = /^\/bot([^/]*)\/(\w+)$/.exec(request.url ?? '')
    if (telegram !== null) return void reply(...telegramAnswer(telegram[1] ?? '', telegram[2] ?? '', body))
    if (request.url?.startsWith('/api/webhooks/')) {
      const [status, of] = discordAnswer(request.url, request.method ?? 'GET', body)
      return void (of === null ? response.writeHead(status).end() : reply(status, of))
    }
    taken.push({ channel: 'webhook', text: JSON.stringify(body) })
    reply(200, {})
  }

  function telegramAnswer(token: string, method: string, body: Body): readonly [number, object] {
    const refuse = (error_code: number, description: string, more = {}) =>
      [error_code, { ok: false, error_code, description, ...more }] as const
    if (!/^\d+:/.test(token)) return refuse(404, 'Not Found')
    if (token !== channels.token) return refuse(401, 'Unauthorized')
    const good = (result: object) => [200, { ok: true, result }] as const
    if (method === 'getMe') return good({ id: 4242, is_bot: true, first_name: 'watch' })
    if (String(body['chat_id']) !== channels.chat) return refuse(400, 'Bad Request: chat not found')
    const chat = { id: Number(channels.chat), type: 'group' }
    if (method === 'getChat') return good(chat)
    if (channels.mood === 'forbidden') return refuse(403, 'Forbidden: bot was blocked by the user')
    if (channels.mood === 'limited')
      return refuse(429, 'Too Many Requests: retry after 7', { parameters: { retry_after: 7 } })
    taken.push({ channel: 'telegram', text: String(body['text']) })
    return good({ message_id: taken.length, date: 1, chat, text: body['text'] })
  }

  function discordAnswer(path: string, method: string, body: Body): readonly [number, object | null] {
    const [, , , id, token] = path.split(/[/?]/)
    if (id !== '77') return [404, { message: 'Unknown Webhook', code: 10015 }]
    if (token !== 'secret-hook') return [401, { message: 'Invalid Webhook Token', code: 50027 }]
    if (method === 'GET') return [200, { id: '77', type: 1, name: 'watch' }]
    if (channels.mood === 'limited')
      return [429, { message: 'You are being rate limited.', retry_after: 1.3, global: false }]
    const embeds = Array.isArray(body['embeds']) ? (body['embeds'] as { title?: string; description?: string }[]) : []
    const text = [body['content'], ...embeds.flatMap((embed) => [embed.title, embed.description])]
    taken.push({ channel: 'discord', text: text.filter(Boolean).join('\n') })
    return [204, null]
  }
}

type Body = Readonly<Record<string, unknown>>

async function bodyOf(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  try {
    return JSON.parse(text) as Body
  } catch {
    return Object.fromEntries(new URLSearchParams(text))
  }
}
