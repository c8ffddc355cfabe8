import assert from 'node:assert/strict'
import { channel } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { get, type IncomingMessage, type Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { createMetrics, serve } from '../../runtime/index.ts'
import { catalogue, counter, open } from '../../runtime/metrics.ts'

const declared = catalogue('tb', { x_total: counter({ help: 'x', labels: { symbol: open({ max: 30_000 }) } }) })

/** A server and its clients, which are closed first: the server waits for them. */
async function staged(t: TestContext) {
  const metrics = createMetrics(declared)
  const serving = await serve(metrics, { port: 0 })
  const clients: Socket[] = []
  t.after(async () => {
    for (const client of clients) client.destroy()
    await serving.close()
  })
  const client = async () => {
    const socket = connect(serving.port, '127.0.0.1')
    clients.push(socket)
    await once(socket, 'connect')
    return socket
  }
  return { metrics, serving, client }
}

type Stage = Awaited<ReturnType<typeof staged>>

/** Requests an exposition that exceeds the socket buffer and reads none of it; returns Node's own server and socket. */
async function askedAndNotRead(t: TestContext, { metrics, client }: Stage) {
  for (let i = 0; i < 20_000; i++) metrics.x_total.inc({ symbol: `${i}`.padStart(200, '€') })
  const asked = channel('http.server.request.start')
  const seen = new Promise<{ server: Server; socket: Socket }>((resolve) => {
    const look = (message: unknown) => resolve(message as { server: Server; socket: Socket })
    asked.subscribe(look)
    t.after(() => asked.unsubscribe(look))
  })
  const silent = await client()
  silent.pause()
  silent.write('GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
  const { server, socket } = await seen
  while (socket.writableLength === 0 && !socket.destroyed) await turn()
  return { server, socket }
}

test('the limits of a server are the documented ones', async (t) => {
  const { server } = await askedAndNotRead(t, await staged(t))
  assert.deepEqual(
    { still: server.timeout, head: server.headersTimeout, request: server.requestTimeout },
    { still: 30_000, head: 10_000, request: 15_000 },
  )
})

test('a client that stops reading is disconnected, and the next one gets the whole exposition', async (t) => {
  const stage = await staged(t)
  const { server } = await askedAndNotRead(t, stage)
  server.timeout = 200
  const { socket } = await askedAndNotRead(t, stage)
  await once(socket, 'close')
  server.timeout = 30_000
  const page = get(`${stage.serving.url}/metrics`, { agent: false })
  const [response] = (await once(page, 'response')) as [IncomingMessage]
  assert.equal(
    Buffer.concat(await response.toArray())
      .toString()
      .match(/^tb_x_total\{/gm)?.length,
    20_000,
  )
})

test('close() waits exactly five seconds for an unread exposition, even once all of it is written', async (t) => {
  const stage = await staged(t)
  const { socket } = await askedAndNotRead(t, stage)
  // Expositions are rendered one after another: once the next is done, all of this one is rendered and buffered for the client.
  await stage.metrics.render()
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] })
  const closed = stage.serving.close()
  t.mock.timers.tick(4999)
  assert.equal(socket.destroyed, false)
  t.mock.timers.tick(1)
  assert.equal(socket.destroyed, true)
  await closed
})
