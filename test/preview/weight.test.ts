import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { expectJson } from '../fixtures/expected.ts'
import { until } from '../live/prometheus-api.ts'
import { type Browser, browser, type Page, previewDist } from './browser.ts'
import { answeringServer, previewOf } from './preview-of.ts'

// What a page weighs and how long it takes on a phone, next to what it was when the baseline was written.

interface Baseline {
  /** Compressed bytes of the page's own files, by page and by what they are. */
  readonly bytes: Readonly<Record<string, Bytes>>
  /** How often the reference workload could have run until then. */
  readonly times: Readonly<Record<string, number>>
}

interface Bytes {
  readonly scripts: number
  readonly styles: number
  readonly others: number
}

const path = fileURLToPath(new URL('baseline.json', import.meta.url))
const folder = fileURLToPath(new URL('../../out/mcbot/grafana/dashboards/', import.meta.url))

/** How far the bytes may be from the baseline, as a share: versions of Node.js compress differently. */
const margin = 0.03

test('the pages weigh what the baseline says; their times on a phone are reported as ratios to it', async (t) => {
  const chromium = await browser(t)
  if (chromium === undefined) return
  t.after(() => chromium.close())
  const url = await preview(t)
  const list = await opened(chromium, `${url}/`, 'document.querySelectorAll("[data-ok]").length >= 7')
  const dashboard = await opened(chromium, `${url}/d/tiny/trading`, 'marks.every !== undefined')
  const found: Baseline = {
    bytes: { list: list.bytes, dashboard: dashboard.bytes },
    times: { 'first screen': dashboard.first, 'every panel': dashboard.every },
  }
  const before: Baseline = JSON.parse(readFileSync(path, 'utf8'))
  for (const [what, ratio] of Object.entries(found.times))
    t.diagnostic(`${what}: ${ratio} reference workloads, ${percent(ratio, before.times[what])} of the baseline`)
  for (const [page, { scripts, styles, others }] of Object.entries(found.bytes)) {
    const sum = scripts + styles + others
    t.diagnostic(`${page}: ${sum} bytes, ${percent(sum, sumOf(before.bytes[page]))} of the baseline`)
  }
  if (process.env['BOTWATCH_UPDATE'] !== undefined || !isWithin(found.bytes, before.bytes)) expectJson(path, found)
  assert.deepEqual([...list.errors, ...dashboard.errors], [])
})

const sumOf = (bytes: Bytes | undefined) =>
  bytes === undefined ? Number.NaN : bytes.scripts + bytes.styles + bytes.others

const percent = (now: number, before: number | undefined) => `${Math.round((now / (before ?? Number.NaN)) * 100)} %`

const isWithin = (found: Baseline['bytes'], before: Baseline['bytes']) =>
  Object.entries(found).every(([page, bytes]) =>
    (['scripts', 'styles', 'others'] as const).every(
      (kind) => Math.abs(bytes[kind] / (before[page]?.[kind] ?? Number.NaN) - 1) <= margin,
    ),
  )

/** The generated dashboards with the same three series for each query. */
async function preview(t: TestContext): Promise<string> {
  const prometheus = await answeringServer(t, (path) => {
    const { pathname, searchParams } = new URL(path, 'http://prometheus')
    const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(searchParams.get(name))) as [
      number,
      number,
      number,
    ]
    const times = Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, i) => start + i * step)
    const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT']
    const data = pathname.includes('/label/')
      ? symbols
      : pathname.endsWith('query_range')
        ? {
            resultType: 'matrix',
            result: symbols.map((symbol, i) => ({
              metric: { symbol },
              values: times.map((at) => [at, String(i + Math.sin(at / 1000))]),
            })),
          }
        : {
            resultType: 'vector',
            result: symbols.map((symbol, i) => ({ metric: { symbol }, value: [Date.now() / 1000, String(i)] })),
          }
    return JSON.stringify({ status: 'success', data })
  })
  const files = Object.fromEntries(
    readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const),
  )
  return (await previewOf(t, { page: previewDist, prometheus, files })).url
}

/** A page as on a phone: four times slower, with 10 Mbit/s and 40 ms to the server. */
async function opened(chromium: Browser, url: string, drawn: string) {
  const { page, errors } = await chromium.open(390, 'light')
  await page.setViewportSize({ width: 390, height: 844 })
  const phone = await page.context().newCDPSession(page)
  await phone.send('Network.enable')
  await phone.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 40,
    downloadThroughput: 1_250_000,
    uploadThroughput: 1_250_000,
  })
  await phone.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  const before = await page.evaluate<number>(reference)
  await page.addInitScript(watching)
  await page.goto(url)
  await until('the page is drawn', 120_000, async () => (await page.evaluate<boolean>(drawn)) || null)
  const { first = 0, every = 0 } = await page.evaluate<{ first?: number; every?: number }>('marks')
  const bytes = await loaded(page)
  const after = await page.evaluate<number>(reference)
  await page.close()
  const workloads = (time: number) => Math.round((time / ((before + after) / 2)) * 10) / 10
  return { bytes, errors, first: workloads(first), every: workloads(every) }
}

const loaded = (page: Page) =>
  page.evaluate<Bytes>(`(() => {
    const own = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .filter(({ name }) => !/\\/(?:api|prometheus)\\//.test(name))
    const sum = (end) => own.filter(({ name }) => end.test(name)).reduce((all, one) => all + one.encodedBodySize, 0)
    return { scripts: sum(/\\.js$/), styles: sum(/\\.css$/), others: sum(/^(?!.*\\.(?:js|css)$)/) }
  })()`)

/** A known piece of work, in milliseconds: its time says how fast the browser is now. */
const reference = `(() => {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now()
    for (let i = 0; i < 20; i++) {
      const box = document.createElement('div')
      box.innerHTML = '<p class="a"><b>1</b> and <i>2</i></p>'.repeat(100)
      document.body.append(box)
      JSON.parse(JSON.stringify(Array.from({ length: 2000 }, (_, at) => ({ at, text: String(at * box.offsetHeight) }))))
      box.remove()
    }
    return performance.now() - start
  })
  return times.sort((a, b) => a - b)[2]
})()`

/** Records when the panels of the first screen are drawn, and when all are. */
const watching = `
  window.marks = {}
  const look = () => {
    const places = [...document.querySelectorAll('[data-griditem-key^="place-"]')]
    const isDrawn = (place) => /^(?:ok|empty|error|unsupported)$/.test(place.querySelector('[data-panel]')?.dataset.state)
    const first = places.filter((place) => place.getBoundingClientRect().top < innerHeight)
    if (first.length > 0 && first.every(isDrawn)) marks.first ??= performance.now()
    if (places.length > 0 && places.every(isDrawn)) marks.every ??= performance.now()
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)`
