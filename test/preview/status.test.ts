import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { browser } from './browser.ts'
import { cardsIn, hostile, pageShows, statusBot, textAt } from './status-bot.ts'

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
  const { metrics, server } = await statusBot(t)
  const folder = process.env['BOTWATCH_PICTURES'] ?? mkdtempSync(join(tmpdir(), 'botwatch-status-'))
  if (process.env['BOTWATCH_PICTURES'] === undefined) t.after(() => rmSync(folder, { recursive: true, force: true }))

  for (const mode of ['light', 'dark'] as const)
    for (const width of [1280, 360]) {
      const { page, errors } = await chromium.open(width, mode)
      await page.goto(server.url)
      assert.deepEqual(await cardsIn(page), shown)
      assert.match(await textAt(page, '#uptime'), /^up \d/)
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
  await pageShows(async () => (await cardsIn(page))[1]?.[1] === '+75.00 USDT')
  assert.deepEqual((await cardsIn(page))[4], shown[4], 'values set by the script are text as well')
  assert.equal(await page.evaluate('window.mark'), 1, 'the page was not reloaded')
  assert.equal(await page.evaluate('window.broken === undefined'), true)
  await server.close()
  await pageShows(async () => /^no response since .*: values are stale$/.test(await textAt(page, '#state')))
  assert.deepEqual(errors, [])
})

test('a status page whose bot is dead looks dead, also when it is scrolled and in its tab', async (t) => {
  const chromium = await browser(t)
  if (chromium === undefined) return
  t.after(chromium.close)
  const { server } = await statusBot(t)
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
        figure: getComputedStyle(document.querySelector('.bad')).color,
        edge: getComputedStyle(document.querySelector('section')).borderTopStyle,
        uptime: document.getElementById('uptime').checkVisibility(),
        title: document.title.slice(0, 17),
      }
    })()`)
  const alive = {
    scrolled: true,
    header: true,
    figure: 'rgb(179, 38, 30)',
    edge: 'solid',
    uptime: true,
    title: 'Tiny <img src=x o',
  }
  assert.deepEqual(await look(), alive)
  await server.close()
  await pageShows(async () => (await textAt(page, '#state')) !== '')
  assert.deepEqual(await look(), {
    ...alive,
    figure: 'rgb(89, 99, 110)',
    edge: 'dashed',
    uptime: false,
    title: 'No response: Tiny',
  })
  assert.deepEqual(errors, [])
})

test('a long title takes a line on a phone, so that the state of a dead bot leaves room for its cards', async (t) => {
  const chromium = await browser(t)
  if (chromium === undefined) return
  t.after(chromium.close)
  const { server } = await statusBot(t)
  const { page, errors } = await chromium.open(390, 'light')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(server.url)
  const share = () => page.evaluate<number>(`document.querySelector('header').offsetHeight / innerHeight`)
  assert.ok((await textAt(page, 'h1')).length > 75)
  assert.ok((await share()) < 0.12, `${await share()}`)
  await server.close()
  await pageShows(async () => (await textAt(page, '#state')) !== '')
  assert.ok((await share()) < 0.15, `${await share()}`)
  assert.deepEqual(errors, [])
})

test('an update changes only what is new: it keeps a selection, and announces nothing', async (t) => {
  const chromium = await browser(t)
  if (chromium === undefined) return
  t.after(chromium.close)
  const { metrics, server } = await statusBot(t)
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
  const up = await textAt(page, '#uptime')
  metrics.balance_usdt.set(20_600)
  metrics.today_pnl_usdt.set(-750)
  await pageShows(
    async () => (await cardsIn(page))[0]?.[1] === '20,600.00 USDT' && (await textAt(page, '#uptime')) !== up,
  )
  assert.equal(await selected(), ',600.00 USDT Today’s PnL −750.')
  assert.equal(await page.evaluate("document.querySelectorAll('section')[2].mark"), 1, 'other cards are the same')
  assert.deepEqual(await page.evaluate('window.announced'), [])
  await server.close()
  await pageShows(async () => (await textAt(page, '#state')) !== '')
  assert.equal(await page.evaluate('window.announced.length'), 1, 'the loss is announced once')
  assert.deepEqual(errors, [])
})
