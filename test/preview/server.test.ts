import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { botFolders, createDashboardList } from '../../generators/commands/preview/dashboards.ts'
import { answeringServer, origin, previewFolder, previewOf, unusedAddress } from './preview-of.ts'

const dashboard = (title: string) => JSON.stringify({ title, panels: [] })

test('only queries are forwarded to Prometheus', async (t) => {
  const asked: string[] = []
  const prometheus = await answeringServer(t, (path) => {
    asked.push(path)
    return '{"status":"success","data":{"resultType":"vector","result":[]}}'
  })
  const { get } = await previewOf(t, { prometheus })

  const cases: readonly (readonly [string, RequestInit, number])[] = [
    ['/prometheus/api/v1/query?query=up', {}, 200],
    ['/prometheus/api/v1/query_range?query=up&start=1&end=2&step=1', {}, 200],
    ['/prometheus/api/v1/label/env/values?match[]=up', {}, 200],
    ['/prometheus/api/v1/status/config', {}, 403],
    ['/prometheus/api/v1/status/flags', {}, 403],
    ['/prometheus/api/v1/admin/tsdb/snapshot', {}, 403],
    ['/prometheus/-/quit', {}, 403],
    ['/prometheus/api/v1/query/../status/config', {}, 403],
    ['/prometheus/api/v1/query?query=up', { method: 'POST' }, 405],
    ['/prometheus/api/v1/admin/tsdb/delete_series?match[]=up', { method: 'POST' }, 405],
    ['/prometheus/-/reload', { method: 'PUT' }, 405],
  ]
  for (const [path, init, status] of cases)
    assert.equal((await get(path, init)).status, status, `${init.method} ${path}`)
  assert.deepEqual(asked, [
    '/api/v1/query?query=up',
    '/api/v1/query_range?query=up&start=1&end=2&step=1',
    '/api/v1/label/env/values?match[]=up',
  ])
})

test('a request for another host name is rejected', async (t) => {
  const { url } = await previewOf(t, {})
  const status = await new Promise((resolve, reject) => {
    request(`${url}/api/dashboards`, { headers: { host: 'example.com' } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
  assert.equal(status, 403)
})

test('a page of another site gets nothing and can only link to a view; other programs are answered', async (t) => {
  const prometheus = await answeringServer(t, () => '{"status":"success","data":[]}')
  const { url, page } = await previewOf(t, { prometheus, files: { 'a.json': dashboard('A') } })
  await writeFile(join(page, 'index.html'), 'the list')
  await writeFile(join(page, 'dashboard.html'), 'the dashboard')
  await writeFile(join(page, 'main.js'), '1')
  const paths = ['/', '/d/tiny/a', '/main.js', '/api/dashboards', '/api/dashboards/tiny/a', '/prometheus/api/v1/labels']
  const asked = (site: string, mode: string, dest: string) =>
    Promise.all(
      paths.map(
        (path) =>
          new Promise((resolve, reject) => {
            const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest }
            request(`${url}${path}`, { headers: site === '' ? {} : headers }, (response) => {
              response.resume()
              resolve(response.statusCode)
            })
              .on('error', reject)
              .end()
          }),
      ),
    )
  const all = [200, 200, 200, 200, 200, 200]
  assert.deepEqual(await asked('', '', ''), all)
  assert.deepEqual(await asked('same-origin', 'cors', 'empty'), all)
  assert.deepEqual(await asked('none', 'navigate', 'document'), all)
  for (const site of ['cross-site', 'same-site']) {
    for (const [mode, dest] of [
      ['no-cors', 'script'],
      ['no-cors', 'image'],
      ['cors', 'empty'],
      ['navigate', 'iframe'],
    ] as const)
      assert.deepEqual(await asked(site, mode, dest), [403, 403, 403, 403, 403, 403], `${site} ${mode} ${dest}`)
    assert.deepEqual(await asked(site, 'navigate', 'document'), [200, 200, 403, 403, 403, 403], site)
  }
})

test('every answer has the policy of the page', async (t) => {
  const { url, page } = await previewOf(t, {})
  await writeFile(join(page, 'index.html'), 'the page')
  for (const path of ['/', '/nothing', '/api/dashboards', '/prometheus/api/v1/labels']) {
    const { headers } = await fetch(`${url}${path}`)
    assert.equal(
      headers.get('content-security-policy'),
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      path,
    )
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path)
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin', path)
  }
})

test('a list reads only the files that have changed since the one before', async (t) => {
  const { folder } = await previewOf(t, { files: { 'a.json': dashboard('A'), 'b.json': dashboard('B') } })
  const list = createDashboardList()
  const listed = async () => (await list({ bot: 'tiny', path: join(folder, '../..') })).dashboards
  const before = await listed()
  const again = await listed()
  // The same objects: nothing was read or hashed to make them.
  assert.ok(again[0] === before[0] && again[1] === before[1])
  await writeFile(join(folder, 'a.json'), dashboard('a'))
  const after = await listed()
  assert.deepEqual(
    after.map(({ title }) => title),
    ['a', 'B'],
  )
  assert.notEqual(after[0]?.revision, before[0]?.revision)
  assert.ok(after[1] === before[1])
})

test('a path that starts with two slashes, or is none at all, is not found', async (t) => {
  const { url } = await previewOf(t, {})
  const { port } = new URL(url)
  for (const path of ['//', '///', '//example.com/api/dashboards', '/\\\\', 'http://example.com:x/', '*'])
    assert.deepEqual(
      await new Promise((resolve, reject) => {
        request({ host: '127.0.0.1', port, path }, (response) => {
          response.resume()
          resolve(response.statusCode)
        })
          .on('error', reject)
          .end()
      }),
      404,
      path,
    )
})

test('a changed dashboard has a new revision, a broken one a message, and the others are unchanged', async (t) => {
  const { get, folder } = await previewOf(t, { files: { 'a.json': dashboard('A'), 'b.json': dashboard('B') } })
  const listed = async () => {
    const { bots } = JSON.parse((await get('/api/dashboards')).text)
    return bots[0].dashboards as { title: string; revision: string; wrong?: string }[]
  }
  const before = await listed()
  assert.deepEqual(
    before.map(({ title }) => title),
    ['A', 'B'],
  )

  await writeFile(join(folder, 'a.json'), dashboard('A, changed'))
  await writeFile(join(folder, 'b.json'), '{"title": "B", ')
  await writeFile(join(folder, 'c.json'), '[]')
  const after = await listed()
  assert.notEqual(after[0]?.revision, before[0]?.revision)
  assert.equal(after[0]?.title, 'A, changed')
  assert.match(after[1]?.wrong ?? '', /b\.json is not JSON \(.+\): run `make generate`\.$/)
  assert.match(after[2]?.wrong ?? '', /c\.json is not a dashboard \(.+\): run `make generate`\.$/)
  assert.equal((await get('/api/dashboards/tiny/a')).text, dashboard('A, changed'))
})

test('dashboards are listed in the order of the definition, or by name if the order file is missing or broken', async (t) => {
  const { get, folder } = await previewOf(t, {
    files: Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`${name}.json`, dashboard(name)])),
  })
  const names = async () =>
    (JSON.parse((await get('/api/dashboards')).text).bots[0].dashboards as { name: string }[]).map(({ name }) => name)
  assert.deepEqual(await names(), ['a', 'b', 'c', 'd'])
  await writeFile(join(folder, '../order.json'), '["d", "gone", "b"]')
  assert.deepEqual(await names(), ['d', 'b', 'a', 'c'])
  for (const broken of ['["d", ', '{"d": 1}', '[1]']) {
    await writeFile(join(folder, '../order.json'), broken)
    assert.deepEqual(await names(), ['a', 'b', 'c', 'd'], broken)
  }
})

test('a failing Prometheus is reported with a message in its own response format', async (t) => {
  const away = await unusedAddress()
  const slow = await answeringServer(t, () => null)
  const other = await answeringServer(t, () => '<html>a proxy</html>')
  const cases = [
    [other, 502, `${origin(other)} answered 200, but not in the format of Prometheus.`],
    [slow, 504, `Prometheus at ${origin(slow)} did not answer within 0.2 s.`],
    [
      away,
      502,
      `Prometheus at ${origin(away)} does not answer (ECONNREFUSED). Is it running? Use --prometheus to name another server.`,
    ],
  ] as const
  for (const [prometheus, status, error] of cases) {
    const { get } = await previewOf(t, { prometheus, within: 200 })
    const answer = await get('/prometheus/api/v1/query?query=up')
    assert.deepEqual([answer.status, JSON.parse(answer.text).error], [status, error])
  }
})

test('an answer of Prometheus that is too long to be drawn is given up early, and says so', async (t) => {
  const line = JSON.stringify({ metric: { coin: 'BTC' }, values: Array.from({ length: 100 }, (_, i) => [i, '1']) })
  const begin = '{"status":"success","data":{"resultType":"matrix","result":['
  const text = (megabytes: number) =>
    `${begin}${Array(Math.ceil((megabytes * 1e6) / line.length))
      .fill(line)
      .join()}`
  const prometheus = createServer((asked, response) => {
    if (asked.url?.includes('fits')) response.end(`${text(15)}]}}`)
    else if (asked.url?.includes('broken')) response.end(`${text(2)},`)
    // The end never comes: whoever waits for it waits too long.
    else response.write(text(21))
  })
  await new Promise<void>((resolve) => prometheus.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    prometheus.close()
    prometheus.closeAllConnections()
  })
  const address = new URL(`http://127.0.0.1:${(prometheus.address() as AddressInfo).port}`)
  const { get } = await previewOf(t, { prometheus: address, within: 60_000 })
  const long = await get('/prometheus/api/v1/query_range?query=long')
  assert.equal(long.status, 413)
  assert.deepEqual(JSON.parse(long.text), {
    status: 'error',
    errorType: 'too_long',
    error: 'Prometheus answered more than 20 MB: narrow the query, for example with sum by (…) or topk(…).',
  })
  const fits = await get('/prometheus/api/v1/query_range?query=fits')
  assert.equal(fits.status, 200)
  assert.equal(fits.text, `${text(15)}]}}`)
  const broken = await get('/prometheus/api/v1/query_range?query=broken')
  assert.equal(broken.status, 502)
  assert.match(broken.text, /answered 200, but not in the format of Prometheus/)
})

test('credentials in the address of Prometheus are sent to it, and never shown', async (t) => {
  const seen: string[] = []
  const prometheus = await answeringServer(t, (_, authorization) => {
    seen.push(authorization)
    return '{"status":"success","data":[]}'
  })
  const { get } = await previewOf(t, { prometheus: new URL(prometheus.href.replace('//', '//me:s3cret@')) })
  assert.equal((await get('/prometheus/api/v1/labels')).status, 200)
  assert.deepEqual(seen, [`Basic ${Buffer.from('me:s3cret').toString('base64')}`])
  assert.doesNotMatch((await get('/api/dashboards')).text, /s3cret/)
})

test('only the files of the page and the dashboards are served', async (t) => {
  const { get, page } = await previewOf(t, {})
  await writeFile(join(page, '../secret.txt'), 'secret')
  await writeFile(join(page, 'index.html'), 'the list')
  await writeFile(join(page, 'dashboard.html'), 'the dashboard')
  for (const path of ['/', '/d/tiny', '/d/tiny/']) assert.equal((await get(path)).text, 'the list', path)
  assert.equal((await get('/d/tiny/a')).text, 'the dashboard')
  for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/api/dashboards/tiny/..%2f..%2fa'])
    assert.equal((await get(path)).status, 404, path)
})

test('an output folder without dashboards has no bots to show', async (t) => {
  const out = await previewFolder(t)
  assert.deepEqual(await botFolders(out), [])
  await mkdir(join(out, 'tiny/grafana/dashboards'), { recursive: true })
  await writeFile(join(out, 'tiny/grafana/dashboards/a.json'), dashboard('A'))
  assert.deepEqual(await botFolders(out), [{ bot: 'tiny', path: join(out, 'tiny') }])
  assert.deepEqual(await botFolders(out, 'other'), [])
})
