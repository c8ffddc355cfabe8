import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { createMetrics, serve } from '../../runtime/index.ts'
import {
  card,
  catalogue,
  counter,
  gauge,
  histogram,
  oneOf,
  open,
  quantiles,
  seconds,
  statusPage,
  usdt,
} from '../../runtime/metrics.ts'
import { createStatus } from '../../runtime/status/index.ts'
import { browser, type Page } from './browser.ts'

const declared = catalogue('tiny', {
  balance_usdt: gauge({ help: 'Balance.', unit: usdt }),
  today_pnl_usdt: gauge({ help: 'PnL of today.', unit: usdt }),
  orders_total: counter({ help: 'Orders.', labels: { status: oneOf('filled', 'rejected') } }),
  order_latency_seconds: histogram({ help: 'Latency.', unit: seconds, buckets: [0.1, 0.2, 0.5, 1] }),
  position_usdt: gauge({ help: 'Positions.', unit: usdt, labels: { symbol: open({ max: 20 }) }, additive: false }),
})
const hostile = '<img src=x onerror="window.broken=1">&amp;\'"'
const page = statusPage(`Tiny ${hostile}</title><script>window.broken=1</script>`, [
  card('Balance', declared.balance_usdt),
  card('Today’s PnL', declared.today_pnl_usdt, { signed: true }),
  card(`Orders ${hostile}`, declared.orders_total, { where: { status: 'filled' } }),
  quantiles('Latency', declared.order_latency_seconds),
  card('Positions', declared.position_usdt),
])

async function bot(t: TestContext) {
  const metrics = createMetrics(declared)
  metrics.balance_usdt.set(10_523.5)
  metrics.today_pnl_usdt.set(-120.3)
  metrics.orders_total.inc({ status: 'filled' }, 1234)
  metrics.orders_total.inc({ status: 'rejected' }, 5)
  for (let i = 0; i < 100; i++) metrics.order_latency_seconds.observe(i < 50 ? 0.05 : i < 98 ? 0.3 : 4)
  metrics.position_usdt.set({ symbol: hostile }, 500)
  metrics.position_usdt.set({ symbol: 'A'.repeat(150) }, -70)
  const status = createStatus(metrics, page)
  const server = await serve(metrics, { port: 0, also: [status.handle] })
  t.after(async () => {
    status.end()
    await server.close()
  })
  return { metrics, server }
}

/** What a person reads, card by card. */
const cards = (page: Page) =>
  page.evaluate<string[][]>(
    "[...document.querySelectorAll('section')].map((s) => [...s.querySelectorAll('h2, .value, dt, dd, .note')].map((e) => e.textContent))",
  )
const text = (page: Page, selector: string) =>
  page.evaluate<string>(`document.querySelector(${JSON.stringify(selector)}).textContent`)

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; await delay(100)) if (await holds()) return
  assert.fail('not seen within 20 s')
}

const shown = [
  ['Balance', '10,523.50 USDT'],
  ['Today’s PnL', '−120.30 USDT'],
  [`Orders ${hostile}`, '1,234'],
  ['Latency', 'p50', '100\u00a0ms', 'p95', '481\u00a0ms', 'p99', '> 1\u00a0s', '100 in 15\u00a0min'],
  ['Positions', hostile, '500.00 USDT', 'A'.repeat(150), '−70.00 USDT'],
]

test('the status page of a bot in a browser is readable and complete, updates without a reload, and reports stale values when the bot stops responding', async (t) => {
  const chromium = await browser(t)
  if (chromium === undefined) return
  t.after(chromium.close)
  const { metrics, server } = await bot(t)
  const folder = process.env['BOTWATCH_PICTURES'] ?? mkdtempSync(join(tmpdir(), 'botwatch-status-'))
  if (process.env['BOTWATCH_PICTURES'] === undefined) t.after(() => rmSync(folder, { recursive: true, force: true }))

  for (const mode of ['light', 'dark'] as const)
    for (const width of [1280, 360]) {
      const { page, errors } = await chromium.open(width, mode)
      await page.goto(server.url)
      assert.deepEqual(await cards(page), shown)
      assert.match(await text(page, '#uptime'), /^up \d/)
      assert.equal(
        await page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
        true,
        `${width} overflows`,
      )
      const columns = await page.evaluate<number>(
        "new Set([...document.querySelectorAll('section')].map((s) => Math.round(s.getBoundingClientRect().left))).size",
      )
      assert.ok(width === 360 ? columns === 1 : columns >= 4, `${columns} columns at ${width}`)
      const ground = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
      assert.equal(ground, mode === 'dark' ? 'rgb(15, 18, 23)' : 'rgb(244, 245, 247)')
      const loss = await page.evaluate<string>("getComputedStyle(document.querySelector('.bad')).color")
      assert.equal(loss, mode === 'dark' ? 'rgb(255, 138, 128)' : 'rgb(179, 38, 30)')
      await page.screenshot({ path: join(folder, `status-${mode}-${width}.png`) })
      assert.equal(await page.evaluate('window.broken === undefined'), true)
      assert.deepEqual(errors, [])
      await page.close()
    }

  const { page, errors } = await chromium.open(1280, 'light')
  await page.goto(server.url)
  await page.evaluate('window.mark = 1')
  metrics.today_pnl_usdt.set(75)
  await until(async () => (await cards(page))[1]?.[1] === '+75.00 USDT')
  assert.deepEqual((await cards(page))[4], shown[4], 'values set by the script are text as well')
  assert.equal(await page.evaluate('window.mark'), 1, 'the page was not reloaded')
  assert.equal(await page.evaluate('window.broken === undefined'), true)
  await server.close()
  await until(async () => /^no response since .*: values are stale$/.test(await text(page, '#state')))
  assert.deepEqual(errors, [])
})

test('a status page whose bot is dead looks dead, also when it is scrolled and in its tab', async (t) => {
  const chromium = await browser(t)
  if (chromium === undefined) return
  t.after(chromium.close)
  const { server } = await bot(t)
  const { page, errors } = await chromium.open(360, 'light')
  await page.setViewportSize({ width: 360, height: 400 })
  await page.goto(server.url)
  const look = () =>
    page.evaluate<object>(`(() => {
      scrollTo(0, document.body.scrollHeight)
      const { top, height } = document.querySelector('header').getBoundingClientRect()
      return {
        scrolled: scrollY > 0,
        header: top >= 0 && top + height <= innerHeight,
        opacity: getComputedStyle(document.querySelector('main')).opacity,
        uptime: document.getElementById('uptime').checkVisibility(),
        title: document.title.slice(0, 17),
      }
    })()`)
  const alive = { scrolled: true, header: true, opacity: '1', uptime: true, title: 'Tiny <img src=x o' }
  assert.deepEqual(await look(), alive)
  await server.close()
  await until(async () => (await text(page, '#state')) !== '')
  assert.deepEqual(await look(), { ...alive, opacity: '0.35', uptime: false, title: 'No response: Tiny' })
  assert.deepEqual(errors, [])
})

test('an update changes only what is new: it keeps a selection, and announces nothing', async (t) => {
  const chromium = await browser(t)
  if (chromium === undefined) return
  t.after(chromium.close)
  const { metrics, server } = await bot(t)
  const { page, errors } = await chromium.open(1280, 'light')
  await page.goto(server.url)
  await page.evaluate(`(() => {
    const [first, second, third] = document.querySelectorAll('section')
    getSelection().setBaseAndExtent(first.querySelector('.value').firstChild, 2, second.querySelector('.value').firstChild, 5)
    window.announced = []
    const look = (records) => {
      for (const { target } of records)
        if ((target.nodeType === 1 ? target : target.parentElement).closest('[role=status], [aria-live]')) announced.push(target.textContent)
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
    third.mark = 1
  })()`)
  const selected = () => page.evaluate<string>('getSelection().toString().replace(/\\s+/g, " ")')
  assert.equal(await selected(), ',523.50 USDT Today’s PnL −120.')
  const up = await text(page, '#uptime')
  metrics.balance_usdt.set(20_600)
  metrics.today_pnl_usdt.set(-750)
  await until(async () => (await cards(page))[0]?.[1] === '20,600.00 USDT' && (await text(page, '#uptime')) !== up)
  assert.equal(await selected(), ',600.00 USDT Today’s PnL −750.')
  assert.equal(await page.evaluate("document.querySelectorAll('section')[2].mark"), 1, 'other cards are the same')
  assert.deepEqual(await page.evaluate('window.announced'), [])
  await server.close()
  await until(async () => (await text(page, '#state')) !== '')
  assert.equal(await page.evaluate('window.announced.length'), 1, 'the loss is announced once')
  assert.deepEqual(errors, [])
})
