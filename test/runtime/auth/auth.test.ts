import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { createMetrics, type ServeOptions, serve } from '../../../runtime/index.ts'
import { catalogue, counter } from '../../../runtime/metrics.ts'

const metrics = createMetrics(catalogue('own', { turns_total: counter({ help: 'Turns of the main loop.' }) }))

async function served(t: TestContext, options: Partial<ServeOptions>) {
  const server = await serve(metrics, { port: 0, ...options })
  t.after(server.close)
  return (path: string, authorization?: string) =>
    fetch(`${server.url}${path}`, authorization === undefined ? {} : { headers: { authorization } })
}

const base64 = (credentials: string) => Buffer.from(credentials).toString('base64')
const token = 'mF_9.B5f-4.1JqM'
const login = { user: 'prometheus', password: 'pass:word' }
const right = base64('prometheus:pass:word')

const table = [
  ['the token', { token }, `Bearer ${token}`, 200],
  ['the token after a lower-case scheme', { token }, `bearer  ${token}`, 200],
  ['no token', { token }, undefined, 401],
  ['an empty token', { token }, 'Bearer ', 401],
  ['the start of the token', { token }, `Bearer ${token.slice(0, -1)}`, 401],
  ['the token with an extra character', { token }, `Bearer ${token}x`, 401],
  ['the token as a password', { token }, `Basic ${token}`, 401],
  ['the token without a scheme', { token }, token, 401],
  ['user and password', login, `Basic ${right}`, 200],
  ['another user', login, `Basic ${base64('grafana:pass:word')}`, 401],
  ['another password', login, `Basic ${base64('prometheus:pass')}`, 401],
  ['user and password as a token', login, `Bearer ${right}`, 401],
  ['no password', login, undefined, 401],
] as const

for (const [name, auth, sent, status] of table)
  test(`${name} is answered with ${status}`, async (t) => {
    const ask = await served(t, { auth })
    const response = await ask('/metrics', sent)
    assert.equal(response.status, status)
    const said = await response.text()
    if (status === 200) assert.match(said, /^own_turns_total 0$/m)
    else {
      assert.equal(said, 'not authorized\n')
      assert.equal(
        response.headers.get('www-authenticate'),
        'token' in auth ? 'Bearer realm="metrics"' : 'Basic realm="metrics", charset="UTF-8"',
      )
    }
  })

test('health checks need no credentials, and an unknown path reveals nothing', async (t) => {
  const ask = await served(t, { auth: { token } })
  assert.deepEqual(
    await Promise.all(['/healthz', '/readyz', '/secret'].map(async (path) => (await ask(path)).status)),
    [200, 200, 404],
  )
})

test('a secret that does not fit in a header is refused at once, and the error does not repeat it', async () => {
  for (const auth of [{ token: '' }, { token: `${token}\n` }, { user: 'me', password: 'geheim ü' }])
    await assert.rejects(serve(metrics, { port: 0, auth }), (error: Error) => {
      assert.match(error.message, /^auth: the (token|password) is empty or contains white space/)
      assert.doesNotMatch(error.message, /geheim|mF_9/)
      return true
    })
  await assert.rejects(serve(metrics, { port: 0, auth: { user: 'a:b', password: 'c' } }), {
    message: 'auth: the user is empty or contains a colon, expected a name such as prometheus',
  })
})

/** The server's response to the start of a request, until either side closes the connection. */
async function answerTo(t: TestContext, head: string, options: Partial<ServeOptions> = {}): Promise<string> {
  const server = await serve(metrics, { port: 0, ...options })
  const socket = connect(server.port, '127.0.0.1')
  t.after(() => {
    socket.destroy()
    return server.close()
  })
  await once(socket, 'connect')
  socket.write(head)
  return text(socket)
}

test('a client that sends its request headers too slowly is disconnected', async (t) => {
  const half = 'GET /metrics HTTP/1.1\r\nHost: x\r\n'
  const patient = answerTo(t, half).then(() => 'the server that waits for ten seconds was first')
  const answer = await Promise.race([patient, answerTo(t, half, { headWithin: 300 })])
  assert.match(answer, /^HTTP\/1\.1 408 /)
})

test('request headers that are too large are refused', async (t) => {
  const answer = await answerTo(t, `GET /metrics HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(9000)}\r\n\r\n`)
  assert.match(answer, /^HTTP\/1\.1 431 /)
})

test('a request body is refused without waiting for it, and the connection is closed', async (t) => {
  const answer = await answerTo(t, 'GET /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nx')
  assert.match(answer, /^HTTP\/1\.1 413 /)
  assert.match(answer, /\r\n\r\na request for metrics must not have a body\n$/)
  const posted = await answerTo(t, 'POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nx')
  assert.match(posted, /^HTTP\/1\.1 405 /)
})
