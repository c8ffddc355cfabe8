import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { startPrometheus } from '../../../demo/servers/start.ts'
import { createMetrics, serve } from '../../../runtime/index.ts'
import { catalogue, counter } from '../../../runtime/metrics.ts'
import { needs } from '../../servers/skipped.ts'

const declared = catalogue('tb', { x_total: counter({ help: 'x' }) })

/** Stands in for the names of a network of containers: a proxy that sends every request to the bot, as it is. */
async function namesOf(t: TestContext, port: number): Promise<string> {
  const proxy = createServer((asked, response) => {
    const { pathname } = new URL(asked.url ?? '/')
    const sent = request({ port, path: pathname, headers: asked.headers, agent: false }, (received) => {
      response.writeHead(received.statusCode ?? 502, received.headers)
      received.pipe(response)
    })
    sent.on('error', () => response.destroy())
    sent.end()
  }).listen(0, '127.0.0.1')
  t.after(() => {
    proxy.close()
    proxy.closeAllConnections()
  })
  await once(proxy, 'listening')
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
}

/** Holds a hundred connections with half a request head, and opens a new one for each that the server closes. */
function flood(t: TestContext, port: number): { readonly opened: () => number } {
  const held = new Set<Socket>()
  let opened = 0
  let isOver = false
  const hold = () => {
    if (isOver) return
    opened++
    const socket = connect(port, '127.0.0.1')
    held.add(socket)
    socket.on('error', () => {})
    socket.write('GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ')
    socket.once('close', () => {
      held.delete(socket)
      hold()
    })
  }
  for (let i = 0; i < 100; i++) hold()
  t.after(() => {
    isOver = true
    for (const socket of held) socket.destroy()
  })
  return { opened: () => opened }
}

interface Target {
  readonly labels: { readonly instance: string }
  readonly lastError: string
}

test('Prometheus scrapes a bot by address, container name and host.docker.internal, while slow clients hold a hundred connections', async (t) => {
  const tools = await needs(t, 'prometheus')
  if (tools === undefined) return
  const server = await serve(createMetrics(declared, { log: () => {} }), { port: 0 })
  t.after(() => server.close())
  const names = await namesOf(t, server.port)
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const configFile = join(folder, 'prometheus.yml')
  const job = (name: string, targets: readonly string[], more: object = {}) => ({
    job_name: name,
    static_configs: [{ targets }],
    ...more,
  })
  const config = {
    global: { scrape_interval: '3s', scrape_timeout: '3s' },
    scrape_configs: [
      job('direct', [`127.0.0.1:${server.port}`, `localhost:${server.port}`]),
      job(
        'by-name',
        ['bot:8000', 'paper-bot:8000', 'host.docker.internal:8000', '10.0.0.5:8000', 'bots.example.org:8000'],
        {
          proxy_url: names,
        },
      ),
    ],
  }
  writeFileSync(configFile, JSON.stringify(config))
  const slow = flood(t, server.port)
  const prometheus = await startPrometheus({ tool: tools.prometheus, configFile, dataDir: join(folder, 'data') })
  t.after(() => prometheus.stop())
  const api = async (path: string) => {
    const response = await fetch(`${prometheus.url}/api/v1/${path}`)
    return ((await response.json()) as { readonly data: unknown }).data
  }
  const valuesOf = async (query: string) => {
    const { result } = (await api(`query?query=${encodeURIComponent(query)}`)) as {
      readonly result: readonly { readonly metric: { readonly instance: string }; readonly value: [number, string] }[]
    }
    return Object.fromEntries(result.map(({ metric, value }) => [metric.instance, value[1]]))
  }
  while (Object.keys(await valuesOf('count_over_time(up[5m]) >= 4')).length < 7) await delay(200)
  assert.deepEqual(await valuesOf('min_over_time(up[5m])'), {
    [`127.0.0.1:${server.port}`]: '1',
    [`localhost:${server.port}`]: '1',
    'bot:8000': '1',
    'paper-bot:8000': '1',
    'host.docker.internal:8000': '1',
    '10.0.0.5:8000': '1',
    'bots.example.org:8000': '0',
  })
  const { activeTargets } = (await api('targets')) as { readonly activeTargets: readonly Target[] }
  assert.deepEqual(
    activeTargets
      .filter(({ lastError }) => lastError !== '')
      .map(({ labels, lastError }) => [labels.instance, lastError]),
    [['bots.example.org:8000', 'server returned HTTP status 421 Misdirected Request']],
  )
  assert.ok(slow.opened() > 100, 'the server was full')
})
