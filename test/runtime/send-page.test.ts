import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, get, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import type { Expositions } from '../../runtime/expositions.ts'
import { expositionsIn, expositionsOf } from '../../runtime/expositions-of.ts'
import { createMetrics, requestHandler, serve } from '../../runtime/index.ts'
import { catalogue, counter, open } from '../../runtime/metrics.ts'

const series = 20_000
const declared = catalogue('tb', {
  x_total: counter({ help: 'x', labels: { symbol: open({ max: series }) } }),
})

/** Metrics whose exposition exceeds a socket's buffer. */
function large() {
  const metrics = createMetrics(declared)
  const symbols = Array.from({ length: series }, (_, i) => `${i}`.padStart(200, '€'))
  const write = () => {
    for (const symbol of symbols) metrics.x_total.inc({ symbol })
  }
  write()
  return { metrics, write }
}

async function answerOf(url: string, headers: Readonly<Record<string, string>> = {}): Promise<IncomingMessage> {
  const [response] = (await once(get(`${url}/metrics`, { agent: false, headers }), 'response')) as [IncomingMessage]
  return response
}

const bodyOf = async (response: IncomingMessage): Promise<Buffer> => Buffer.concat(await response.toArray())

/** The number of series by value. */
function valuesIn(page: string): Readonly<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const [, value = ''] of page.matchAll(/^tb_x_total\{symbol="[^"]*"\} (.*)$/gm))
    found[value] = (found[value] ?? 0) + 1
  return found
}

test('a large exposition is sent in chunks, also compressed', async (t) => {
  const server = await serve(large().metrics, { port: 0 })
  t.after(server.close)
  const plain = await answerOf(server.url)
  assert.deepEqual([plain.headers['transfer-encoding'], plain.headers['content-length']], ['chunked', undefined])
  assert.deepEqual(valuesIn((await bodyOf(plain)).toString()), { 1: series })
  const compressed = await answerOf(server.url, { 'Accept-Encoding': 'gzip' })
  assert.equal(compressed.headers['content-encoding'], 'gzip')
  assert.deepEqual(valuesIn(gunzipSync(await bodyOf(compressed)).toString()), { 1: series })
})

test('concurrent scrapes each receive the whole exposition, compressed or plain as requested', async () => {
  const pages = expositionsIn(large().metrics)
  const bytes = await Promise.all(
    [false, true, true, false].map(async (compressed) => {
      const pieces: Buffer[] = []
      const take = (piece: Buffer) => {
        pieces.push(Buffer.from(piece))
        return undefined
      }
      await pages('text', take, compressed)
      return compressed ? gunzipSync(Buffer.concat(pieces)) : Buffer.concat(pieces)
    }),
  )
  assert.deepEqual(valuesIn(`${bytes[0]}`), { 1: series })
  assert.deepEqual(
    bytes.map((of) => of.equals(bytes[0] as Buffer)),
    [true, true, true, true],
  )
})

test('a slow client gets an exposition of a single moment, whatever is written and scraped meanwhile', async (t) => {
  const { metrics, write } = large()
  const server = await serve(metrics, { port: 0 })
  t.after(server.close)
  const slow = await answerOf(server.url)
  for (let round = 2; round < 5; round++) {
    write()
    const quick = await bodyOf(await answerOf(server.url))
    assert.deepEqual(valuesIn(quick.toString()), { [round]: series })
  }
  assert.deepEqual(valuesIn((await bodyOf(slow)).toString()), { 1: series })
})

test('an HTTP/1.0 client gets Content-Length instead of chunks', async (t) => {
  const { metrics } = large()
  const server = await serve(metrics, { port: 0 })
  t.after(server.close)
  const socket = connect(server.port, '127.0.0.1')
  socket.write('GET /metrics HTTP/1.0\r\n\r\n')
  const answer = Buffer.concat(await socket.toArray())
  const end = answer.indexOf('\r\n\r\n') + 4
  const head = answer.subarray(0, end).toString()
  assert.match(head, /^HTTP\/1\.1 200 OK\r\n/)
  assert.equal(/transfer-encoding/i.test(head), false)
  assert.equal(Number(/^Content-Length: (\d+)\r$/m.exec(head)?.[1]), answer.length - end)
  assert.deepEqual(valuesIn(answer.subarray(end).toString()), { 1: series })
})

/** Serves the given `pages` function. */
async function serving(t: TestContext, pages: Expositions): Promise<string> {
  const handle = requestHandler({ [expositionsOf]: pages })
  const server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a truncated exposition is never taken for a complete one', async (t) => {
  const url = await serving(t, async (_, take) => {
    await take(Buffer.from('tb_x_total 1\n'))
    await take(Buffer.from('tb_y_total 1\n'))
    throw new Error('out of memory')
  })
  const response = await answerOf(url)
  await assert.rejects(bodyOf(response), { code: 'ECONNRESET' })
  assert.equal(response.complete, false)
})

test('an exposition that fails before anything was sent is answered with 500', async (t) => {
  const url = await serving(t, async (_, take) => {
    await take(Buffer.from('tb_x_total 1\n'))
    throw new Error('out of memory')
  })
  const response = await answerOf(url)
  assert.equal(response.statusCode, 500)
  assert.equal(
    (await bodyOf(response)).toString(),
    'the metrics could not be rendered; this is a bug in botwatch: Error: out of memory\n',
  )
})
