import assert from 'node:assert/strict'
import { readdirSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { until } from '../live/prometheus-api.ts'
import { browser, previewDist } from './browser.ts'
import { answeringServer, previewOf } from './preview-of.ts'

interface Loaded {
  readonly name: string
  /** Bytes over the wire, headers included; 0 if the browser had the file. */
  readonly transferSize: number
  readonly encodedBodySize: number
  readonly decodedBodySize: number
}

test('a browser gets the scripts of the page compressed, and only once', async (t) => {
  const chromium = await browser(t)
  if (chromium === undefined) return
  t.after(() => chromium.close())
  const { url } = await previewOf(t, { page: previewDist })
  const { page, errors } = await chromium.open(1000, 'light')
  const scriptsAt = async (address: string) => {
    await page.goto(address)
    await until(
      'the page is drawn',
      20_000,
      async () => (await page.evaluate<boolean>('document.querySelector("h1") !== null')) || null,
    )
    const scripts = await page.evaluate<Loaded[]>(
      `performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).map((one) => one.toJSON())`,
    )
    return scripts.sort((a, b) => (a.name < b.name ? -1 : 1))
  }
  const first = await scriptsAt(url)
  const sum = (of: 'encodedBodySize' | 'decodedBodySize') => first.reduce((all, one) => all + one[of], 0)
  assert.ok(
    sum('encodedBodySize') < sum('decodedBodySize') / 3,
    `${sum('encodedBodySize')} of ${sum('decodedBodySize')}`,
  )
  assert.deepEqual(
    (await scriptsAt(`${url}/?again`)).map(({ name, transferSize }) => [name, transferSize]),
    first.map(({ name }) => [name, 0]),
  )
  assert.deepEqual(errors, [])
})

test('a file whose name has its hash is kept forever, the page and its icons until they change, answers never', async (t) => {
  const chromium = await browser(t)
  if (chromium === undefined) return
  await chromium.close()
  const prometheus = await answeringServer(t, () => `{"status":"success","data":"${'x'.repeat(10_000)}"}`)
  const { url } = await previewOf(t, { page: previewDist, prometheus })
  const script = readdirSync(previewDist).find((name) => /^main-\w+\.js$/.test(name)) ?? ''
  const kept = 'public, max-age=31536000, immutable'
  const size = (name: string) => String(statSync(join(previewDist, name)).size)
  const cases = [
    [`/${script}`, 'gzip, deflate, br', 'br', kept, size(`${script}.br`)],
    [`/${script}`, 'gzip, deflate', 'gzip', kept, size(`${script}.gz`)],
    [`/${script}`, '', undefined, kept, size(script)],
    ['/', 'br', undefined, 'no-cache', size('index.html')],
    [
      '/build/img/icons/unicons/angle-down.svg',
      'br',
      undefined,
      'no-cache',
      size('build/img/icons/unicons/angle-down.svg'),
    ],
    ['/prometheus/api/v1/labels', 'br', 'br', 'no-store', undefined],
    ['/prometheus/api/v1/labels', 'gzip', 'gzip', 'no-store', undefined],
  ] as const
  for (const [path, accepted, encoding, caching, length] of cases) {
    const found = await ask(`${url}${path}`, { 'accept-encoding': accepted })
    assert.deepEqual(
      [found.status, found.headers['content-encoding'], found.headers['cache-control']],
      [200, encoding, caching],
      `${path} for ${accepted}`,
    )
    if (length === undefined) assert.ok(found.bytes < 1000, `${found.bytes} bytes`)
    else assert.equal(String(found.bytes), length, `${path} for ${accepted}`)
    const { etag } = found.headers
    if (typeof etag === 'string') {
      const again = await ask(`${url}${path}`, { 'accept-encoding': accepted, 'if-none-match': etag })
      assert.deepEqual([again.status, again.bytes], [304, 0], path)
    }
  }
})

interface Answer {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly bytes: number
}

/** The answer as it is sent, not decompressed. */
const ask = (url: string, headers: Readonly<Record<string, string>>) =>
  new Promise<Answer>((resolve, reject) => {
    request(url, { headers }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, bytes }))
    })
      .on('error', reject)
      .end()
  })
