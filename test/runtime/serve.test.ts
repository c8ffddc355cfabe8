import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, createServer, get, type IncomingMessage, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { createMetrics, requestHandler, type ServeOptions, serve } from '../../runtime/index.ts'
import { catalogue, counter, open } from '../../runtime/metrics.ts'
import { withoutContractLines } from './fixture.ts'

const declared = catalogue('tb', { x_total: counter({ help: 'x', labels: { symbol: open({ max: 30_000 }) } }) })

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

function ask(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, async (response) => {
      const body = Buffer.concat(await response.toArray())
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body })
    })
    sent.on('error', reject)
    sent.end()
  })
}

async function served(t: TestContext, metrics: object, options: Partial<ServeOptions> = {}) {
  const server = await serve(metrics, { port: 0, ...options })
  t.after(server.close)
  return server
}

/** Metrics whose exposition exceeds the socket buffer, so that its end is not yet written when its start is read. */
function aLargePage() {
  const metrics = createMetrics(declared)
  for (let i = 0; i < 30_000; i++) metrics.x_total.inc({ symbol: `${i}`.padStart(200, '€') })
  return metrics
}

test('the server serves both formats, compressed if accepted, and frees its port on close', async (t) => {
  const metrics = createMetrics(declared)
  metrics.x_total.inc({ symbol: 'Ü' })
  const server = await served(t, metrics)
  assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+$/)

  const text = await ask(`${server.url}/metrics?ignored=1`)
  assert.equal(text.status, 200)
  assert.equal(text.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8')
  assert.equal(text.headers.vary, 'Accept, Accept-Encoding')
  assert.equal(text.headers['cache-control'], 'no-store')
  assert.equal(text.headers['content-encoding'], undefined)
  assert.equal(
    withoutContractLines(text.body.toString()),
    '# HELP tb_x_total x\n# TYPE tb_x_total counter\ntb_x_total{symbol="Ü"} 1\n',
  )
  assert.equal(Number(text.headers['content-length']), text.body.length)

  const accept = {
    Accept: 'application/openmetrics-text;version=1.0.0;q=0.6,text/plain;q=0.4',
    'Accept-Encoding': 'gzip',
  }
  const openmetrics = await ask(`${server.url}/metrics`, accept)
  assert.equal(openmetrics.headers['content-type'], 'application/openmetrics-text; version=1.0.0; charset=utf-8')
  assert.equal(openmetrics.headers['content-encoding'], 'gzip')
  // The ninth byte of gzip output is 4 for the fastest level (RFC 1952, XFL).
  assert.equal(openmetrics.body[8], 4)
  assert.equal(
    withoutContractLines(gunzipSync(openmetrics.body).toString()),
    '# TYPE tb_x counter\n# HELP tb_x x\ntb_x_total{symbol="Ü"} 1\n# EOF\n',
  )

  await server.close()
  await server.close()
  await assert.rejects(ask(`${server.url}/metrics`), { code: 'ECONNREFUSED' })
})

test('every path and method gets the right response', async (t) => {
  let ready: boolean | string = 'waiting for the first candle'
  const server = await served(t, createMetrics(declared), {
    ready: () => {
      if (ready === 'throw') throw new Error('secret')
      return ready
    },
  })
  const table: readonly (readonly [string, string, boolean | string, number, string])[] = [
    ['GET', '/healthz', false, 200, 'ok\n'],
    ['GET', '/readyz', true, 200, 'ready\n'],
    ['GET', '/readyz', false, 503, 'not ready\n'],
    ['GET', '/readyz', 'waiting for the first candle', 503, 'waiting for the first candle\n'],
    ['GET', '/readyz', 'throw', 503, 'not ready: the check threw an error\n'],
    ['GET', '/', true, 404, 'not found; available: /metrics, /healthz, /readyz\n'],
    ['GET', '/metrics/', true, 404, 'not found; available: /metrics, /healthz, /readyz\n'],
    ['GET', '/../metrics', true, 404, 'not found; available: /metrics, /healthz, /readyz\n'],
    ['POST', '/metrics', true, 405, 'POST is not supported here, only GET and HEAD\n'],
    ['DELETE', '/readyz', true, 405, 'DELETE is not supported here, only GET and HEAD\n'],
    ['HEAD', '/healthz', true, 200, ''],
  ]
  for (const [method, path, state, status, body] of table) {
    ready = state
    const { port } = server
    const sent = request({ port, path, method, agent: false }).end()
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    assert.equal(`${method} ${path} ${response.statusCode}`, `${method} ${path} ${status}`)
    assert.equal(Buffer.concat(await response.toArray()).toString(), body)
    assert.equal(response.headers['x-content-type-options'], 'nosniff')
    if (status === 405) assert.equal(response.headers.allow, 'GET, HEAD')
  }
  const head = await ask(`${server.url}/metrics`, {}, 'HEAD')
  assert.deepEqual([head.status, head.body.length, Number(head.headers['content-length']) > 0], [200, 0, true])
})

test('a bot can add the paths to its own server and keep its others', async (t) => {
  const handle = requestHandler(createMetrics(declared))
  const server = createServer((request, response) => {
    if (!handle(request, response)) response.end('the bot itself')
  }).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  assert.match((await ask(`${url}/metrics`)).body.toString(), /^# HELP tb_x_total x\n/)
  assert.equal((await ask(`${url}/orders`)).body.toString(), 'the bot itself')
})

test('the error for a port in use names the address', async (t) => {
  const metrics = createMetrics(declared)
  const first = await served(t, metrics)
  await assert.rejects(serve(metrics, { port: first.port }), {
    code: 'EADDRINUSE',
    message: `serve: cannot listen on 127.0.0.1:${first.port}: the port is already in use: choose another one`,
  })
})

test('something other than metrics is refused at once', async () => {
  await assert.rejects(serve({}, { port: 0 }), {
    name: 'TypeError',
    message: 'not a metrics object: expected the return value of createMetrics(…)',
  })
})

test('a client that hangs up or sends rubbish does no harm, and a running scrape completes before the server closes', async (t) => {
  const server = await served(t, aLargePage())

  const rude = connect(server.port, '127.0.0.1')
  await once(rude, 'connect')
  rude.write('GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
  await once(rude, 'data')
  rude.destroy()
  const rubbish = connect(server.port, '127.0.0.1')
  rubbish.write('\x00\x01rubbish\r\n\r\n')
  rubbish.resume()
  await once(rubbish, 'close')

  const scraped = ask(`${server.url}/metrics`)
  const [waiting] = (await once(get(`${server.url}/metrics`, { agent: false }), 'response')) as [IncomingMessage]
  // On a busy machine the response can take longer than the timeout, so the clock stands still.
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const closed = server.close()
  assert.equal((await waiting.toArray()).length > 0, true)
  assert.equal((await scraped).body.toString().match(/^tb_x_total\{/gm)?.length, 30_000)
  await closed
})

test('a keep-alive connection does not keep the server open', async (t) => {
  const server = await served(t, aLargePage())
  const agent = new Agent({ keepAlive: true })
  t.after(() => agent.destroy())
  const [response] = (await once(get(`${server.url}/metrics`, { agent }), 'response')) as [IncomingMessage]
  // The timeout never fires, so that nothing else closes the connection.
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const closed = server.close()
  const body = Buffer.concat(await response.toArray())
  await closed
  assert.equal(body.toString().match(/^tb_x_total\{/gm)?.length, 30_000)
})
