import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { logsBot } from '../fixtures/logs-bot.ts'
import { until } from '../live/prometheus-api.ts'
import { violationsIn } from './axe.ts'
import { browser, type Page, previewDist } from './browser.ts'
import { dashboardsOf, logStore, withoutSeries } from './log-store.ts'
import { panelsDrawn } from './panels-drawn.ts'
import { previewOf } from './preview-of.ts'

// The lines of a real VictoriaLogs, in the panels that are generated for them.

const pictures = fileURLToPath(new URL('../../preview/pictures/', import.meta.url))
const hostile = '<img src=x onerror="window.broken=1">\u0007 apiKey=abc123'

const ago = (seconds: number) => new Date(Date.now() - 1000 * seconds).toISOString()
const failed = { event: 'order_failed', level: 'error', symbol: 'BTCUSDT', side: 'buy' }
const filled = { event: 'order_filled', level: 'info', symbol: 'ETHUSDT', side: 'sell' }
const written = () => [
  { ...failed, ts: ago(300), error: hostile },
  { ...failed, ts: ago(240), level: 'warn', side: 'sell', error: 'timeout', msg: '주문이 거부되었습니다' },
  ...Array.from({ length: 40 }, (_, i) => ({ ...filled, ts: ago(200 - i), price: 100 + i, latency_ms: 50 + i })),
  { event: 'heartbeat', level: 'info', ts: ago(60) },
]

interface ShownLine {
  readonly severity: string
  readonly text: string
}

/** The lines that a panel shows, as a person reads them, without their time. */
const linesIn = (page: Page, title: string) =>
  page.evaluate<ShownLine[]>(`[...document.querySelectorAll('[data-title="${title}"] [data-line]')].map((one) => ({
    severity: one.dataset.line,
    text: one.innerText.replace(/\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}/, 'TIME').replace(/\\s+/g, ' ').trim(),
  }))`)

const linesBecome = (page: Page, what: string, title: string, wanted: (lines: readonly ShownLine[]) => boolean) =>
  until(what, 20_000, async () => {
    const found = await linesIn(page, title)
    return wanted(found) ? found : null
  })

/** What only a screen can use: empty search boxes, and lists of lines that scroll. */
const onPaper = `({
  boxes: [...document.querySelectorAll('[type="search"]')].filter((one) => one.checkVisibility()).length,
  scrolling: [...document.querySelectorAll('[data-scrolls]')].filter((one) => one.scrollHeight > one.clientHeight + 1).length,
})`

/** Types into the search box of a panel. */
const search = (page: Page, title: string, words: string) =>
  page.evaluate(`(() => {
    const box = document.querySelector('[data-title="${title}"] input[type="search"]')
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(box, '${words}')
    box.dispatchEvent(new Event('input', { bubbles: true }))
  })()`)

const countIn = (page: Page, title: string) =>
  page.evaluate<string>(`(() => {
    const box = document.querySelector('[data-title="${title}"] input[type="search"]')
    return document.getElementById(box.getAttribute('aria-describedby')).textContent
  })()`)

for (const mode of ['light', 'dark'] as const)
  for (const width of [1440, 390])
    test(`the lines of a log are readable in the ${mode} theme, ${width} pixels wide, and can be opened and searched`, async (t) => {
      const chromium = await browser(t)
      if (chromium === undefined) return
      t.after(() => chromium.close())
      const store = await logStore(t)
      if (store === undefined) return
      await store.insert(written())
      const files = dashboardsOf(logsBot)
      const prometheus = await withoutSeries(t)
      const { url } = await previewOf(t, { page: previewDist, prometheus, logs: store.url, files })
      const { page, errors } = await chromium.open(width, mode)
      await page.goto(`${url}/d/tiny/monitor?from=now-15m&to=now&refresh=1h`)
      await panelsDrawn(page, 3)
      const { panels, cut, tooWide, sentences } = await chromium.look(page)
      assert.deepEqual(
        panels.map(({ title, state, words }) => [title, state, words]),
        [
          ['Failures', 'ok', ''],
          ['Sold', 'ok', ''],
          ['Latency', 'ok', ''],
        ],
      )
      assert.deepEqual([cut, tooWide, sentences], [[], 0, []])
      assert.deepEqual(await linesIn(page, 'Failures'), [
        {
          severity: 'warn',
          text: 'TIME WARN fields order_failed 주문이 거부되었습니다 error=timeout side=sell symbol=BTCUSDT',
        },
        {
          severity: 'error',
          text: `TIME ERROR fields order_failed error=${hostile.replace('\u0007', '␇')} side=buy symbol=BTCUSDT`,
        },
      ])
      assert.equal((await linesIn(page, 'Sold')).length, 41)

      const button = `document.querySelectorAll('[data-title="Failures"] [data-line] button')[1]`
      await page.evaluate(`${button}.click()`)
      const opened = await page.evaluate<readonly string[][]>(
        `[...document.getElementById(${button}.getAttribute('aria-controls')).children].map((one) => [...one.children].map((each) => each.textContent))`,
      )
      assert.deepEqual(
        opened.filter(([name]) => name !== '_time' && name !== '_stream_id'),
        [
          ['_msg', 'order_failed'],
          ['_stream', '{bot="tb",env="paper",event="order_failed",instance="tb-1"}'],
          ...Object.entries({ bot: 'tb', env: 'paper', event: 'order_failed', instance: 'tb-1', level: 'error' }),
          ...Object.entries({ run: 'r1', seq: '1', error: hostile.replace('\u0007', '␇'), side: 'buy' }),
          ['symbol', 'BTCUSDT'],
        ],
      )
      assert.equal(await page.evaluate(`${button}.getAttribute('aria-expanded')`), 'true')
      await search(page, 'Sold', 'PRICE=107 eth')
      const narrowed = await linesBecome(page, 'one line is found', 'Sold', ({ length }) => length === 1)
      assert.deepEqual(narrowed, [
        {
          severity: 'info',
          text: 'TIME INFO fields order_filled latency_ms=57 price=107 side=sell symbol=ETHUSDT',
        },
      ])
      assert.equal(await countIn(page, 'Sold'), '1 of 41 lines')
      mkdirSync(pictures, { recursive: true })
      await page.screenshot({ path: join(pictures, `logs-${width}-${mode}.png`) })
      assert.deepEqual(await violationsIn(page), [])
      await search(page, 'Sold', 'nothing like this')
      await linesBecome(page, 'no line is found', 'Sold', ({ length }) => length === 0)
      assert.match(
        await page.evaluate<string>(`document.querySelector('[data-title="Sold"]').innerText`),
        /No line has “nothing like this”\./,
      )
      assert.equal(await page.evaluate('window.broken === undefined'), true)

      await search(page, 'Sold', '')
      await linesBecome(page, 'all lines are shown again', 'Sold', ({ length }) => length === 41)
      await page.emulateMedia({ media: 'print' })
      assert.deepEqual(await page.evaluate(onPaper), { boxes: 0, scrolling: 0 })
      assert.deepEqual(errors, [])
    })

test('new lines appear at the top with each refresh; open lines stay open, and a search stays', async (t) => {
  const chromium = await browser(t)
  if (chromium === undefined) return
  t.after(() => chromium.close())
  const store = await logStore(t)
  if (store === undefined) return
  await store.insert(written())
  const prometheus = await withoutSeries(t)
  const files = dashboardsOf(logsBot)
  const { url } = await previewOf(t, { page: previewDist, prometheus, logs: store.url, files })
  const { page, errors } = await chromium.open(1440, 'light')
  await page.goto(`${url}/d/tiny/monitor?from=now-15m&to=now&refresh=1s`)
  await panelsDrawn(page, 3)
  await page.evaluate(`document.querySelector('[data-title="Failures"] [data-line] button').click()`)
  await search(page, 'Sold', 'price=107')
  await linesBecome(page, 'one line is found', 'Sold', ({ length }) => length === 1)

  const line = { ...failed, symbol: 'SOLUSDT', side: 'sell', error: 'new', seq: 900 }
  const late = { ...filled, ts: ago(1), price: 107, latency_ms: 1 }
  // the second one again, as an agent that was killed sends it
  await store.insert([{ ...line, ts: ago(2) }, late])
  await store.insert([{ ...line, ts: ago(2) }])
  const failures = await linesBecome(page, 'the new line is shown', 'Failures', ({ length }) => length === 3)
  assert.equal(failures[0]?.text, 'TIME ERROR fields order_failed error=new side=sell symbol=SOLUSDT')
  assert.deepEqual(
    await page.evaluate(
      `[...document.querySelectorAll('[data-title="Failures"] [data-line] button')].map((one) => one.getAttribute('aria-expanded'))`,
    ),
    ['false', 'true', 'false'],
  )
  await linesBecome(page, 'the search is applied to new lines', 'Sold', ({ length }) => length === 2)
  assert.equal(await countIn(page, 'Sold'), '2 of 43 lines')
  assert.deepEqual(errors, [])
})
