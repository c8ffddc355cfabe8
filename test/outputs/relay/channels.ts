import { EventEmitter, once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

/** How a service treats a request: it takes the message, at once or much later, never answers, cuts the connection, or answers with a status. */
export type Mood = 'well' | 'slow' | 'hangs' | 'resets' | readonly [status: number, body: object]

/** A request that arrived, and whether it was taken. */
interface ChannelRequest {
  readonly channel: 'telegram' | 'discord'
  readonly text: string
  readonly body: Readonly<Record<string, unknown>>
  readonly isTaken: boolean
  readonly at: number
}

type Body = Readonly<Record<string, unknown>>
/** A mood, or one that depends on what is sent. */
type MoodOf = Mood | ((body: Body) => Mood)

/** Telegram and Discord, each with a mood, speaking as much of their protocols as the relay uses. */
export interface MoodyChannels {
  readonly url: string
  readonly requests: readonly ChannelRequest[]
  mood: { telegram: MoodOf; discord: MoodOf }
  /** Resolves once a request satisfies the condition. */
  until(wanted: (request: ChannelRequest) => boolean): Promise<ChannelRequest>
  close(): Promise<void>
}

/** Longer than an attempt waits, in milliseconds. */
const slowAnswer = 20_000

export async function startMoodyChannels(): Promise<MoodyChannels> {
  const requests: ChannelRequest[] = []
  const events = new EventEmitter()
  const channels = { mood: { telegram: 'well', discord: 'well' } as { telegram: MoodOf; discord: MoodOf } }
  const server = createServer(async (request, response) => {
    const channel = request.url?.startsWith('/bot') ? 'telegram' : 'discord'
    const body = (await json(request)) as Body
    const [embed] = (body['embeds'] ?? []) as readonly { readonly description?: string }[]
    const given = channels.mood[channel]
    const mood = typeof given === 'function' ? given(body) : given
    const text = String(body['text'] ?? embed?.description ?? body['content'])
    const one = { channel, text, body, isTaken: mood === 'well', at: performance.now() } as const
    requests.push(one)
    if (mood === 'slow') setTimeout(() => answer(response, 'well', channel), slowAnswer)
    else answer(response, mood, channel)
    events.emit('request', one)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return Object.assign(channels, {
    url: `http://127.0.0.1:${port}`,
    requests,
    until: async (wanted: (request: ChannelRequest) => boolean): Promise<ChannelRequest> => {
      for (;;) {
        const there = requests.find(wanted)
        if (there !== undefined) return there
        await once(events, 'request')
      }
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  })
}

function answer(response: ServerResponse, mood: Exclude<Mood, 'slow'>, channel: 'telegram' | 'discord'): void {
  if (mood === 'hangs') return
  if (mood === 'resets') return void response.destroy()
  const [status, body] = mood === 'well' ? [channel === 'telegram' ? 200 : 204, { ok: true, result: {} }] : mood
  response.writeHead(status, { 'content-type': 'application/json' }).end(status === 204 ? '' : JSON.stringify(body))
}
