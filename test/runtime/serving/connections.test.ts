import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { createMetrics, type RequestHandler, serve } from '../../../runtime/index.ts'
import { catalogue, counter } from '../../../runtime/metrics.ts'

const most = 100
const declared = catalogue('tb', { x_total: counter({ help: 'x' }) })
const halfHead = 'GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: '

interface Client {
  readonly socket: Socket
  readonly isOpen: () => boolean
}

/** A server, and clients on addresses of their own, which are closed first: the server waits for them. */
async function staged(t: TestContext, also: readonly RequestHandler[] = []) {
  const serving = await serve(createMetrics(declared), { port: 0, host: '127.0.0.1', also })
  const clients: Socket[] = []
  t.after(async () => {
    for (const socket of clients) socket.destroy()
    await serving.close()
  })
  const client = async (sent: string, from = '127.0.0.1'): Promise<Client> => {
    const socket = connect({ port: serving.port, host: '127.0.0.1', localAddress: from })
    clients.push(socket)
    let isOpen = true
    socket.on('close', () => {
      isOpen = false
    })
    // A connection that the server closes may be reset.
    socket.on('error', () => {})
    socket.resume()
    await once(socket, 'connect')
    socket.write(sent)
    return { socket, isOpen: () => isOpen }
  }
  const clientsOf = async (count: number, sent: string, from?: string) => {
    const all: Client[] = []
    for (let i = 0; i < count; i++) all.push(await client(sent, from))
    return all
  }
  return { serving, client, clientsOf }
}

async function statusOf(url: string, agent: Agent | false = false): Promise<number | undefined> {
  const [response] = (await once(get(`${url}/metrics`, { agent }), 'response')) as [IncomingMessage]
  await response.toArray()
  return response.statusCode
}

const open = (clients: readonly Client[]) => clients.filter(({ isOpen }) => isOpen()).length

test('a hundred connections with half a request head do not keep a scrape out: only the oldest is closed', async (t) => {
  const { serving, clientsOf } = await staged(t)
  const slow = await clientsOf(most, halfHead)
  const [oldest] = slow as [Client]
  const closed = once(oldest.socket, 'close')
  assert.equal(await statusOf(serving.url), 200)
  await closed
  assert.equal(open(slow), most - 1)
  // The connection of the first scrape is closed, so there is room for the next.
  for (let i = 0; i < 10; i++) assert.equal(await statusOf(serving.url), 200)
  assert.equal(open(slow), most - 1)
})

test('clients that open a new slow connection for each that is closed do not keep scrapes out', async (t) => {
  const { serving, client, clientsOf } = await staged(t)
  let opened = most
  let isOver = false
  const again = ({ socket }: Client) =>
    socket.once('close', async () => {
      if (isOver) return
      opened++
      again(await client(halfHead))
    })
  for (const each of await clientsOf(most, halfHead)) again(each)
  // Five more, so that there is always one too many.
  for (const each of await clientsOf(5, halfHead)) again(each)
  for (let i = 0; i < 50; i++) assert.equal(await statusOf(serving.url), 200)
  isOver = true
  assert.ok(opened > most + 5, `${opened}`)
})

test('silent connections, and those whose answer was read, do not keep a scrape out either', async (t) => {
  const { serving, clientsOf } = await staged(t)
  await clientsOf(most, '')
  assert.equal(await statusOf(serving.url), 200)
  await clientsOf(most, 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
  assert.equal(await statusOf(serving.url), 200)
})

test('requests that are never answered do not keep a scrape out', async (t) => {
  const events = new EventEmitter()
  let asked = 0
  const { serving, clientsOf } = await staged(t, [
    () => {
      asked++
      return events.emit('asked') || true
    },
  ])
  const asking = await clientsOf(most, 'GET /forever HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
  while (asked < most) await once(events, 'asked')
  const [oldest] = asking as [Client]
  const closed = once(oldest.socket, 'close')
  assert.equal(await statusOf(serving.url), 200)
  await closed
  assert.equal(open(asking), most - 1)
})

test('a client with many connections displaces its own, never the idle connection of Prometheus', async (t) => {
  const { serving, clientsOf } = await staged(t)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  t.after(() => agent.destroy())
  assert.equal(await statusOf(serving.url, agent), 200)
  const [kept] = Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? []) as [Socket]
  const slow = await clientsOf(most, halfHead, '127.0.0.2')
  const more = await clientsOf(most, 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', '127.0.0.2')
  assert.equal(await statusOf(serving.url, agent), 200)
  assert.equal(kept.destroyed, false)
  assert.deepEqual(Object.values(agent.freeSockets).flat(), [kept])
  assert.ok(open(slow) + open(more) < most, `${open(slow)} and ${open(more)} of ${2 * most} are open`)
})
