import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import { type TestContext, test } from 'node:test'
import { createMetrics, requestHandler, type ServeOptions, serve } from '../../../runtime/index.ts'
import { card, catalogue, gauge, statusPage, usdt } from '../../../runtime/metrics.ts'
import { createStatus } from '../../../runtime/status/index.ts'

const declared = catalogue('tb', { balance_usdt: gauge({ help: 'Balance.', unit: usdt }) })
const page = statusPage('Bot', [card('Balance', declared.balance_usdt)])

/** A server with a status page, and what it logs. */
async function served(t: TestContext, options: Partial<ServeOptions> = {}) {
  const logged: string[] = []
  const metrics = createMetrics(declared, { log: (line) => logged.push(line) })
  metrics.balance_usdt.set(1234.5)
  const status = createStatus(metrics, page)
  const server = await serve(metrics, { port: 0, also: [status.handle], ...options })
  t.after(async () => {
    status.end()
    await server.close()
  })
  return { ...server, logged }
}

async function ask(port: number, path: string, host: string, at = '127.0.0.1') {
  const sent = request({ port, path, host: at, headers: { Host: host }, agent: false }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  return { status: response.statusCode, body: Buffer.concat(await response.toArray()).toString() }
}

/** Every path that reveals anything of the bot. */
const paths = ['/metrics', '/', '/api/metrics']

/** The status for each name; all of them if the paths differ. */
const statusesOf = async (port: number, hosts: readonly string[], at?: string) =>
  Object.fromEntries(
    await Promise.all(
      hosts.map(async (host) => {
        const statuses = await Promise.all(paths.map(async (path) => (await ask(port, path, host, at)).status))
        return [host, new Set(statuses).size === 1 ? statuses[0] : statuses] as const
      }),
    ),
  )
const all = (hosts: readonly string[], status: number) => Object.fromEntries(hosts.map((host) => [host, status]))

/** Names that reach a bot on loopback: no web page can own them. */
const own = [
  ...['localhost', 'localhost:9100', 'LOCALHOST:9100', 'localhost.', 'bot.localhost'],
  ...[
    '127.0.0.1',
    '127.0.0.1:9100',
    '127.1.2.3',
    '10.0.0.5:8000',
    '[::1]',
    '[::1]:9100',
    '[FE80::1]:9100',
    '[::ffff:7f00:1]',
  ],
  ...['bot', 'bot:8000', 'BOT:8000', 'paper-bot:8000'],
  ...[
    'host.docker.internal',
    'host.docker.internal:8000',
    'Host.Docker.Internal:8000',
    'host.containers.internal:8000',
  ],
  hostname(),
]
/** The names under which the generated stack reaches a bot, in the order of the file. */
const ofStack = [
  ...readFileSync(new URL('../../../out/mcbot/docker-compose.yaml', import.meta.url), 'utf8').matchAll(
    /^ {2}((?:\w+-)?bot):$|- ([\w.]+):\$\{HOST_GATEWAY|^ +\$\{BOT_TARGET:-(\w+):/gm,
  ),
].map(([, service, machine, target]) => service ?? machine ?? target)

test('the names of the generated stack are among those that are always allowed', () => {
  assert.deepEqual(ofStack, ['paper-bot', 'bot', 'host.docker.internal', 'bot'])
  for (const name of ofStack) assert.ok(own.includes(`${name}:8000`), name)
})

const foreign = [
  ...['evil.example', 'evil.example:9100', 'localhost.evil.example', '127.0.0.1.evil.example', 'bot.evil.example'],
  ...[
    'host.docker.internal.evil.example',
    'evillocalhost',
    '[::1].evil.example',
    '[evil.example]',
    '::1',
    '[::1',
    '127.0.0.1@evil.example',
  ],
  ...['bot:8000:8000', 'a b', '.'],
]

test('a bot on loopback answers under addresses and names that no web page can own, and under no other', async (t) => {
  const { port } = await served(t)
  assert.deepEqual(await statusesOf(port, own), all(own, 200))
  assert.deepEqual(await statusesOf(port, foreign), all(foreign, 421))
  assert.deepEqual(await statusesOf(port, ['mybot', 'tradebox.lan:9100']), { mybot: 421, 'tradebox.lan:9100': 421 })
})

/** An address of this machine that is not loopback. */
const outward = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address

const hasIPv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
)

test('a bot that others reach also answers under the name of a container or of a machine in the local network', {
  skip: outward === undefined ? 'this machine has no address but loopback' : false,
}, async (t) => {
  const { port } = await served(t, { host: '0.0.0.0' })
  const local = ['mybot:8000', 'mcbot-bot-1:8000', 'tradebox.lan:9100', 'tradebox.local', 'tradebox.home.arpa']
  const reached = [...own, ...local, `${outward}:${port}`]
  assert.deepEqual(await statusesOf(port, reached, outward), all(reached, 200))
  assert.deepEqual(await statusesOf(port, foreign.slice(0, 5), outward), all(foreign.slice(0, 5), 421))
  // Over loopback it is as reachable for a web page as a bot that listens on loopback only.
  assert.deepEqual(await statusesOf(port, local), all(local, 421))
})

const refusal = (name: string) =>
  `refused a request for '${name}:9100': a web page could have pointed this name at your machine to read the bot (DNS rebinding). ` +
  `Expected an IP address, localhost, bot, host.docker.internal or '${hostname()}'; if the name is yours, add it to the option hosts: '${name}'`

test('a refusal says what to set, to the client and once in the log, and reaches every path that reveals anything', async (t) => {
  const { port, logged } = await served(t)
  for (const path of [...paths, '/anything'])
    assert.deepEqual(
      await ask(port, path, 'evil.example:9100'),
      { status: 421, body: `${refusal('evil.example')}\n` },
      path,
    )
  await ask(port, '/metrics', 'bots.example.org:9100')
  assert.deepEqual(logged, [`botwatch: ${refusal('evil.example')}`, `botwatch: ${refusal('bots.example.org')}`])
  // Whatever restarts the bot must not do so because of a name.
  assert.equal((await ask(port, '/healthz', 'evil.example')).status, 200)
  assert.equal((await ask(port, '/readyz', 'evil.example')).status, 200)
})

test('a web page that sends a thousand names does not fill the log', async (t) => {
  const { port, logged } = await served(t)
  for (let i = 0; i < 20; i++) await ask(port, '/metrics', `evil-${i}.example`)
  assert.equal(logged.length, 5)
})

test('hosts adds names, with or without a port, for the status page as well', async (t) => {
  const { port } = await served(t, { hosts: ['Bots.Example.org', 'tradebox.lan:9100'] })
  for (const path of paths)
    for (const host of ['bots.example.org', 'BOTS.example.org.:443', 'tradebox.lan'])
      assert.equal((await ask(port, path, host)).status, 200, `${path} ${host}`)
  assert.equal((await ask(port, '/metrics', 'example.org')).status, 421)
})

test('the name that a server listens on is allowed', async (t) => {
  const { port, url } = await served(t, { host: 'localhost' })
  assert.equal(url, `http://localhost:${port}`)
  for (const path of paths) assert.equal((await fetch(`${url}${path}`)).status, 200, path)
})

test('a bot on the IPv6 loopback is checked in the same way', {
  skip: hasIPv6 ? false : 'this machine has no IPv6',
}, async (t) => {
  const { port, url } = await served(t, { host: '::1' })
  assert.equal(url, `http://[::1]:${port}`)
  for (const path of paths) assert.equal((await fetch(`${url}${path}`)).status, 200, path)
  const hosts = [`[::1]:${port}`, '[::1]', 'localhost', '127.0.0.1']
  assert.deepEqual(await statusesOf(port, hosts, '::1'), all(hosts, 200))
  assert.deepEqual(await statusesOf(port, foreign, '::1'), all(foreign, 421))
  assert.deepEqual(await statusesOf(port, ['mybot:8000'], '::1'), { 'mybot:8000': 421 })
})

test('a handler on a server of the bot’s own checks as well', async (t) => {
  const metrics = createMetrics(declared, { log: () => {} })
  const hosts = ['bots.example.org']
  const handle = requestHandler(metrics, { hosts })
  const status = createStatus(metrics, page, { hosts })
  t.after(status.end)
  const server = createServer((request, response) => {
    if (!handle(request, response) && !status.handle(request, response)) response.end('the bot itself')
  }).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  for (const path of paths) {
    assert.equal((await ask(port, path, 'evil.example')).status, 421)
    assert.equal((await ask(port, path, 'bots.example.org')).status, 200)
  }
  assert.equal((await ask(port, '/orders', 'evil.example')).body, 'the bot itself')
})

test('a client without a Host header is answered: only HTTP/1.0 may omit it, which no browser sends', async (t) => {
  const { port } = await served(t)
  const firstLine = async (head: string) => {
    const socket = connect(port, '127.0.0.1')
    socket.end(head)
    return Buffer.concat(await socket.toArray())
      .toString()
      .split('\r\n', 1)[0]
  }
  assert.equal(await firstLine('GET /metrics HTTP/1.0\r\n\r\n'), 'HTTP/1.1 200 OK')
  assert.equal(await firstLine('GET /metrics HTTP/1.1\r\n\r\n'), 'HTTP/1.1 400 Bad Request')
  assert.equal(
    await firstLine('GET /metrics HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n'),
    'HTTP/1.1 421 Misdirected Request',
  )
})

test('a host that is not a name is refused with a message', async () => {
  const metrics = createMetrics(declared)
  for (const [host, given] of [
    ['https://bots.example.org', "'https://bots.example.org'"],
    ['', "''"],
    [7 as never, '7 (number)'],
  ] as const)
    await assert.rejects(serve(metrics, { port: 0, hosts: [host] }), {
      name: 'TypeError',
      message: `hosts: ${given}, expected a name such as bot.example.org`,
    })
})
